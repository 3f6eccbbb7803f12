"""How far the set-up of a business went: left at any step and taken up again, over only after a test call was texted.

Each step writes the real thing (hours, lines, people) as the settings do; here stands only which were done.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import PROTECT, ManyToOneRel, OuterRef, ProtectedError, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.transaction import atomic
from django.utils.translation import gettext

from answerback.engine.hours import day_kind
from answerback.engine.playbook import CallSituation
from answerback.ports.registry import phone
from answerback.store import models
from answerback.store.playbook_file import pack_text
from answerback.store.secrets import mark, seal, unseal
from answerback.workflow import clock, directory, drafts, line_health, people, publishing, setup, sign_ins, snippets
from answerback.workflow.setup import NewBusiness

STEPS = ("business", "hours", "phone", "forwarding", "team", "wording", "check", "test")
"""In this order; `business` is done by beginning."""

LEFT = ("sent", "delivered")
"""What a text has become that really went out."""

LOST = ("refused", "undelivered", "withdrawn", "unclear")
"""What a text has become that did not, or of which nobody knows."""

A_CALL_TAKES = timedelta(seconds=90)
"""From the press of the button until a call that nobody took has been reported, with a while to dial."""


CALLERS_EACH = 7
"""Pretend numbers that call one business in its tests before the next one's begin."""


class NotYet(ValueError):
    """A step is not done, or what was asked for it cannot be; the message says why, `steps` which are not done."""

    def __init__(self, says: str, steps: Sequence[str] = ()) -> None:
        super().__init__(says)
        self.steps = tuple(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """The test call: since when we wait, the lead it made, and the text it led to.

    `why_not` says why no text left, and what would change it, `provider_says` what the provider said of one that it did
    not take or lost; `is_late` that no call came though one should have. `met` is what the caller met, where the text
    is therefore another than the one for open hours.
    """

    since: datetime | None
    caller: str = ""
    conversation: int | None = None
    body: str = ""
    status: str = ""
    why_not: tuple[str, ...] = ()
    provider_says: str = ""
    is_late: bool = False
    met: CallSituation = "open"

    @property
    def is_lost(self) -> bool:
        """Did the text not leave, or does nobody know?"""
        return self.status in LOST

    @property
    def is_passed(self) -> bool:
        """Did a real call lead to a real text that left?"""
        return self.status in LEFT


def may_begin(user: models.User) -> bool:
    """May this person set up a business? Whoever came by a link for that, and agency admins."""
    if models.AgencyAdmin.objects.filter(user=user).exists() or user.is_superuser:
        return True
    links = models.JoinLink.objects.filter(email__iexact=user.email, used_at__isnull=False, member=None, agency=None)
    return links.exists() and not models.Member.objects.filter(user=user, role="owner").exists()


def begin(user: models.User, *, name: str, phone_number: str, zone: str, pack: str) -> models.Business:
    """A new business of this person's, or of their agency; raises `ValueError` as `setup.open_business` does.

    Callers are texted in this person's language first, until the step about the wording says otherwise.
    """
    admin = models.AgencyAdmin.objects.filter(user=user).first()
    new = NewBusiness(
        name=name,
        zone=zone,
        phone=phone_number,
        playbook=pack_text(pack, first=user.language),
        agency=admin.agency_id if admin else None,
    )
    business = setup.open_business(new)
    owner = None
    if admin is None:
        owner = models.Member.objects.create(
            business=business, user=user, name=user.name or user.email, email=user.email, role="owner"
        )
    people.seat_admins(business)
    snippets.begin_with(business.id, owner.id if owner else None)
    sign_ins.start_grace(user.id)
    spoken = user.language or business.language
    models.Business.objects.filter(id=business.id).update(set_up={"done": ["business"], "pack": pack}, language=spoken)
    return business


def next_step(progress: Mapping[str, list[str]] | None) -> str:
    """The first step that is not done; empty when the set-up is over."""
    if progress is None:
        return ""
    return next((step for step in STEPS if step not in progress["done"]), "test")


def steps_before_test(progress: Mapping[str, list[str]] | None) -> list[str]:
    """The steps that have to be done before the test call can end the set-up, and are not."""
    return [] if progress is None else [step for step in STEPS[:-1] if step not in progress["done"]]


def done(business: int, step: str) -> None:
    """This step is done."""
    row = models.Business.objects.get(id=business)
    if row.set_up is not None and step not in row.set_up["done"]:
        models.Business.objects.filter(id=business).update(set_up={**row.set_up, "done": [*row.set_up["done"], step]})


def change_trade(business: int, pack: str, member: int | None) -> None:
    """Begin anew with the playbook of another trade; what was written into the one before is gone, and asked again."""
    row = models.Business.objects.get(id=business)
    if row.set_up is None:
        raise NotYet("The set-up is over, so the playbook stays.")
    drafts.discard(business)
    publishing.publish(business, pack_text(pack, first=row.language), member=member)
    left = [step for step in row.set_up["done"] if step not in {"wording", "check"}]
    models.Business.objects.filter(id=business).update(set_up={**row.set_up, "done": left, "pack": pack})


def add_phone(  # noqa: PLR0917  one form
    business: int, provider: str, values: Mapping[str, str], number: str, source: str, seen: str | None = None
) -> models.Line:
    """Connect a provider with one line; the pretend one needs nothing but a number.

    The same number again makes no second line: what was typed last is kept. `seen` are the marks of the lines that
    whoever typed it knew of. Raises `NotYet` where another provider has the number, or somebody connected it since.
    """
    with atomic():
        _alone(business)
        before = models.Line.objects.filter(business=business, number=number).select_related("connection").first()
        if before is not None:
            if provider != "simulator" and seen is not None and _mark(before) not in seen.split():
                raise NotYet(f"Somebody has connected {number} meanwhile. Look at this page again, then enter it anew.")
            return _again(before, provider, values, source)
        if provider == "simulator":
            values = {"world": str(settings.VAR / "phones.sqlite3"), "secret": secrets.token_urlsafe(32)}
        connection = setup.connect(business, provider, phone(provider).title, values)
        return setup.add_line(
            business, connection.id, number, source or gettext("Main line"), media=provider == "simulator"
        )


def told(business: int, line: int) -> None:
    """The provider of this line was told to send its calls and texts to us."""
    row = models.Business.objects.get(id=business)
    if row.set_up is not None:
        known = {*row.set_up.get("told", ()), line}
        models.Business.objects.filter(id=business).update(set_up={**row.set_up, "told": sorted(known)})


def keep_setting(line: models.Line, name: str, value: str) -> None:
    """Keep one more setting of this line's connection, such as a secret that the provider showed later."""
    kept = unseal(line.connection.sealed) | {name: value}
    models.Connection.objects.filter(id=line.connection_id).update(sealed=seal(kept))


def marks(lines: Iterable[models.Line]) -> str:
    """By which the page knows how these lines are connected, without showing a secret."""
    return " ".join(_mark(each) for each in lines)


def _mark(line: models.Line) -> str:
    return mark(bytes(line.connection.sealed).decode(), f"connection {line.connection_id}")


def _again(line: models.Line, provider: str, values: Mapping[str, str], source: str) -> models.Line:
    if line.connection.provider != provider:
        raise NotYet(f"{line.number} is a line already, at another provider. Remove that line first.")
    if provider != "simulator":
        models.Connection.objects.filter(id=line.connection_id).update(sealed=seal(values))
    if source:
        models.Line.objects.filter(id=line.id).update(source=source)
    return line


def lines(business: int) -> list[models.Line]:
    """Its lines with their connections, the newest last: that is the one the set-up is about."""
    return list(models.Line.objects.filter(business=business).select_related("connection").order_by("id"))


def is_used(line: models.Line) -> bool:
    """Has anything happened on this line, so that it has to stay?"""
    return line.id in used([line])


def used(lines: Iterable[models.Line]) -> set[int]:
    """The ids of those lines on which anything happened, so that they have to stay."""
    pointing = [each for each in models.Line._meta.get_fields(include_hidden=True) if isinstance(each, ManyToOneRel)]  # noqa: SLF001
    # Whether there is one is asked of each table; collecting all of them took 15 s of a line with 30,000 callers. A
    # row and not whether one exists: PostgreSQL might read the whole table to answer that for many lines.
    rows = [
        each.related_model._base_manager.filter(**{each.field.name: OuterRef("pk")})  # noqa: SLF001  Django's
        for each in pointing
        if each.on_delete is PROTECT
    ]
    told = models.Event.objects.annotate(line=KeyTextTransform("line", "body"))
    rows.append(told.filter(connection=OuterRef("connection_id"), line=OuterRef("number")))
    found = {f"found_{at}": Subquery(each.order_by().values("pk")[:1]) for at, each in enumerate(rows)}
    is_one = reduce(or_, (Q(**{f"{name}__isnull": False}) for name in found))
    of_these = models.Line.objects.filter(id__in=[each.id for each in lines])
    return set(of_these.annotate(**found).filter(is_one).values_list("id", flat=True))


def remove_line(business: int, line: int) -> None:
    """Take away a line that was added by mistake, and its connection where that was its only one.

    Raises `NotYet` where something happened on it, or there is none of this business.
    """
    with atomic():
        _alone(business)
        row = next((each for each in lines(business) if each.id == line), None)
        if row is None:
            raise NotYet("This line is gone already.")
        if is_used(row):
            raise NotYet(f"Calls or texts came by {row.number} already, so this line stays.")
        row.delete()
        try:
            with atomic():
                row.connection.delete()
        except ProtectedError:
            return  # other lines are at it, or something that belongs to no line was kept


def _alone(business: int) -> None:
    """Whoever presses twice waits here until the first press is through."""
    models.Business.objects.select_for_update(no_key=True).get(id=business)


def line_to_test(row: models.Business) -> models.Line | None:
    """The line that is called in the test: the one that was chosen, else the newest."""
    found, chosen = lines(row.id), (row.set_up or {}).get("line")
    return next((each for each in found if each.id == chosen), next(reversed(found), None))


def begin_test(business: int, now: datetime, wanted: int | None = None) -> tuple[models.Line, str]:
    """From now on a missed call of the `wanted` line, else of the newest, counts as the test; the line, and the pretend
    number that shall call it (or empty).

    Raises `NotYet` where there is no line, or the wanted one is none of the business.
    """
    row = models.Business.objects.get(id=business)
    if wanted is not None and all(each.id != wanted for each in lines(business)):
        raise NotYet("This line is gone. Choose another one.")
    if wanted is not None and row.set_up is not None:
        row.set_up = {**row.set_up, "line": wanted}
    line = line_to_test(row)
    if line is None or row.set_up is None:
        raise NotYet("There is no line to call yet. Go back to the phone.")
    caller = ""
    if line.connection.provider == "simulator":
        caller = _free_number(business)
    told = {**row.set_up, "line": line.id, "since": now.isoformat(), "caller": caller}
    models.Business.objects.filter(id=business).update(set_up=told)
    return line, caller


def test_of(business: models.Business) -> Test:
    """What became of the test call so far."""
    since = (business.set_up or {}).get("since")
    if not since:
        return Test(since=None)
    at, caller = datetime.fromisoformat(since), business.set_up["caller"]  # type: ignore[index]
    talks = models.Conversation.objects.filter(business=business, last_at__gte=at).order_by("-last_at")
    if caller:
        talks = talks.filter(contact__number=caller)
    line = line_to_test(business)
    if line is not None and len(lines(business.id)) > 1:
        heard = models.Event.objects.filter(business=business, body__line=line.number, at__gte=at)
        talks = talks.filter(id__in=heard.values("conversation"))
    talk = talks.first()
    if talk is None:
        return Test(since=at, caller=caller, is_late=clock.now() - at > A_CALL_TAKES)
    texts = models.Message.objects.filter(conversation=talk, purpose="first_text", created_at__gte=at)
    text = texts.order_by("-id").first()
    return Test(
        since=at,
        caller=caller,
        conversation=talk.id,
        body=text.body if text else "",
        status=text.status if text else "",
        why_not=_why_not(talk, text, at),
        provider_says=text.detail if text and text.status in LOST and text.status != "withdrawn" else "",
        met=_met(talk, text, at) if text else "open",
    )


def _met(talk: models.Conversation, text: models.Message, since: datetime) -> CallSituation:
    """What the caller met; `open` too where the playbook has no words of its own for it."""
    row = talk.business
    rules = directory.known(row.id, row.revision, talk.playbook_id).on(talk.line_id).rules
    came = models.Event.objects.filter(conversation=talk, at__gte=since).order_by("id")
    lately = since - rules.settings.first_text_cooldown
    before = models.Message.objects.filter(contact=talk.contact_id, purpose="first_text", id__lt=text.id)
    if before.filter(sent_at__gt=lately).exists():
        met: CallSituation = "repeat"
    elif came.filter(kind="VoicemailLeft").exists():
        met = "voicemail"
    else:
        met = day_kind(rules.hours_on(talk.line.number), came.values_list("at", flat=True).first() or since)
    return met if met in rules.playbook.greet else "open"


def _why_not(talk: models.Conversation, text: models.Message | None, since: datetime) -> tuple[str, ...]:
    """Why no text left, as we decided; empty while one may still leave, and where the provider said why."""
    if text is not None and (text.status not in LOST or text.detail):
        return (text.detail,) if text.status == "withdrawn" else ()
    told = models.Decision.objects.filter(conversation=talk, verdict="not_sent", at__gte=since).order_by("-id").first()
    return tuple(filter(None, [told.why, told.would_change])) if told else ()


def finish(business: int) -> None:
    """The set-up is over; raises `NotYet` before every step is done and a test call led to a text that left."""
    row = models.Business.objects.get(id=business)
    if missing := steps_before_test(row.set_up):
        raise NotYet("Not every step is done.", missing)
    if row.set_up is not None and not test_of(row).is_passed:
        raise NotYet("No test text has left yet. Call the line, let it ring out, and wait for the text.")
    models.Business.objects.filter(id=business).update(set_up=None)
    line_health.look_again(business)  # the call has just come: the first page they see would say that none has


def _free_number(business: int) -> str:
    """A pretend number that has not called here, and other than other businesses' (a caller of many is doubted)."""
    known = set(models.Contact.objects.filter(business=business).values_list("number", flat=True))
    first = business * CALLERS_EACH % 9000
    return next(number for each in range(9000) if (number := f"+1512555{1000 + (first + each) % 9000}") not in known)
