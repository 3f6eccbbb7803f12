"""Who uses answerback: agencies, businesses, their places, lines and people, and their accounts at providers."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from answerback.ports.numbers import country_by


class Accounts(BaseUserManager["User"]):
    """Makes sign-ins by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new sign-in; the password is hashed, None makes one that cannot be used."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A sign-in for the person who runs the installation."""
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A sign-in. What a person may see follows from their memberships, never from this row.

    `second_step_due` is until when somebody who must sign in with a second step may go without one. `language` is the
    one the console speaks to them, empty where the business's holds.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True, db_default="")
    second_step_due = models.DateTimeField(null=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.name or self.email


class Agency(models.Model):
    """Looks after several businesses. `settings` hold for all of them that say nothing else.

    White label: `brand`, `colour` (`#rrggbb`) and `logo` (PNG, made anew by us) stand where ours would; `domain` is the
    host name under which its people sign in, `domain_reached_at` when one of them first did: before that it may lead
    nowhere, and nothing that is sent leads to it. So it is again from `domain_lost_at` on: it was looked at
    (`domain_looked_at`) and did not lead here on two days, the first of them `domain_failing_since`. Who it belongs to
    was mailed about that at `domain_lost_told_at`. `former_domains` are those it gave up after links went out by them.
    """

    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict, db_default={})
    brand = models.CharField(max_length=40, blank=True, db_default="")
    colour = models.CharField(max_length=7, blank=True, db_default="")
    logo = models.BinaryField(null=True)
    domain = models.CharField(max_length=253, blank=True, db_default="")
    domain_reached_at = models.DateTimeField(null=True)
    domain_looked_at = models.DateTimeField(null=True)
    domain_failing_since = models.DateTimeField(null=True)
    domain_lost_at = models.DateTimeField(null=True)
    domain_lost_told_at = models.DateTimeField(null=True)
    former_domains = models.JSONField(default=list, db_default=[])

    class Meta:
        db_table = "agency"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["domain"], condition=~models.Q(domain=""), name="one_agency_per_domain")
        ]

    def __str__(self) -> str:
        return self.name


class Business(models.Model):
    """The tenant: one local business. `revision` rises with every change of its settings, for caches.

    `hours` is a list of `[weekday, "HH:MM", "HH:MM"]`, `settings` holds only what differs from the defaults.
    `holiday_region` (such as `TX`) adds a state's own holidays; `open_holidays` are names of holidays it works on.
    `language` is the console's for its people, `currency` (ISO 4217) that of all its money. `set_up` is how far the
    set-up went, None once it is done.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64)
    phone = models.CharField(max_length=20)
    hours = models.JSONField(default=list)
    closed_days = models.JSONField(default=list)
    holiday_country = models.CharField(max_length=2, default="US")
    holiday_region = models.CharField(max_length=10, blank=True)
    open_holidays = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    blocked = models.JSONField(default=list)
    playbook = models.ForeignKey("PlaybookVersion", on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    language = models.CharField(max_length=5, default="en", db_default="en")
    currency = models.CharField(max_length=3, default="USD", db_default="USD")
    set_up = models.JSONField(null=True)

    class Meta:
        db_table = "business"

    def __str__(self) -> str:
        return self.name

    @property
    def country(self) -> str:
        """Where it is (two letters): numbers are read as people write them there."""
        return country_by(self.holiday_country, self.phone)


class Location(models.Model):
    """One place of a business. `hours` (as `Business.hours`) and `zone` are the business's where they are empty;
    `closed_days` come on top of its own; `settings` hold on its lines.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="locations")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    hours = models.JSONField(null=True)
    zone = models.CharField(max_length=64, blank=True)
    closed_days = models.JSONField(default=list)
    settings = models.JSONField(default=dict, db_default={})

    class Meta:
        db_table = "location"

    def __str__(self) -> str:
        return self.name


class Connection(models.Model):
    """A business's account at a provider. `sealed` holds the settings, encrypted (`store.secrets`)."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="connections")
    provider = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    sealed = models.BinaryField()
    revision = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "connection"

    def __str__(self) -> str:
        return f"{self.name} ({self.provider})"


class Line(models.Model):
    """A phone number of the business, with its source.

    `settings` are what its adapter's line settings ask for, only where they differ from the defaults.

    `texts_by` is another line of the business whose connection sends this one's texts, for a phone system that sends
    none (a switchboard) or should not.

    Pacing: `per_second` and `per_day` are the sender's limits; `free_at` is the moment up to which its allowance is
    spent, `day` and `sent_today` count the current UTC day.

    `hours` are the line's own, None where its location's or the business's hold. `voicemail_after` is after how many
    seconds of ringing the shop's own phone lets its voicemail pick up, as `taught_by` said of a call; `doubted_at`
    somebody said otherwise of `doubted_call`, which spoke for another point (`doubted_for`, 0 for none).
    `sender_state` is its right to text
    (`engine.events.SenderState`), `sender_says` why in the provider's words; a carrier's refusal stops its texts until
    `paused_until`. `forwards_from` is the shop's own number that forwards its missed calls here; every
    `test_every_days` days (0 never) a test call to it shows whether it does. `disclosure` is what callers hear about
    texts before they may get one, since `disclosed_at`.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="lines")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="lines")
    number = models.CharField(max_length=20)
    source = models.CharField(max_length=120, blank=True)
    hours = models.JSONField(null=True)
    voicemail_after = models.SmallIntegerField(null=True)
    taught_at = models.DateTimeField(null=True)
    taught_by = models.ForeignKey("Member", on_delete=models.PROTECT, null=True, related_name="+")
    doubted_at = models.DateTimeField(null=True)
    doubted_call = models.CharField(max_length=200, blank=True, default="", db_default="")
    doubted_for = models.SmallIntegerField(null=True)
    sender_state = models.CharField(max_length=12, default="unknown", db_default="unknown")
    sender_says = models.CharField(max_length=300, blank=True)
    paused_until = models.DateTimeField(null=True)
    media = models.BooleanField(default=False)
    disclosure = models.TextField(blank=True)
    disclosed_at = models.DateTimeField(null=True)
    settings = models.JSONField(default=dict)
    forwards_from = models.CharField(max_length=20, blank=True, db_default="")
    test_every_days = models.SmallIntegerField(default=0, db_default=0)
    texts_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    per_second = models.FloatField(default=1.0)
    per_day = models.IntegerField(default=2000)
    free_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    sent_today = models.IntegerField(default=0)

    class Meta:
        db_table = "line"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "number"], name="one_line_per_connection_and_number")
        ]

    def __str__(self) -> str:
        return self.source or self.number


WORKS_HERE = models.Q(left_at=None) & (~models.Q(role="agency") | models.Q(bookable=True))
"""Who customers may meet in a business: not an agency's admins, who look after it, unless they are booked there too."""


class Member(models.Model):
    """A person of a business with a role. `phone` receives pages when they are on call, by call too if it `rings`.

    `confirmed` is the phone they have answered from, and so agreed to be texted at: it counts while it is `phone`. A
    code was sent to `asked` then, and is kept as a digest; `stopped_at` is when they said STOP there.

    `bookable` is None where the role decides; `hours` (as `Business.hours`) are the business's where None; one with a
    `location` is only booked there. Who left keeps their row, because what they did names it, and nothing else.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="memberships")
    name = models.CharField(max_length=120)
    role = models.CharField(
        max_length=12,
        choices=[
            ("owner", "Owner"),
            ("manager", "Manager"),
            ("desk", "Desk"),
            ("technician", "Technician"),
            ("agency", "Agency admin"),
        ],
    )
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    on_call = models.BooleanField(default=False)
    rings = models.BooleanField(default=False, db_default=False)
    relays = models.BooleanField(default=False, db_default=False)
    confirmed = models.CharField(max_length=20, blank=True, db_default="")
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    asked = models.CharField(max_length=20, blank=True, db_default="")
    asked_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=64, blank=True, db_default="")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    bookable = models.BooleanField(null=True)
    hours = models.JSONField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "member"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "user"], name="one_membership_per_business_and_user")
        ]

    def __str__(self) -> str:
        return self.name
