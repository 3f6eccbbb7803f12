"""A customer's browser, as far as a booking link needs one: opens the page, picks a time, fills in the form, sends.

It reads the page's own form and knows no address or field beyond it. Needs Django set up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from answerback.testing.crashes import Crashed, Crashes

if TYPE_CHECKING:
    from answerback.testing.stack import Stack  # needs Django

WRITES = {"name": "Maria Lopez", "address": "12 Elm Street, Austin", "email": "maria@example.com", "zip": "78701"}
"""What the pretend customer writes into a field of this name."""


class NoOpening(LookupError):
    """The page behind the link offers no such time; the message says what it offers."""


@dataclass(slots=True)
class Form:
    """One form on a page: what its hidden and filled fields hold, which must be written, and what can be picked."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    picks: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page behind a booking link as somebody has it open: where it is, what it says, its forms."""

    address: str
    status: int
    words: str
    forms: tuple[Form, ...]


def open_page(stack: "Stack", address: str) -> Page:
    """Open this page, as a customer or a robot that looks at links does."""
    return _page(address, stack.client.get(address))


def send(stack: "Stack", page: Page, which: int) -> Page:
    """Take the `which`-th time of a page that somebody has open, however old it is; raises `NoOpening`."""
    form = next((form for form in page.forms if form.picks), None)
    if form is None or which >= len(form.picks):
        raise NoOpening(f"The page offers {len(form.picks) if form else 0} times; there is no number {which + 1}.")
    path = form.action or urlsplit(page.address).path
    return _followed(stack, path, stack.client.post(path, _filled(form, form.picks[which])))


def press(stack: "Stack", page: Page, ending: str) -> Page:
    """Press the button of the form that goes to an address with this ending; raises `NoOpening`."""
    form = next((form for form in page.forms if form.action.endswith(ending)), None)
    if form is None:
        raise NoOpening(f"The page has no button for {ending}.")
    return _followed(stack, form.action, stack.client.post(form.action, form.values))


def _followed(stack: "Stack", address: str, answer: Any) -> Page:
    return open_page(stack, answer.url) if answer.status_code == 302 else _page(address, answer)


def _page(address: str, answer: Any) -> Page:
    written = answer.content.decode()
    words = " ".join(unescape(re.sub(r"<[^>]*>", " ", written)).split())
    return Page(address=address, status=answer.status_code, words=words, forms=tuple(_forms(written)))


def take_opening(stack: "Stack", crashes: Crashes, link: str, which: int, name: str = "") -> None:
    """Book the `which`-th time of the page behind this link, under this name; raises `NoOpening`.

    A server that dies is asked again.
    """
    address = urlsplit(link).path
    page = stack.client.get(address)
    forms = [form for form in _forms(page.content.decode()) if form.picks]
    if not forms:
        raise NoOpening(f"The page behind the link offers no times (it answered {page.status_code}).")
    picks = forms[0].picks
    if not 0 <= which < len(picks):
        raise NoOpening(f"The page offers {len(picks)} times; there is no number {which + 1}.")
    sent = {**_filled(forms[0], picks[which]), **({"name": name} if name else {})}
    try:
        answer = crashes.step("booking", stack.client.post, forms[0].action or address, sent)
    except Crashed:
        stack.restart()
        answer = stack.client.post(forms[0].action or address, sent)
    if answer.status_code >= 400:
        raise NoOpening(f"The booking was answered with {answer.status_code}.")


def _filled(form: Form, pick: tuple[str, str]) -> Mapping[str, str]:
    written = {name: WRITES.get(name, "yes") for name in form.required if not form.values.get(name)}
    return {**form.values, **written, pick[0]: pick[1]}


def _forms(page: str) -> list[Form]:
    reader = _FormReader()
    reader.feed(page)
    return reader.forms


class _FormReader(HTMLParser):
    """Reads the POST forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a form, or a field of the one that is open."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._open = Form(action=given.get("action", ""))
            self.forms.append(self._open)
        elif self._open is not None and given.get("name"):
            self._field(self._open, tag, given)

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._open = None

    @staticmethod
    def _field(form: Form, tag: str, given: dict[str, str]) -> None:
        name = given["name"]
        if given.get("type") == "radio" or tag == "button":
            form.picks.append((name, given.get("value", "")))
            return
        if tag in {"input", "textarea"}:
            form.values[name] = given.get("value", "")
            if "required" in given:
                form.required.append(name)
