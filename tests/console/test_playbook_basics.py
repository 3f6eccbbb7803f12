"""A playbook's name, trade, languages and privacy have a form; what changes for open conversations is said there."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from django.test import Client

from answerback.console.playbooks import forms
from answerback.console.playbooks.forms import Node
from answerback.console.playbooks.places import BASICS, SECTIONS
from answerback.engine.playbook import Playbook
from answerback.store import models
from answerback.store.playbook_file import dump, load, pack
from answerback.workflow import drafts, publishing

ADDRESS = "/playbooks/edit/basics"
FILLED = {"name": "Rivera's rules", "industry": "hvac", "usual": "es", "speaks": ["es", "en"], "privacy": "clinic"}


def _draft(shop: Any) -> Playbook:
    return drafts.of(shop.business.id).playbook


def _basics(playbook: Playbook) -> tuple[Any, ...]:
    return playbook.name, playbook.industry, playbook.languages, playbook.privacy


def _said(page: Any) -> list[str]:
    return [str(each) for each in page.context["messages"]]


def test_what_is_filled_in_is_kept_in_the_draft_and_can_be_taken_back(shop: Any, alice: Client) -> None:
    before = _draft(shop)
    page = alice.post(f"{ADDRESS}/save", {"seen": "0", **FILLED}, follow=True)
    assert _basics(_draft(shop)) == ("Rivera's rules", "hvac", ("es", "en"), "clinic")
    assert replace(_draft(shop), **{name: getattr(before, name) for name in ("name", "industry")}) == replace(
        before, languages=("es", "en"), privacy="clinic"
    )
    again = alice.post(f"{ADDRESS}/save", {"seen": "1", **FILLED, "industry": "", "own": "Pool Care"}, follow=True)
    assert _basics(_draft(shop))[1] == "pool_care"
    second, first = (list(each.context["messages"])[-1].extra_tags for each in (again, page))
    for undo, trade in ((second, "hvac"), (second, "hvac")):
        alice.post("/undo", {"undo": undo}, follow=True)
        assert _draft(shop).industry == trade
    late = alice.post("/undo", {"undo": first}, follow=True)
    assert _said(late) == ["This draft was changed meanwhile. Change it back on the page instead."]


def test_the_first_change_taken_back_leaves_no_draft(shop: Any, alice: Client) -> None:
    page = alice.post(f"{ADDRESS}/save", {"seen": "0", **FILLED}, follow=True)
    alice.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
    assert (drafts.of(shop.business.id).is_changed, _draft(shop)) == (False, pack("plumbing"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Write a name."),
        ({"industry": "", "own": ""}, "Choose your trade, or write it in a word of your own."),
        ({"industry": "", "own": "plumbing & more"}, "Write your trade in letters, such as pool care."),
        ({"speaks": []}, "Tick at least one language."),
        ({"speaks": ["xx"]}, "Tick at least one language."),
        ({"privacy": "none"}, "Choose one of the list."),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    shop: Any, alice: Client, wrong: dict[str, Any], says: str
) -> None:
    page = alice.post(f"{ADDRESS}/save", {"seen": "0", **FILLED, **wrong})
    shown = page.content.decode()
    assert (page.status_code, page.context["problem"]) == (409, says)
    assert ("Rivera&#x27;s rules" in shown) is ("name" not in wrong)
    assert not drafts.of(shop.business.id).is_changed


def test_the_usual_language_is_one_that_is_spoken(shop: Any, alice: Client) -> None:
    alice.post(f"{ADDRESS}/save", {"seen": "0", **FILLED, "usual": "en", "speaks": ["es"]})
    assert _draft(shop).languages == ("en", "es")


def test_words_of_a_language_that_was_taken_out_are_kept(shop: Any, alice: Client) -> None:
    alice.post(f"{ADDRESS}/save", {"seen": "0", **FILLED, "usual": "en", "speaks": ["en"]})
    playbook = _draft(shop)
    assert (playbook.languages, playbook.greet) == (("en",), pack("plumbing").greet)
    hint = forms.hints(Playbook)["greet"]
    form = forms.draw(hint, playbook.greet, "greet", "greet", playbook.languages)
    told = {path: text for part in form.parts for path, _language, text in part.texts}
    told |= {path: text for part in form.parts for path, text in part.kept}
    assert forms.take(hint, told, "greet", playbook.languages) == playbook.greet
    page = alice.get("/playbooks/edit/greet").content.decode()
    shown = ('type="hidden" name="greet.open.es.0"' in page, 'aria-label="While you are open, es"' in page)
    assert shown == (True, False)


def test_open_conversations_keep_the_privacy_they_began_with(shop: Any, alice: Client) -> None:
    talk = shop.conversation(131)
    alice.post(f"{ADDRESS}/save", {"seen": "0", **FILLED, "privacy": "law"})
    source = dump(replace(_draft(shop), privacy="standard", industry="law_firm"))
    publishing.publish(shop.business.id, source)
    began = models.Conversation.objects.select_related("playbook").get(id=talk.id).playbook
    now = models.Business.objects.select_related("playbook").get(id=shop.business.id).playbook
    assert now is not None
    assert [load(each.source, "x").industry for each in (began, now)] == ["plumbing", "law_firm"]


def test_the_page_says_in_plain_words_what_each_changes(alice: Client) -> None:
    shown = alice.get(ADDRESS).content.decode()
    for says in (
        "Conversations that run keep what they began with; new ones follow what you publish.",
        "No text names a treatment",
        "What a calendar or a CRM has already stays there as it is.",
    ):
        assert says in shown, says
    tiles = alice.get("/playbooks").content.decode()
    assert f'href="{ADDRESS}"' in tiles


def test_only_those_who_may_change_the_playbook_see_it(bob: Client, charlie: Client, shop: Any) -> None:
    assert bob.get(ADDRESS).status_code == 404
    assert bob.post(f"{ADDRESS}/save", {"seen": "0", **FILLED}).status_code == 404
    assert not drafts.of(shop.business.id).is_changed


def _inputs(node: Node) -> Iterator[str]:
    """The name of every field below this part of a playbook."""
    for each in node.parts:
        yield from _inputs(each)
    if node.kind not in {"group", "list"}:
        yield from [name for name, _language, _text in node.texts] or [node.path]


@pytest.mark.parametrize("name", ["plumbing", "law_firm", "med_spa"])
def test_every_key_of_a_playbook_has_a_field_on_a_page(shop: Any, alice: Client, name: str) -> None:
    """By what `engine.playbook` holds: a key that is new there, or a kind of field no page draws, is found here."""
    member = models.Member.objects.get(name="Alice").id
    drafts.change(shop.business.id, pack(name), seen=drafts.of(shop.business.id).revision, member=member)
    parts = {each.name for each in fields(Playbook)} - {"answerback", "name", "industry", "languages", "privacy"}
    assert parts == {*SECTIONS} - {BASICS}
    missing = []
    for part in parts:
        page = alice.get(f"/playbooks/edit/{part}").content.decode()
        drawn = {*re.findall(r'name="([^"]+)"', page)}
        playbook = _draft(shop)
        form = forms.draw(forms.hints(Playbook)[part], getattr(playbook, part), part, part, playbook.languages)
        missing += sorted({*_inputs(form)} - drawn)
    assert missing == []
