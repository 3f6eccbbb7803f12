"""What connecting to any provider shares: settings its adapter declares, our registration there, one sign-in.

Members' calendars and a business's CRM are connected this way. What is kept is sealed by whoever keeps it.
"""

import secrets
from collections.abc import Mapping, Sequence

from answerback.ports.connection import Setting
from answerback.ports.sign_in import SignInAsked
from answerback.store import models
from answerback.store.secrets import mark, seal, unseal
from answerback.workflow import clock

_TOKENS = frozenset({"access_token", "access_until", "refresh_token", "push_secret"})
"""What stands beside the settings without a person having entered it."""


def missing(wanted: tuple[Setting, ...], given: Mapping[str, str]) -> tuple[Setting, ...]:
    """Settings that are required and not given."""
    return tuple(each for each in wanted if each.required and not each.default and not given.get(each.name, "").strip())


def entered(wanted: tuple[Setting, ...], given: Mapping[str, str]) -> dict[str, str]:
    """The settings of something new; what was left empty is what the adapter says."""
    return {each.name: given.get(each.name, "").strip() or each.default for each in wanted}


def changed(wanted: tuple[Setting, ...], standing: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The settings that stand, with those that were given; one left out, and a secret left empty, stays as it was."""
    kept = dict(standing)
    for each in wanted:
        if each.name in given:
            value = given[each.name].strip()
            kept[each.name] = value or (standing.get(each.name, "") if each.secret else each.default)
    return kept


def as_before(standing: Mapping[str, str], was: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The settings that stand, where these hold again what they held, by name: nothing, or the one value."""
    kept = {name: value for name, value in standing.items() if name not in was}
    return kept | {name: held[0] for name, held in was.items() if held}


def shown(wanted: tuple[Setting, ...], standing: Mapping[str, str]) -> dict[str, str]:
    """Settings as a form may show them: no secret and no token."""
    hidden = {each.name for each in wanted if each.secret} | _TOKENS
    return {name: value for name, value in standing.items() if name not in hidden}


def marks(wanted: tuple[Setting, ...], standing: Mapping[str, str], of: str) -> dict[str, str]:
    """By which a form knows the secrets that stand, without holding one; `of` says whose they are."""
    return {each.name: mark(standing.get(each.name, ""), f"{of} {each.name}") for each in wanted if each.secret}


def app_marks(wanted: tuple[Setting, ...], standing: Mapping[str, str], business: int, provider: str) -> dict[str, str]:
    """The same for the business's registration at a provider."""
    return marks(wanted, standing, f"app {business} {provider}")


def app(business: int, provider: str) -> dict[str, str]:
    """The business's registration at a provider, empty where there is none."""
    row = models.SignInApp.objects.filter(business=business, provider=provider).first()
    return unseal(row.sealed) if row else {}


def set_app(business: int, provider: str, wanted: tuple[Setting, ...], given: Mapping[str, str]) -> None:
    """Keep the business's registration at a provider; a secret that is left empty stays as it was."""
    standing = app(business, provider)
    kept = {
        each.name: given.get(each.name, "").strip() or (standing.get(each.name, "") if each.secret else "")
        for each in wanted
    }
    models.SignInApp.objects.update_or_create(
        business_id=business, provider=provider, defaults={"sealed": seal(kept), "changed_at": clock.now()}
    )


def new_sign_in(returns_to: str) -> SignInAsked:
    """A sign-in that begins now, bound by secrets nobody can guess (RFC 7636, RFC 6749 section 10.12)."""
    return SignInAsked(returns_to=returns_to, state=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(64))
