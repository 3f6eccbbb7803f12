"""Tags: `{% chip chip %}`, `{% chips several %}`, `{% when at %}`, `{% on_paper card %}`, `{% options people %}`,
`{% moves card others %}`, `{% free cell %}` and `{% shown form %}`: what pages show the most of.
`{% refusal "form" id %}` and `{% typed "form" "field" otherwise id %}` show a form again that was refused.

They show these by the hundred, and as included templates they took a third of the processor time of the inbox. So a
chip is drawn once and remembered, and a time and a menu's choice are written without a template.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from answerback.console import moments, words
from answerback.console.moments import Moment
from answerback.console.refused import Refused
from answerback.console.shown import FIELD, Form
from answerback.console.time_grid import Cell
from answerback.console.words import Chip

register = Library()

REMEMBERED = 2_000
"""Some chips hold names of people, so there is no end to them."""


@register.simple_tag
def chip(shown: Chip | None) -> SafeString:
    """The chip in the language that is active; empty where there is none."""
    return _drawn(shown.tone, shown.icon, str(shown.words)) if shown else mark_safe("")


@register.simple_tag
def chips(shown: Iterable[Chip] | None) -> SafeString:
    """One after the other."""
    return mark_safe("".join([chip(each) for each in shown or ()]))  # noqa: S308  each is drawn by its template


@register.simple_tag
def when(at: Moment | None) -> SafeString:
    """The time in words, exact on hover; empty where there is none."""
    if not at:
        return mark_safe("")
    return mark_safe(  # noqa: S308  escaped
        f'<time datetime="{escape(at.iso)}" title="{escape(at.exact)}">{escape(at.words)}</time>'
    )


@register.simple_tag
def on_paper(shown: Any) -> SafeString:
    """The number of who has a name (`who`, `tel`): on paper no button is pressed; empty where the name says it."""
    number = words.number(shown.tel) if shown.tel else shown.who
    return mark_safe(f'<span class="on-paper"> {escape(number)}</span>' if number != shown.who else "")  # noqa: S308


@register.simple_tag
def options(shown: Iterable[Any], chosen: object = None) -> SafeString:
    """The choices of a menu by name, the one whose id is chosen marked."""
    chosen = str(chosen)  # as a form says it that is shown again
    rows = [
        f'<option value="{each.id:d}"{" selected" if str(each.id) == chosen else ""}>{escape(each.name)}</option>'
        for each in shown
    ]
    return mark_safe("".join(rows))  # noqa: S308  escaped


@register.simple_tag
def moves(card: Any, others: Iterable[tuple[str, str]]) -> SafeString:
    """The buttons that move a card of the board, one for each of the other columns by its key and name."""
    rows = [
        f'<button form="move" name="to" value="{card.conversation:d}:{card.status}>{key}">{escape(name)}</button>'
        for key, name in others
    ]
    return mark_safe("".join(rows))  # noqa: S308  escaped; statuses are our own words


@register.simple_tag
def free(cell: Cell) -> SafeString:
    """A half hour of the calendar that nothing stands in: a day has hundreds of them."""
    whose = f' data-member="{cell.column.member:d}"' if cell.column.member else ""
    return mark_safe(f'<td class="free" data-start="{cell.written}"{whose}></td>')  # noqa: S308  a time and a number


@register.filter(expects_localtime=True)
def dated(day: date | None) -> str:
    """`Mar 10, 2026`, in the order of the reader's language: the only way a page writes a date with its year."""
    return moments.dated(day) if day else ""


@register.filter(expects_localtime=True)
def day_in_words(day: date | None) -> str:
    """`Tuesday, March 10`."""
    return moments.date(day) if day else ""


@register.simple_tag
def shown(form: Form | None) -> SafeString:
    """The hidden field with what the form is drawn with; empty where nobody else changes it."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, form.written) if form else mark_safe("")


@register.simple_tag(takes_context=True)
def refusal(context: Context, form: str = "", id: int = 0) -> SafeString:
    """Why this form was refused, in the form; empty where it was not."""
    refused = _refused(context, form, id)
    if refused is None:
        return mark_safe("")
    return render_to_string("console/problem.html", {"problem": refused.problem, "field": refused.field})


@register.simple_tag(takes_context=True)
def typed(context: Context, form: str, field: str, otherwise: object = "", id: int = 0) -> str:
    """What stands in a field: what was typed, where this form was refused."""
    refused = _refused(context, form, id)
    return str(refused.given.get(field, otherwise) if refused else otherwise)


def _refused(context: Context, form: str, id: int) -> Refused | None:
    refused = context.get("refused")
    return refused if isinstance(refused, Refused) and refused.about(form, id) else None


@lru_cache(REMEMBERED)
def _drawn(tone: str, icon: str, words: str) -> SafeString:
    return render_to_string("console/chip.html", {"chip": {"tone": tone, "icon": icon, "words": words}})
