"""The sections: what exists is shown to who may open it, and exactly one is the current one."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django.urls import resolve, reverse
from django.utils import translation

from answerback.console import navigation
from answerback.store.queries.access import Seat
from answerback.store.queries.inbox import Counts
from answerback.store.roles import ROLES, may

COUNTS = Counts(needs=3, todos=0)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Another test may have been in Spanish last."""
    with translation.override("en"):
        yield


def _links(role: str, address: str) -> list[navigation.Link]:
    seat = Seat(
        member=1,
        name="Dana",
        role=role,
        business=1,
        business_name="Rivera",
        zone=ZoneInfo("UTC"),
        revision=1,
        playbook=1,
    )
    return [link for group in navigation.links(seat, COUNTS, address) for link in group]


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/", "Today"),
        ("/inbox", "Inbox"),
        ("/c/7", "Inbox"),
        ("/todos", "To-dos"),
        ("/diary/types", "Calendar"),
        ("/calendars/", "Connected calendars"),
        ("/reports/leads", "Reports"),
        ("/nowhere", None),
    ],
)
def test_one_section_is_the_current_one(address: str, current: str | None) -> None:
    assert [str(link.words) for link in _links("owner", address) if link.current] == ([current] if current else [])


def test_sections_follow_the_role() -> None:
    hidden = {str(link.words) for link in _links("owner", "/")} - {
        str(link.words) for link in _links("technician", "/")
    }
    assert "Lines" in hidden
    assert "Inbox" not in hidden


@pytest.mark.parametrize("role", ROLES)
def test_a_section_is_shown_to_whoever_may_open_it_and_to_nobody_else(role: str) -> None:
    sections = [section.url for group in navigation.GROUPS for section in group]
    opens = {url for url in sections if may(role, getattr(resolve(reverse(url)).func, "act", "work"))}
    assert {reverse(url) for url in opens} == {link.href for link in _links(role, "/")}


def test_a_technician_finds_the_contacts() -> None:
    """Their page was open to technicians, and no section led there."""
    assert "Contacts" in {str(link.words) for link in _links("technician", "/")}


def test_section_shows_only_where_its_address_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    section = navigation.Section("console:nothing_yet", navigation.GROUPS[0][0].words, "sun")
    monkeypatch.setattr(navigation, "GROUPS", ((section,),))
    assert _links("owner", "/") == []


def test_counts_stand_beside_what_they_count() -> None:
    assert {str(link.words): link.count for link in _links("owner", "/") if link.count_of} == {"Inbox": 3, "To-dos": 0}


def test_four_sections_lie_at_the_thumb() -> None:
    groups = (tuple(_links("owner", "/")),)
    assert len(navigation.thumbs(groups)) == min(4, len([link for link in groups[0] if link.thumb]))
