"""A provider's keys are tried before the set-up keeps them, as far as the provider can be reached."""

from collections.abc import Iterator, Mapping

from django.contrib import messages
from django.utils.translation import gettext as _

from answerback.console.retold import retold
from answerback.console.set_up.begin import Wrong
from answerback.ports.connection import NUMBER, Connection, Finding
from answerback.ports.lines import OurLine
from answerback.ports.registry import phone

NOBODYS = 0
"""The id of a connection that is not kept yet."""


def tried(provider: str, values: Mapping[str, str], number: str) -> tuple[tuple[int, str], ...]:
    """What to say of these keys once they are kept, each with its level; raises `Wrong` for keys that are refused."""
    adapter = phone(provider)
    lines = {number: OurLine(number=number, business="")}
    # Where the provider sends this number's calls is a later step's matter.
    at_all = adapter.check(Connection(id=NOBODYS, provider=provider, settings=values, lines=lines))
    found = tuple(each for each in at_all if each.name != number or each.setting)
    for each in found:
        if not each.ok and each.setting not in ("", NUMBER):
            raise Wrong(f"{retold(each.says)} {retold(each.fix)}".strip(), f"s-{each.setting}")
    return tuple(_said(adapter.title, found))


def _said(title: str, found: tuple[Finding, ...]) -> Iterator[tuple[int, str]]:
    wrong = [each for each in found if not each.ok]
    if not wrong:
        yield messages.SUCCESS, _("%(provider)s lets us in.") % {"provider": title}
    for each in wrong:
        if each.reached:
            yield messages.WARNING, f"{retold(each.says)} {retold(each.fix)}".strip()
            continue
        says = _("Saved, but not tried: %(provider)s could not be reached from here.") % {"provider": title}
        later = _("“Test this connection”, under Lines, tries it.")
        yield messages.WARNING, f"{says} {later}"
