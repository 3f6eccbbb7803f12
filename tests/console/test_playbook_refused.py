"""What is refused in a part of the playbook is said beside its field, and everything that was typed stands there."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import PACK

from answerback.store import models
from answerback.workflow import drafts, publishing


@pytest.fixture(autouse=True)
def playbook(shop: Any) -> None:
    publishing.publish(shop.business.id, PACK, member=None)


def filled(page: str) -> dict[str, str]:
    """The form of a part as a browser would send it."""
    form = page.partition('class="settings-form"')[2].partition("</form>")[0]
    input_ = r'<input(?=[^>]*name="([^"]+)")(?![^>]*type="checkbox")(?:(?=[^>]*value="([^"]*)"))?[^>]*>'
    inputs = [each for each in re.findall(input_, form) if each[0] != "csrfmiddlewaretoken"]
    areas = re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    ticked = re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)" checked', form)
    chosen = {
        name: (re.findall(r'value="([^"]*)" selected', inner) or re.findall(r'value="([^"]*)"', inner))[0]
        for name, inner in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', form)
    }
    return {name: html.unescape(value) for name, value in [*inputs, *areas, *ticked, *chosen.items()]}


def beside(page: str) -> list[str]:
    return re.findall(r'data-beside="([^"]*)"', page)


def test_a_number_that_is_none_is_said_beside_its_field_and_all_words_stay(alice: Client) -> None:
    typed = filled(alice.get("/playbooks/edit/triggers").content.decode()) | {
        "triggers.hold_seconds": "soon",
        "triggers.no_answer": "todo",
    }
    answer = alice.post("/playbooks/edit/triggers/save", typed)
    page = answer.content.decode()
    assert (answer.status_code, beside(page)) == (409, ["triggers.hold_seconds"])
    assert filled(page) == typed


def test_an_item_that_is_not_there_yet_stays_as_it_was_typed(alice: Client) -> None:
    typed = filled(alice.get("/playbooks/edit/services").content.decode()) | {
        "services.0.remove": "yes",
        "services.1.place": "first",
        "services.new.id": "pool",
        "services.new.name.en.0": "Pool care",
        "services.new.add": "yes",
    }
    answer = alice.post("/playbooks/edit/services/save", typed)
    page = answer.content.decode()
    assert (answer.status_code, beside(page)) == (409, ["services.1.place"])
    assert filled(page) == typed


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"industry": "", "own": "24/7"}, "own"), ({"industry": "", "own": ""}, "industry")],
)
def test_the_basics_name_the_field_too(alice: Client, wrong: dict[str, str], field: str) -> None:
    typed = {"name": "Ours", "industry": "plumbing", "usual": "en", "speaks": "en", "privacy": "clinic", "seen": "0"}
    answer = alice.post("/playbooks/edit/basics/save", typed | wrong)
    page = answer.content.decode()
    assert (answer.status_code, beside(page)) == (409, [field])
    assert 'value="clinic" checked' in page


def test_whoever_was_slower_keeps_their_words_and_may_keep_them_again(alice: Client, bob: Client, shop: Any) -> None:
    models.Member.objects.filter(name="Bob", business=shop.business).update(role="manager")
    mine = filled(alice.get("/playbooks/edit/triggers").content.decode()) | {"triggers.hold_seconds": "25"}
    theirs = filled(bob.get("/playbooks/edit/triggers").content.decode()) | {"triggers.hold_seconds": "35"}
    assert bob.post("/playbooks/edit/triggers/save", theirs).status_code == 302
    answer = alice.post("/playbooks/edit/triggers/save", mine)
    again = filled(answer.content.decode())
    assert (answer.status_code, again["triggers.hold_seconds"]) == (409, "25")
    assert drafts.of(shop.business.id).playbook.triggers.hold_seconds == 35
    assert alice.post("/playbooks/edit/triggers/save", again).status_code == 302
    assert drafts.of(shop.business.id).playbook.triggers.hold_seconds == 25


def test_an_item_that_was_begun_is_kept_though_nobody_ticked_it(alice: Client, shop: Any) -> None:
    typed = filled(alice.get("/playbooks/edit/facts").content.decode()) | {
        "facts.new.about": "parking",
        "facts.new.words.en.0": "park",
        "facts.new.say.en.0": "Park behind the shop.",
    }
    assert alice.post("/playbooks/edit/facts/save", typed).status_code == 302
    assert [each.about for each in drafts.of(shop.business.id).playbook.facts][-1:] == ["parking"]


def test_an_item_without_its_name_is_said_and_not_dropped(alice: Client) -> None:
    typed = filled(alice.get("/playbooks/edit/services").content.decode()) | {"services.new.name.en.0": "Pool care"}
    answer = alice.post("/playbooks/edit/services/save", typed)
    page = answer.content.decode()
    assert (answer.status_code, beside(page)) == (409, ["services.new.id"])
    assert filled(page)["services.new.name.en.0"] == "Pool care"


def test_two_videos_of_one_moment_are_told_in_the_words_of_the_form(alice: Client) -> None:
    """It read "Line 517, Videos › Booked: `booked` was already used on line 512. Rename one."; there are no lines."""
    typed = filled(alice.get("/playbooks/edit/send").content.decode()) | {
        f"send.{which}.{field}": value
        for which in ("new", 0)
        for field, value in (("when", "booked"), ("video", "overview"), ("say.en.0", "Look: {video}"), ("add", "yes"))
    }
    alice.post("/playbooks/edit/send/save", typed)
    answer = alice.post("/playbooks/edit/send/save", typed)
    says = "Videos › Booked: Another video has the same moment. Choose another moment for one, or take one out."
    assert (answer.status_code, says in html.unescape(answer.content.decode())) == (409, True)
