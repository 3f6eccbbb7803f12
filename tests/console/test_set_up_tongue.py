"""The set-up in Spanish: customers are texted in the language that was chosen, and the steps speak the reader's own."""

from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from answerback.console.retold import retold
from answerback.console.set_up import compliance
from answerback.ports.registry import phone, phones
from answerback.ports.setup import HasLineSettings
from answerback.store import models, playbook_file
from answerback.workflow import directory, drafts, people

SPANISH = {"accept-language": "es-US,es;q=0.9"}


@pytest.fixture
def begun(now: Any, transactional_db: None) -> Any:
    """Somebody who has just begun, with a browser that asks for this language."""
    directory.forget()

    def begin(headers: dict[str, str], pack: str = "hvac") -> Client:
        token = people.make_first_link("nora@example.com")
        client = Client(headers=headers)
        client.post(f"/join/{token}", {"name": "Nora", "password": "plenty of water heaters"})
        told = {"name": "Nora HVAC", "phone": "(512) 555-0142", "zone": "America/Chicago", "pack": pack}
        client.post("/set-up/new", told)
        return client

    return begin


def hers() -> models.Business:
    return models.Business.objects.get(name="Nora HVAC")


def shown(client: Client, step: str) -> str:
    return unescape(client.get(f"/set-up/{step}").content.decode())


@pytest.mark.parametrize("pack", playbook_file.packs())
def test_who_sets_up_in_spanish_texts_in_spanish_first(begun: Any, pack: str) -> None:
    """An owner who reads no English was shown an English text, and so were their callers."""
    begun(SPANISH, pack)
    playbook = drafts.of(hers().id).playbook
    assert (hers().language, playbook.languages) == ("es", ("es", "en"))
    as_it_came = playbook_file.pack(pack)
    assert {**playbook_file._plain(playbook), "languages": ["en", "es"]} == playbook_file._plain(as_it_came)


def test_who_sets_up_in_english_has_the_pack_as_it_is(begun: Any) -> None:
    begun({"accept-language": "en-US"})
    assert drafts.of(hers().id).playbook == playbook_file.pack("hvac")


def test_a_language_no_pack_has_leaves_it_as_it_is() -> None:
    assert playbook_file.pack_text("hvac", first="fr") == playbook_file.pack_text("hvac")


def test_the_step_shows_the_usual_language_first_and_changes_it(begun: Any) -> None:
    nora = begun(SPANISH)
    page = shown(nora, "wording")
    assert page.index('id="w-es"') < page.index('id="w-en"')
    assert '<option value="es" selected>' in page
    assert '<li class="business" lang="es" data-bubble>Hola, le escribe Nora HVAC.' in page
    assert nora.post("/set-up/wording/save", {"usual": "en"}).status_code == 302
    assert drafts.of(hers().id).playbook.languages == ("en", "es")
    assert '<li class="business" lang="en" data-bubble>Hi, it\'s Nora HVAC.' in shown(nora, "wording")
    nora.post("/set-up/wording/save", {"usual": "fr"})
    nora.post("/set-up/wording/save", {})
    assert drafts.of(hers().id).playbook.languages == ("en", "es")


def test_without_a_line_there_is_nothing_to_forward_to(begun: Any) -> None:
    """«Sonarán en . Reemplazan …» and no codes stood there."""
    page = shown(begun(SPANISH), "forwarding")
    assert ["sonarán en" in page, 'href="/set-up/phone"' in page, 'name="carrier"' in page] == [False, True, False]
    assert "Todavía no hay una línea a la que desviar. Agregue primero el número al que llaman los clientes." in page


def test_times_of_day_are_written_as_the_fields_beside_write_them(begun: Any) -> None:
    page = shown(begun(SPANISH), "hours")
    assert "De 10 PM a 2 AM sigue después de medianoche; de 12 AM a 12 AM es el día entero." in page


@pytest.mark.parametrize("typed", ["1 enero - Año nuevo", "12/24/2026 y 12/25/2026", "dec 24 and 25"])
def test_a_day_that_is_none_is_told_as_it_was_typed(begun: Any, typed: str) -> None:
    """«2027-01-01 - Año nuevo» was refused, which nobody had typed."""
    answer = begun(SPANISH).post("/set-up/hours/save", {"closed": typed})
    assert (answer.status_code, f"“{typed}” no es un día." in unescape(answer.content.decode())) == (409, True)


def test_a_text_that_asks_what_for_does_not_say_how_to_stop(begun: Any) -> None:
    """«¿Para cuándo?» passed the check: «para» is a way to stop, and the Spanish word for "for"."""
    begun(SPANISH)
    draft = drafts.of(hers().id)
    playbook = draft.playbook
    greet = {**playbook.greet, "open": {**playbook.greet["open"], "es": ("Somos {business}. ¿Para cuándo?",)}}
    member = models.Member.objects.get(business=hers()).id
    drafts.change(hers().id, replace(playbook, greet=greet), seen=draft.revision, member=member)
    with translation.override("es"):
        (opt_out,) = [each for each in compliance.findings(hers()) if each.name == "Baja"]
    assert (opt_out.ok, opt_out.says) == (False, "Un primer mensaje no dice cómo dejar de recibirlos.")
    assert opt_out.fix == "Agregue “Responda STOP para no recibir mensajes”."


def test_what_a_provider_lets_one_choose_is_chosen_in_words(begun: Any) -> None:
    """ "provider" stood in a box to write into, and whoever wanted the other had to guess "us"."""
    nora = begun(SPANISH)
    page = shown(nora, "phone?provider=twilio")
    assert ['<option value="provider" selected>el proveedor</option>' in page, 'value="us">answerback<' in page] == [
        True,
        True,
    ]
    told = {"provider": "twilio", "number": "(512) 555-0142", "s-keywords": "us"}
    page = unescape(nora.post("/set-up/phone/save", told).content.decode())
    assert '<option value="us" selected>answerback</option>' in page


def test_every_choice_of_a_setting_has_its_spanish() -> None:
    """On the page of a line stood "all at once"."""
    asked = [each for name in phones() for each in phone(name).settings]
    asked += [
        each for name in phones() if isinstance(own := phone(name), HasLineSettings) for each in own.line_settings
    ]
    labels = [label for each in asked for _value, label in each.choices if label != "answerback"]
    with translation.override("es"):
        assert [each for each in dict.fromkeys(labels) if retold(each) == each] == []
    assert labels
