"""Tags for pages of the second step: `{% step_is_owed as owed %}`, `{% codes_left as left %}` and
`{% passkeys_elsewhere as elsewhere %}`.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.template import Context, Library

from answerback.console.accounts import passkeys, recovery, second_step
from answerback.store.queries import access
from answerback.workflow import clock

register = Library()


@register.simple_tag(takes_context=True)
def step_is_owed(context: Context) -> bool:
    """May whoever is signed in open nothing any more until their second step is set up?"""
    user: Any = context["request"].user
    step = second_step.missing(user, access.seats(user.pk)) if user.pk is not None else None
    return step is not None and step.is_over(clock.now())


@register.simple_tag(takes_context=True)
def codes_left(context: Context) -> tuple[int, int] | None:
    """How many recovery codes of how many still open; None where they cannot be read."""
    whose = context["request"].user.pk
    return recovery.left(Authenticator.objects.filter(user_id=whose, type=Authenticator.Type.RECOVERY_CODES).first())


@register.simple_tag(takes_context=True)
def passkeys_elsewhere(context: Context) -> passkeys.Elsewhere | None:
    """Where passkeys work, on a page at whose address they do not; None where they do."""
    return passkeys.elsewhere(context["request"])
