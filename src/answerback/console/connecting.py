"""What connecting calendars, CRMs and booking pages shares: a form drawn from the settings an adapter declares, so that
a new kind needs none of its own, and a sign-in at a provider (OAuth 2.0 with PKCE), bound to the person's session.

A secret is never shown again; left empty, the one that is kept stays. The page that sends people away holds a plain
link: our policy lets no form lead to another site. The page they come back to only shows a button, for coming back is
a GET and changes nothing; the button's POST trades the code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from answerback.console.refused import Refused
from answerback.console.retold import retold
from answerback.console.shown import Form
from answerback.ports.connection import Finding, Setting
from answerback.ports.sign_in import SignInAsked

LONGEST = 1000
"""Characters of one setting that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One setting as its form asks for it."""

    setting: Setting
    value: str
    needed: bool


def fields(wanted: Iterable[Setting], values: Mapping[str, Any], *, keeps: bool = False) -> list[Asking]:
    """The form of these settings; where one is kept already (`keeps`), a secret may stay empty."""
    return [
        Asking(
            setting=each,
            value="" if each.secret else str(values.get(each.name, each.default)),
            needed=each.required and not (each.secret and keeps),
        )
        for each in wanted
    ]


def given(wanted: Iterable[Setting], asked: Mapping[str, Any]) -> dict[str, str]:
    """What was entered, and nothing that was not asked for."""
    return {each.name: str(asked.get(each.name, ""))[:LONGEST] for each in wanted}


def form_of(wanted: Iterable[Setting], values: Mapping[str, Any], marks: Mapping[str, str]) -> Form:
    """These settings as they stand. A secret shows as empty; by its mark a form knows which one stood."""
    settings = tuple(wanted)
    shown = {each.name: "" if each.secret else str(values.get(each.name, each.default)) for each in settings}
    return Form(shown, {each.name: retold(each.label) for each in settings}, marks=marks)


PREFIX = "f-"
"""Begins the ids of the inputs in `setting_fields.html`."""


def gaps(missing: Sequence[Setting], given: QueryDict) -> Refused:
    """What is shown of a form that was sent without these, beside the first of them."""
    named = ", ".join(str(retold(each.label)) for each in missing)
    says = _("Fill in: %(fields)s.") % {"fields": named}
    return Refused(problem=says, field=f"{PREFIX}{missing[0].name}", given=given)


def tell(request: HttpRequest, findings: Iterable[Finding]) -> None:
    """Say on the next page what trying it has shown."""
    for finding in findings:
        level = messages.SUCCESS if finding.ok else messages.ERROR
        messages.add_message(request, level, f"{finding.says} {finding.fix}".strip())


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody who is back from a provider: what they had begun, and what the provider gave them along."""

    id: int
    asked: SignInAsked
    given: QueryDict

    @property
    def code(self) -> str:
        """What is traded for tokens; empty where the provider, or the person, said no."""
        return "" if self.given.get("error") else str(self.given.get("code", ""))

    @property
    def refusal(self) -> str:
        """Why there is no code, in the provider's word."""
        return str(self.given.get("error", "no code"))[:60]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Signing in to one kind of thing: the session's key for the one on its way, and the page people come back to."""

    key: str
    back: str

    def return_address(self, request: HttpRequest) -> str:
        """Where providers send people back to; it has to be registered with them letter by letter."""
        return f"{settings.PUBLIC_URL or f'{request.scheme}://{request.get_host()}'}{reverse(self.back)}"

    def remember(self, request: HttpRequest, id: int, asked: SignInAsked) -> None:
        """Keep in the session what was begun; an earlier one is over."""
        request.session[self.key] = {"id": id, **asdict(asked)}

    def returned(self, request: HttpRequest, of: int | None = None) -> Returned | None:
        """Who is back with the state that this session was given (for `of`, where that is known); None for everybody
        else, and they are told so.
        """
        given = request.POST if request.method == "POST" else request.GET
        kept = request.session.get(self.key) or {"id": 0, "state": ""}
        begun_here = kept["id"] and of in (None, kept["id"])
        if not begun_here or not compare_digest(str(given.get("state", "")).encode(), str(kept["state"]).encode()):
            messages.error(request, _("This sign-in was not begun here, or is over. Begin it again."))
            return None
        asked = SignInAsked(returns_to=kept["returns_to"], state=kept["state"], verifier=kept["verifier"])
        return Returned(int(kept["id"]), asked, given)

    def end(self, request: HttpRequest) -> None:
        """It counts once."""
        del request.session[self.key]
