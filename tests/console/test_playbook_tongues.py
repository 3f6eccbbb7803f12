"""A language that is added to a playbook begins with the words of the trade's pack; what is missing is said."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from django.test import Client

from answerback.console.playbooks import places, tongues
from answerback.engine.playbook import Playbook
from answerback.store import models
from answerback.store.playbook_file import pack
from answerback.workflow import drafts

ADDRESS = "/playbooks/edit/basics"
FILLED = {"name": "Ours", "industry": "plumbing", "usual": "en", "speaks": ["en", "es"], "privacy": "standard"}
TITLES = {name: title for name, (title, _icon) in places.SECTIONS.items() if name != places.BASICS}


def without(value: Any, code: str) -> Any:
    """The same rules with no word in this language."""
    if isinstance(value, dict):
        return {key: without(each, code) for key, each in value.items() if key != code}
    if isinstance(value, tuple):
        return tuple(without(each, code) for each in value if each != code)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: without(getattr(value, each.name), code) for each in fields(value)})
    return value


def english(shop: Any, **changes: Any) -> Playbook:
    """The business answers in English only, and has no Spanish words."""
    draft = drafts.of(shop.business.id)
    playbook = replace(without(pack("plumbing"), "es"), **changes)
    drafts.change(shop.business.id, playbook, seen=draft.revision, member=models.Member.objects.get(name="Alice").id)
    return playbook


def added(shop: Any, alice: Client, **told: Any) -> tuple[Playbook, str, str]:
    seen = str(drafts.of(shop.business.id).revision)
    page = alice.post(f"{ADDRESS}/save", {"seen": seen, **FILLED, **told}, follow=True)
    undo = list(page.context["messages"])[-1].extra_tags
    return drafts.of(shop.business.id).playbook, page.content.decode(), undo


def test_the_packs_words_are_taken_over_and_shown_and_undo_takes_them_back(shop: Any, alice: Client) -> None:
    before = english(shop)
    playbook, page, undo = added(shop, alice)
    assert playbook == replace(pack("plumbing"), name="Ours")
    spanish = tongues.tongues(playbook, TITLES)[1]
    assert (spanish.missing, spanish.own, len(spanish.from_pack) > 30) == ((), 0, True)
    assert "wordings as the pack for Plumbing says them, 0 of your own" in page
    assert pack("plumbing").greet["open"]["es"][0][:30] in page
    alice.post("/undo", {"undo": undo})
    assert drafts.of(shop.business.id).playbook == before


def test_words_of_ones_own_stay_and_promises_that_were_changed_are_not_the_packs(shop: Any, alice: Client) -> None:
    first, *others = without(pack("plumbing"), "es").services
    greet = without(pack("plumbing"), "es").greet
    english(
        shop,
        services=(replace(first, name={"en": "Anything that leaks"}), *others),
        greet={**greet, "open": {**greet["open"], "es": ("Hola de parte de {business}. Responda STOP",)}},
    )
    playbook, page, _undo = added(shop, alice)
    assert playbook.greet["open"]["es"] == ("Hola de parte de {business}. Responda STOP",)
    assert playbook.services[0].name == {"en": "Anything that leaks"}
    missing = tongues.tongues(playbook, TITLES)[1].missing
    assert [each.section for each in missing] == ["services"]
    assert "1 wording is missing." in page


def test_a_language_the_pack_does_not_have_says_everything_that_is_missing(shop: Any, alice: Client) -> None:
    before = english(shop)
    playbook, page, _undo = added(shop, alice, speaks=["en", "fr"])
    assert playbook == replace(before, name="Ours", languages=("en", "fr"))
    french = tongues.tongues(playbook, TITLES)[1]
    assert (french.from_pack, french.own) == ((), 0)
    assert f"{len(french.missing)} wordings are missing" in page
    assert 'href="/playbooks/edit/greet"' in page


def test_a_trade_without_a_pack_has_nothing_to_take_over(shop: Any, alice: Client) -> None:
    before = english(shop)
    playbook, page, _undo = added(shop, alice, industry="", own="pool care")
    assert playbook.greet == before.greet
    assert "Your trade has no pack, so every wording is your own." in page
