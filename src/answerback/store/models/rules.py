"""Published playbooks: never changed once written, a conversation stays with the one it began with."""

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
