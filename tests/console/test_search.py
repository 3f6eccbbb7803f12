"""What was said is found by its words, people by name and number, and nothing of anybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerback.console.search import around
from answerback.engine.desk_events import FormSent
from answerback.engine.events import VoicemailTranscribed
from answerback.store import models
from answerback.store.queries import search, search_words
from answerback.workflow import erasure

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def boiler(shop: Any, now: Any) -> models.Message:
    """Dana asked about the boiler in Elm Street; others said other things, and Charlie's business the same."""
    dana = shop.conversation(131, name="Dana López")
    shop.text(dana, "in:1", "customer", "The boilers in Elm Street don’t heat, call 512-555-0199", "received", at=now)
    shop.text(dana, "s:1", "staff", "We come in March, señora", "sent", at=now + timedelta(minutes=1))
    eve = shop.conversation(132, name="Eve", at=now)
    shop.text(eve, "in:1", "customer", "Elm tree needs cutting", "received", at=now + timedelta(minutes=2))
    theirs = models.Business.objects.exclude(id=shop.business.id).get()
    contact = models.Contact.objects.create(business=theirs, number="+15125550177", name="Zed", created_at=now)
    line = models.Line.objects.filter(business=theirs).first() or shop.line
    talk = models.Conversation.objects.create(
        business=theirs, contact=contact, line=line, playbook_id=theirs.playbook_id, opened_at=now, last_at=now
    )
    models.Message.objects.create(
        business=theirs, conversation=talk, contact=contact, line=line, author="customer", to="", key="x",
        body="Their boiler in Elm Street", status="received", created_at=now,
    )  # fmt: skip
    return models.Message.objects.get(conversation=dana, key="in:1")


def _found(client: Client, asked: str, **more: str) -> list[str]:
    lines = client.get("/find", {"q": asked, **more}).context["lines"]
    return ["".join(f"[{each.words}]" if each.marked else each.words for each in line.pieces) for line in lines]


@pytest.mark.parametrize(
    ("asked", "people"),
    [
        ("4021", ["Maria Unit 4021", "(512) 555-4021"]),
        ("Unit 4021", ["Maria Unit 4021"]),
        ("unit 4021 maria", ["Maria Unit 4021"]),
        ("402", []),
        ("pizza 1040", ["Pizza 1040"]),
        ("pizza 1041", []),
        ("512 555 4021", ["(512) 555-4021"]),
    ],
)
def test_digits_in_a_name_find_it(shop: Any, bob: Client, asked: str, people: list[str]) -> None:
    """They were looked for in numbers alone, with which nobody so called was found."""
    shop.conversation(131, name="Maria Unit 4021")
    shop.conversation(132, name="Pizza 1040")
    shop.conversation(4021)
    assert {each.who for each in bob.get("/find", {"q": asked}).context["people"]} == set(people)


BOILER = "The boilers in Elm Street don’t heat, call 512-555-0199"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("boiler elm", "The [boilers] in [Elm] Street don’t heat, call 512-555-0199"),
        ("BOILÉR ", "The [boilers] in Elm Street don’t heat, call 512-555-0199"),
        ("boil", "The [boil]ers in Elm Street don’t heat, call 512-555-0199"),
        ("boil ", ""),
        ("oiler", ""),
        ("boiler tree", ""),
        ("streets heat", "The boilers in Elm [Street] don’t [heat], call 512-555-0199"),
        ("dont heat", "The boilers in Elm Street [don’t] [heat], call 512-555-0199"),
        ("don't", "The boilers in Elm Street [don’t] heat, call 512-555-0199"),
        ("(512) 555-0199", "The boilers in Elm Street don’t heat, call [512-555-0199]"),
        ("+15125550199", "The boilers in Elm Street don’t heat, call [512-555-0199]"),
        ("senora", "We come in March, [señora]"),
        ("march seño", "We come in [March], [seño]ra"),
        ("nobody said this", ""),
        (".*", ""),
        ("[", ""),
        ("b", ""),
    ],
)
@pytest.mark.usefixtures("boiler")
def test_words_are_found_as_people_write_them(bob: Client, asked: str, found: str) -> None:
    assert _found(bob, asked) == ([found] if found else [])


@pytest.mark.usefixtures("boiler")
def test_what_was_found_is_the_newest_first_and_leads_to_that_text(bob: Client, shop: Any) -> None:
    assert _found(bob, "elm") == [
        "[Elm] tree needs cutting",
        "The boilers in [Elm] Street don’t heat, call 512-555-0199",
    ]
    line = bob.get("/find?q=elm").context["lines"][1]
    text = models.Message.objects.get(body=BOILER)
    assert line.href == f"/c/{text.conversation_id}?find=elm&at=text-{text.id}#at-text-{text.id}"
    page = bob.get(line.href).content.decode()
    assert f'<li class="bubble in  sought" id="at-text-{text.id}">' in page
    assert 'href="/find?q=elm"' in page  # the way back


@pytest.mark.usefixtures("boiler")
def test_people_are_found_by_any_spelling_of_a_number_and_by_name(bob: Client) -> None:
    for asked in ("(512) 555-0131", "5125550131", "0131", "lopez"):
        assert [each.who for each in bob.get("/find", {"q": asked}).context["people"]] == ["Dana López"]


def test_voicemails_forms_and_notes_are_found(shop: Any, bob: Client, now: Any) -> None:
    talk = shop.conversation(131, name="Dana")
    shop.event(talk, VoicemailTranscribed(at=now, call="a", line=shop.line.number, text="My boiler is out"))
    shop.event(
        talk,
        FormSent(at=now + timedelta(minutes=1), line=shop.line.number, title="", answers={"message": "boiler please"}),
    )
    note = models.Note.objects.create(
        business=shop.business, conversation=talk, body="Boiler is from 1990", at=now + timedelta(minutes=2)
    )
    gone = models.Note.objects.create(
        business=shop.business, conversation=talk, body="Boiler, wrong", at=now, removed_at=now
    )
    assert note.id != gone.id
    assert _found(bob, "boiler ") == ["[Boiler] is from 1990", "[boiler] please", "My [boiler] is out"]
    for line in bob.get("/find?q=boiler").context["lines"]:
        assert f'sought" id="at-{line.id}"' in bob.get(line.href).content.decode()


@pytest.mark.usefixtures("boiler")
def test_who_was_erased_is_found_no_more(bob: Client, shop: Any) -> None:
    erasure.erase(shop.business.id, "+15125550131")
    assert _found(bob, "boiler") == []
    assert _found(bob, "erased") == []
    assert bob.get("/find?q=0131").context["people"] == []


def test_what_was_never_said_is_not_found(shop: Any, bob: Client, now: Any) -> None:
    talk = shop.conversation(131)
    for status in ("queued", "sending", "withdrawn"):
        shop.text(talk, status, "machine", "boiler", status)
    shop.text(talk, "page", "page", "boiler", "sent")
    assert _found(bob, "boiler") == []


def test_words_are_marked_and_nothing_of_a_text_is_markup(shop: Any, bob: Client) -> None:
    shop.text(shop.conversation(131), "in:1", "customer", "<b>boiler</b> & <script>", "received")
    page = bob.get("/find?q=boiler").content.decode()
    assert "&lt;b&gt;<mark>boiler</mark>&lt;/b&gt; &amp; &lt;script&gt;" in page
    assert '<mark>"&gt;' not in bob.get("/find", {"q": '"><mark>'}).content.decode()


def test_a_long_list_goes_on_behind_its_last_without_a_gap(shop: Any, bob: Client, now: Any) -> None:
    talk = shop.conversation(131)
    for n in range(60):
        at = now + timedelta(minutes=n)
        if n % 3:
            shop.text(talk, f"in:{n}", "customer", f"boiler {n}", "received", at=at)
        else:
            models.Note.objects.create(business=shop.business, conversation=talk, body=f"boiler {n}", at=at)
    pages, address = [], "/find?q=boiler+"
    while address:
        page = bob.get(address).context
        pages.append([int(line.pieces[-1].words) for line in page["lines"]])
        address = f"/find?{page['older']}" if page["older"] else ""
    assert [len(page) for page in pages] == [25, 25, 10]
    assert [n for page in pages for n in page] == list(range(59, -1, -1))


def test_a_text_that_waited_stands_where_it_left(shop: Any, bob: Client, now: Any) -> None:
    talk = shop.conversation(131)
    shop.text(talk, "t:1", "machine", "boiler nudge", "sent", at=now)
    models.Message.objects.update(sent_at=now + timedelta(hours=20))
    shop.text(talk, "in:1", "customer", "boiler reply", "received", at=now + timedelta(hours=1))
    assert _found(bob, "boiler") == ["[boiler] nudge", "[boiler] reply"]


def test_further_back_is_looked_through_when_asked(
    shop: Any, bob: Client, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "NEWEST", 3)
    monkeypatch.setattr(search, "FURTHER", 3)
    talk = shop.conversation(131)
    for n in range(8):
        shop.text(talk, f"in:{n}", "customer", "boiler" if n == 0 else "else", "received", at=now)
    seen, address = [], "/find?q=boiler"
    while address:
        page = bob.get(address).context
        seen.append(len(page["lines"]))
        assert bool(page["since"]) == bool(page["older"])
        address = f"/find?{page['older']}" if page["older"] else ""
    assert seen == [0, 0, 1]


@pytest.mark.parametrize("place", ["x", "1.2", "1.2.3.4", "-1.2.3", "9" * 40 + "..", "..", "²..", "0.0.0"])
@pytest.mark.usefixtures("boiler")
def test_a_place_that_is_none_is_the_beginning(bob: Client, place: str) -> None:
    assert bob.get("/find", {"q": "boiler", "behind": place}).status_code == 200


def test_without_words_it_is_the_inbox(bob: Client) -> None:
    for address in ("/find", "/find?q=+", "/find/rows?q="):
        assert 'class="tabs"' in bob.get(address, follow=True).content.decode()


@pytest.mark.parametrize(("address", "leads"), [("/find", "/inbox"), ("/find?q=+", "/inbox"), ("/find/rows?q=+", "")])
def test_what_was_not_looked_for_is_no_search_in_the_audit_log(bob: Client, address: str, leads: str) -> None:
    """The inbox was shown, and a search of nothing stood in the log."""
    assert bob.get(address, follow=True).redirect_chain == ([(leads, 302)] if leads else [])
    assert list(models.AuditEntry.objects.values_list("act", "what")) == [("view", "console:inbox")]


@pytest.mark.usefixtures("boiler")
def test_a_search_is_one_look_in_the_audit_log(bob: Client) -> None:
    for asked in ("boil", "boiler", "elm"):
        bob.get("/find/rows", {"q": asked})
    bob.get("/find?q=elm")
    rows = list(models.AuditEntry.objects.order_by("id").values_list("act", "what", "name"))
    assert rows == [("view", "console:search", "Bob")]


def test_as_many_questions_for_many_as_for_one(shop: Any, bob: Client, now: Any) -> None:
    asked = []
    for count in (1, 24):
        for n in range(count):
            talk = shop.conversation(200 + count + n, name=f"Boiler {n}")
            shop.text(talk, f"in:{n}", "customer", "boiler", "received")
        bob.get("/find?q=boiler")
        with CaptureQueriesContext(connection) as seen:
            assert bob.get("/find?q=boiler").status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_the_line_around_words_that_stand_far_apart() -> None:
    body = f"{'a word ' * 30}boiler {'and more ' * 40}street{' at the end' * 30}"
    shown = "".join(
        f"[{each.words}]" if each.marked else each.words for each in around(body, search_words.asked("boiler street"))
    )
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert shown.count("…") == 3
    assert "[boiler]" in shown
    assert "[street]" in shown
    assert len(shown) < 320


def test_an_old_text_of_a_long_conversation_is_on_the_page_it_leads_to(shop: Any, bob: Client, now: Any) -> None:
    talk = shop.conversation(131)
    for n in range(120):
        shop.text(talk, f"in:{n}", "customer", f"text {n} " + "long " * 60, "received", at=now + timedelta(minutes=n))
    first = models.Message.objects.get(conversation=talk, key="in:3")
    assert f'id="at-text-{first.id}"' not in bob.get(f"/c/{talk.id}").content.decode()
    page = bob.get(f"/c/{talk.id}?at=text-{first.id}").content.decode()
    assert f'sought" id="at-text-{first.id}"' in page
    live = bob.get(f"/c/{talk.id}/live?at=text-{first.id}").content.decode()
    assert f'sought" id="at-text-{first.id}"' in live  # and stays there


def test_words_that_stand_together_are_shown_where_they_do() -> None:
    """ "please call me back" showed the "me" of "my sister told me", and not what was looked for."""
    body = f"I just moved in and my sister told me about you, {'my dog is home ' * 9}so please call me back, thanks"
    pieces = around(body, search_words.asked("please call me back"))
    assert [each.words for each in pieces if each.marked] == ["please", "call", "me", "back"]
    assert pieces[0].words == "… "
    assert sum(len(each.words) for each in pieces[: pieces.index(next(each for each in pieces if each.marked))]) < 45


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("a", "Write a little more"),
        ("qqzz", "Nothing found"),
        ("boiler", "1 thing that was said"),
        ("eve", "1 person"),
        ("dana", "1 person"),
    ],
)
@pytest.mark.usefixtures("boiler")
def test_what_is_found_is_said_as_the_list_shows_it(bob: Client, asked: str, says: str) -> None:
    page = bob.get("/find/rows", {"q": asked}).content.decode()
    assert page.partition('<p id="find-says" hx-swap-oob="innerHTML">')[2].partition("</p>")[0] == says
