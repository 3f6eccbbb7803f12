"""Every number on every page of the reports opens the list behind it, and the list is as long as the number says."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any, NamedTuple

import pytest
from django.test import Client

from answerback.console.reports import listing
from answerback.engine.desk_events import OutcomeMarked
from answerback.engine.variants import Chosen, digest
from answerback.store import codec, models
from answerback.workflow import directory, measuring

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
DATES = re.compile(rf"{MONTH}[a-z]*\.? \d{{1,2}}(?:, \d{{4}})?|\d+ (?:min|h|days?|s) ago|just now|\d+(?::\d+)? [AP]M")
VOID = {"input", "meta", "link", "br", "rect", "img", "path", "circle", "line", "polyline"}

NO_NUMBERS_OF_LEADS = {"nav", "form", "select", "textarea", "time", "button", "th", "h3", "text", "em", "summary"}
"""Tags in which a number is the name of something, a moment, a choice, or what a list right under it counts."""


class Said(NamedTuple):
    """A number on a page with its words, where it leads, and in which tags and classes it stands."""

    words: str
    href: str
    inside: frozenset[str]


class Numbers(HTMLParser):
    """Gathers every text with a digit in the main part of a page; a link's text is taken whole."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Said] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self._link = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))
            if tag == "a":
                self._link = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag == "a" and self._of("a"):
            self._keep(" ".join(self._link.split()), str(self._of("a").get("href")))
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._of("a"):
            self._link += data
        else:
            self._keep(" ".join(data.split()), "")

    def _keep(self, words: str, href: str) -> None:
        tags = {tag for tag, _attrs in self._open}
        if "main" in tags and NUMBER.search(DATES.sub("", words)):
            classes = {name for _tag, attrs in self._open for name in (attrs.get("class") or "").split()}
            self.found.append(Said(words, href, frozenset(tags | classes)))

    def _of(self, tag: str) -> dict[str, str | None]:
        return next((attrs for name, attrs in reversed(self._open) if name == tag), {})


@pytest.fixture
def busy(shop: Any, alice: Client, now: Any) -> Iterator[Any]:
    """Six leads in two wordings and both sides of a hold-out, one of them sold, one only marked, one a seller."""
    another = "Hi, {business} here, sorry we missed your call. What do you need? Reply STOP to opt out"
    alice.post("/reports/trials/add", {"place": "greet > open > en", "text": another})
    directory.forget()
    shop.business.refresh_from_db()
    greetings = codec.decode_playbook(codec.encode(shop.business.playbook.body)).greet["open"]["en"][::2]
    at = now - timedelta(days=20)
    for each in range(6):
        talk = shop.conversation(each, name=f"Caller {each}", at=at, service="drain", missed_reason="busy")
        _told(shop, talk, greetings[each % 2], seconds=9 + each, variant=digest(greetings[each % 2]))
        if each in {1, 2}:
            shop.text(talk, "in:1", "customer", "yes please", "received", at=at + timedelta(minutes=2))
    _sold(shop, models.Conversation.objects.get(contact__name="Caller 2"), at)
    marked = models.Conversation.objects.get(contact__name="Caller 3")
    models.Lead.objects.filter(conversation=marked).update(status="booked")
    for minutes in (5, 9):
        shop.event(marked, OutcomeMarked(at=at + timedelta(minutes=minutes), member="Alice", status="booked"))
    seller = models.Conversation.objects.get(contact__name="Caller 5")
    message = shop.text(seller, "in:1", "customer", "SEO?", "received", at=at)
    models.Message.objects.filter(id=message.id).update(reading={"intent": "vendor"})
    measuring.refresh(shop.business.id)
    yield shop
    directory.forget()


def _told(shop: Any, talk: models.Conversation, body: str, *, seconds: int, variant: str) -> None:
    at = talk.opened_at
    talk.state = {"misses": [{"call": f"c{talk.id}", "at": at.isoformat(), "line": shop.line.number, "reason": "busy"}]}
    talk.save(update_fields=["state"])
    text = shop.text(talk, "t1", "machine", body, "delivered", at=at)
    models.Message.objects.filter(id=text.id).update(
        sent_at=at, delivered_at=at + timedelta(seconds=seconds), purpose="first_text"
    )
    chosen = Chosen(place="greet > open", language="en", digest=variant, number=1, of=2).guard
    guard = {"name": chosen.name, "evidence": chosen.evidence, "passed": True}
    for rule, guards in (("first_text", [guard]), (f"hold_out.{('late', 'at_once')[talk.contact_id % 2]}", [])):
        models.Decision.objects.create(
            business=shop.business,
            conversation=talk,
            at=at,
            rule=rule,
            verdict="sent",
            why="",
            guards=guards,
            text="t1",
        )


def _sold(shop: Any, talk: models.Conversation, at: Any) -> None:
    lead = models.Lead.objects.get(conversation=talk)
    models.Lead.objects.filter(id=lead.id).update(status="won")
    shop.event(talk, OutcomeMarked(at=at + timedelta(hours=1), member="Alice", status="won"))
    models.RevenueEntry.objects.create(business=shop.business, lead=lead, cents=42_000, at=at + timedelta(hours=2))


@pytest.fixture
def agency(busy: Any, opened: Any, now: Any) -> None:
    """Alice looks after a second business too, which keeps its money in euros and has one lead, sold for 300."""
    stranger = opened("Sur Plomeros", "+12125550177")
    models.Business.objects.filter(id=stranger.business.id).update(currency="EUR")
    alice = models.User.objects.get(email="alice@example.com")
    models.Member.objects.create(business=stranger.business, user=alice, name="Alice", role="owner")
    at = now - timedelta(days=20)
    talk = stranger.conversation(77, name="Elsewhere", at=at, status="won")
    _told(stranger, talk, "Sorry", seconds=30, variant="00000000")
    lead = models.Lead.objects.get(conversation=talk)
    models.RevenueEntry.objects.create(
        business=stranger.business, lead=lead, cents=30_000, currency="EUR", at=at + timedelta(hours=2)
    )
    measuring.refresh(stranger.business.id)


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/reports/?days=28&by=line", 40),
        ("/reports/?days=28&by=member", 40),
        ("/reports/everywhere?days=28", 20),
        ("/reports/trials", 12),
        ("/reports/review?week=2026-02-16", 4),
    ],
)
def test_every_number_opens_as_many_leads(agency: None, alice: Client, address: str, least: int) -> None:
    found = Numbers(alice.get(address).content.decode()).found
    opened = [said for said in found if "leads?" in said.href]
    assert [said for said in opened if not _agrees(said, alice)] == []
    assert len(opened) >= least
    assert [said for said in opened if said.inside & {"figures", "waits"} and not _is_as_long(said, alice)] == []
    without = [said.words for said in found if not said.href and not said.inside & NO_NUMBERS_OF_LEADS]
    assert [words for words in without if not _is_only_said(words)] == []


def _is_only_said(words: str) -> bool:
    """What is derived from numbers beside it (shares of a stage, an interval), or explains how something is counted."""
    return bool(re.fullmatch(r"\d+%", words)) or words.startswith(
        ("What may still be on the table", "The true difference", "From the missed call to the first", "Can't tell yet")
    )


def _is_as_long(said: Said, client: Client) -> bool:
    """A mere count in a table opens a list of so many lines: "2 missed" opened the one lead of both calls."""
    if not said.words.isdecimal():
        return True
    return len(client.get(said.href).context["lines"]) == min(int(said.words), listing.PAGE)


def _agrees(said: Said, client: Client) -> bool:
    page = client.get(said.href)
    came_to = {match.replace(",", "") for match in NUMBER.findall(str(page.context["sum"]))} or {"0"}
    chips = {chip.words for line in page.context["lines"] for chip in line.chips}
    numbers = {match.replace(",", "") for match in NUMBER.findall(DATES.sub("", said.words))}
    leads = NUMBER.findall(str(page.context["sum"]))[0]
    if re.fullmatch(r"(before: )?\d+%", said.words):
        whole = {f"{100 * int(leads) / each:.0f}" for each in range(1, 13)}
        return bool(numbers & whole)
    if re.fullmatch(r"(before: )?\d+ s", said.words) or "within" in said.words:
        return bool({f"Answered in {number} s" for number in numbers} & chips)
    return bool(numbers & came_to)


def test_older_pages_of_a_list_show_each_lead_once(busy: Any, alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them began in the same moment."""
    monkeypatch.setattr(listing, "PAGE", 2)
    found, page = [], alice.get("/reports/leads?days=28&count=leads")
    while older := page.context["older"]:
        found += [line.conversation for line in page.context["lines"]]
        page = alice.get(f"/reports/leads?{older}")
    found += [line.conversation for line in page.context["lines"]]
    counted = models.LeadMeasure.objects.filter(business=busy.business, excluded="")
    assert found == list(counted.order_by("-began_at", "-lead_id").values_list("lead__conversation_id", flat=True))


def test_list_of_all_businesses_names_each_and_keeps_currencies_apart(agency: None, alice: Client) -> None:
    page = alice.get("/reports/everywhere?days=28")
    money = page.context["all"].cells[-1]
    assert money.words == "€300 + $420"
    behind = alice.get(money.href)
    assert behind.context["sum"] == "2 leads, 2 missed calls, 0 calls back, €300 recovered, $420 recovered"
    assert [(line.who, line.money) for line in behind.context["lines"]] == [
        ("Elsewhere", "€300"), ("Caller 2", "$420"),
    ]  # fmt: skip


def test_nobody_opens_the_list_of_a_business_they_have_no_seat_in(agency: None, bob: Client, shop: Any) -> None:
    other = models.Business.objects.get(name="Sur Plomeros")
    said = bob.get(f"/reports/everywhere/leads?days=28&count=leads&business={other.id}")
    assert said.context["lines"] == []


def test_a_count_of_calls_opens_the_calls(busy: Any, alice: Client, now: Any) -> None:
    """ "6" missed calls opened a list of five: the leads that made them."""
    talk = models.Conversation.objects.get(contact__name="Caller 4")
    again = talk.state["misses"][0] | {"call": "again", "at": (talk.opened_at + timedelta(minutes=3)).isoformat()}
    talk.state = talk.state | {"misses": [*talk.state["misses"], again]}
    talk.last_at = now
    talk.save(update_fields=["state", "last_at"])
    measuring.refresh(busy.business.id)
    found = Numbers(alice.get("/reports/?days=28").content.decode()).found
    calls = [said for said in found if "count=calls" in said.href or "in=hour" in said.href]
    assert {said.words for said in calls if "figures" in said.inside and "in=hour" in said.href} == {"0", "6"}
    assert [said.words for said in calls if "measure-value" in said.inside] == ["6", "before: 0"]
    for said in calls:
        number = int(NUMBER.findall(said.words)[-1])
        assert (said.words, len(alice.get(said.href).context["lines"])) == (said.words, number)
