"""Playbooks: published ones never change and a conversation stays with the one it began with; a draft is worked on."""

from typing import ClassVar

from django.db import models

from answerback.store.models.tenancy import Business, Member


class PlaybookVersion(models.Model):
    """One published version; `source` is the YAML as it was published, `body` the same read and checked."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="playbooks")
    number = models.IntegerField()
    source = models.TextField()
    body = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True)

    class Meta:
        db_table = "playbook_version"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "number"], name="playbook_versions_are_numbered_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class PlaybookDraft(models.Model):
    """The playbook a business is working on: one at most, not yet published. `revision` rises with every change, so
    that two people do not overwrite each other; `based_on` is the version it began as, `before` what it was before its
    last change (empty where that began it). One that was thrown away stays until the next is begun, so that it can be
    had back.
    """

    business = models.OneToOneField(Business, on_delete=models.CASCADE, related_name="draft")
    source = models.TextField()
    before = models.TextField(default="", db_default="")
    based_on = models.ForeignKey(PlaybookVersion, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.IntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "playbook_draft"

    def __str__(self) -> str:
        return f"draft of {self.business_id}"
