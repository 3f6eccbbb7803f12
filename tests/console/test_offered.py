"""What a role may not do is offered to it nowhere: every link and form of every page it can reach is tried."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from scripts.pages import reachable
from tests.console.test_every_page import open_book  # noqa: F401
from tests.console.test_isolation import strangers, visitor  # noqa: F401

from answerback.store import models
from answerback.store.roles import MATRIX, ROLES
from answerback.workflow import people

LEAVES = re.compile(r"^/(sign-out|static)")


class _Offers(HTMLParser):
    """Where links lead, and where forms and their buttons are sent."""

    def __init__(self) -> None:
        super().__init__()
        self.links, self.forms = set[str](), set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.links.add(said["href"] or "")
        self.forms |= {said[each] or "" for each in ("action", "formaction", "hx-get", "hx-post") if said.get(each)}


def _here(page: str, address: str) -> str:
    """The address on this site; empty for what lies elsewhere."""
    parts = urlsplit(urljoin(f"http://here{page}", address))
    return parts.path + (f"?{parts.query}" if parts.query else "") if parts.netloc == "here" else ""


@pytest.mark.usefixtures("strangers", "open_book")
@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_offered_that_the_role_may_not_do(visitor: Any, role: Any) -> None:  # noqa: F811
    """Who is at the desk, and technicians, were shown three downloads of the reports that answered 404."""
    agency = models.Agency.objects.create(name="Bayou")
    models.Business.objects.filter(name="Other Plumbing").update(agency=agency)
    people.add_agency_admin(agency.id, models.User.objects.get(email="agency@example.com").id, "Kim")
    client, tried, wrong = visitor(role), set[str](), set[tuple[str, str]]()

    def read(address: str) -> str:
        answer = client.get(address)
        if answer.status_code != 200 or answer.streaming or not answer["Content-Type"].startswith("text/html"):
            return ""
        html = answer.content.decode()
        offers = _Offers()
        offers.feed(html)
        for form in {_here(address, each) for each in offers.forms} - {""}:
            act = getattr(resolve(urlsplit(form).path).func, "act", None)
            if act is not None and role not in MATRIX[act]:
                wrong.add((address, form))
        for link in {_here(address, each) for each in offers.links} - {""} - tried:
            tried.add(link)
            if not LEAVES.match(link) and client.get(link).status_code in {403, 404}:
                wrong.add((address, link))
        return html

    assert len(reachable(read, ["/"])) > 15
    assert wrong == set()
