"""How people come in and what is written down about it: agency admins, join links, the audit log, acts done once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.tenancy import Agency, Business, Member, User


class AgencyAdmin(models.Model):
    """A person who looks after all businesses of an agency; each business has a member of role `agency` for them.

    With `monthly_letter` they get each business's month on paper by e-mail.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="admins")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=120)
    monthly_letter = models.BooleanField(default=True, db_default=True)

    class Meta:
        db_table = "agency_admin"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "user"], name="one_admin_per_agency_and_user")
        ]

    def __str__(self) -> str:
        return self.name


class JoinLink(models.Model):
    """Lets one person become a member, once: `digest` of the token that only the link holds.

    `member` is who they will be; without one the link is for whoever sets the first business up (`agency` None), or
    for an admin of `agency`.
    """

    digest = models.CharField(max_length=64, unique=True)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, null=True, related_name="join_links")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="join_links")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="join_links")
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "join_link"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(used_at__isnull=True), name="one_open_join_link_per_member"
            )
        ]

    def __str__(self) -> str:
        return f"for {self.email}"


class AuditEntry(models.Model):
    """Who looked at, took out or changed what, when and from where; never edited. `act` is one of `AUDITED`.

    `name` is the member's as it was; `seen_as` whom they saw the console as. `what` is the address's name, `subject`
    the row it was about and `about` of which kind that is, as in `store.queries.audited`; `named` is what a thing of
    the business was called then, so that it can be told once it is gone. No customer's name is kept here. `place` is
    the network address it was asked from; entries from before it was kept have none. `detail` says more of some: by
    which way somebody signed in (`password+totp`), from which role to which somebody was changed (`desk>manager`).
    """

    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    name = models.CharField(max_length=120)
    at = models.DateTimeField()
    act = models.CharField(max_length=12)
    what = models.CharField(max_length=60)
    about = models.CharField(max_length=20, blank=True, default="", db_default="")
    subject = models.BigIntegerField(null=True)
    seen_as = models.CharField(max_length=120, blank=True)
    named = models.CharField(max_length=120, blank=True, default="", db_default="")
    place = models.CharField(max_length=45, blank=True, default="", db_default="")
    detail = models.CharField(max_length=120, blank=True, default="", db_default="")

    class Meta:
        db_table = "audit_entry"
        indexes: ClassVar = [models.Index(fields=["business", "-id"], name="audit_recent")]

    def __str__(self) -> str:
        return f"{self.name}: {self.act} {self.what}"


class ActOnce(models.Model):
    """An act that may arrive twice (it was queued offline, or a button pressed twice) and is done once.

    `key` is made by the browser; `led_to` is where the first one led, empty while it is being done.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    led_to = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "act_once"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="an_act_is_done_once")]

    def __str__(self) -> str:
        return self.key
