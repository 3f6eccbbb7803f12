"""A part of a playbook drawn as a form and taken from it again is the same part: nothing is lost on the way."""

from dataclasses import replace

import pytest

from answerback.console.playbooks import forms
from answerback.console.playbooks.forms import Node
from answerback.engine.playbook import Playbook
from answerback.store.playbook_file import pack, packs

SECTIONS = (
    "greet",
    "menu",
    "services",
    "learn",
    "routes",
    "say",
    "nudges",
    "send",
    "triggers",
    "facts",
    "area",
    "people",
)


def posted(node: Node) -> dict[str, str]:
    """What a browser sends of an untouched form."""
    told = {path: text for path, _language, text in node.texts}
    if node.kind == "list":
        told[f"{node.path}.count"] = str(node.value)
    if node.kind == "tick" and node.value:
        told[node.path] = "yes"
    if node.kind in {"choice", "number", "words", "line"} and not node.texts:
        told[node.path] = str(node.value)
    for part in node.parts:
        told |= posted(part)
    return told


def form_of(name: str, section: str) -> Node:
    playbook = pack(name)
    hint = forms.hints(Playbook)[section]
    return forms.draw(hint, getattr(playbook, section), section, section, playbook.languages)


def taken(name: str, section: str, told: dict[str, str]) -> object:
    return forms.take(forms.hints(Playbook)[section], told, section, pack(name).languages)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", packs())
def test_an_untouched_form_changes_nothing(name: str, section: str) -> None:
    assert taken(name, section, posted(form_of(name, section))) == getattr(pack(name), section)


def test_an_item_is_added_moved_and_removed() -> None:
    told = posted(form_of("plumbing", "services"))
    told |= {"services.0.remove": "yes", "services.1.place": "99", "services.new.add": "yes"}
    told |= {"services.new.id": "gas", "services.new.name.en.0": "Gas line", "services.new.minutes": "90"}
    before = [service.id for service in pack("plumbing").services]
    after = taken("plumbing", "services", told)
    assert [service.id for service in after] == [*before[2:], before[1], "gas"]  # type: ignore[attr-defined]


def test_a_key_of_the_phone_menu_has_a_first_text_of_its_own() -> None:
    told = posted(form_of("plumbing", "menu"))
    assert set(told.values()) == {""}
    told |= {"menu.2.en.0": "You pressed 2 for repairs.", "menu.2.es.0": "Marcó 2 para reparaciones."}
    after = taken("plumbing", "menu", told)
    assert after == {"2": {"en": ("You pressed 2 for repairs.",), "es": ("Marcó 2 para reparaciones.",)}}
    playbook = replace(pack("plumbing"), menu=after | {"#": {"en": ("Stars.",)}})  # type: ignore[operator]
    hint = forms.hints(Playbook)["menu"]
    form = forms.draw(hint, playbook.menu, "menu", "menu", playbook.languages)
    assert [part.label for part in form.parts][:2] == ["They pressed 1", "They pressed 2"]
    assert taken("plumbing", "menu", posted(form)) == playbook.menu
    assert taken("plumbing", "menu", posted(form) | {"menu.2.en.0": "", "menu.2.es.0": ""}) == {
        "#": {"en": ("Stars.",)}
    }


def test_what_does_not_fit_is_named() -> None:
    told = posted(form_of("plumbing", "triggers")) | {"triggers.hold_seconds": "soon"}
    with pytest.raises(forms.DoesNotFit, match=r"^Triggers › Seconds before the first text: write a whole number\.$"):
        taken("plumbing", "triggers", told)
    told |= {"triggers.hold_seconds": "5", "triggers.busy": "fax"}
    with pytest.raises(forms.DoesNotFit, match="choose one of the list"):
        taken("plumbing", "triggers", told)
