"""A tag for the page of the second step: `{% days_are_over as over %}`."""

from typing import Any

from django.template import Context, Library

from answerback.console.accounts import second_step
from answerback.store.queries import access
from answerback.workflow import clock

register = Library()


@register.simple_tag(takes_context=True)
def days_are_over(context: Context) -> bool:
    """May whoever is signed in open nothing any more until their second step is set up?"""
    user: Any = context["request"].user
    step = second_step.missing(user, access.seats(user.pk)) if user.pk is not None else None
    return step is not None and step.is_over(clock.now())
