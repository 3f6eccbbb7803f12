"""What the engine and the workflow say in English is said in Spanish to whoever reads Spanish."""

import re
from typing import get_args

import pytest
from django.utils import translation
from scripts import sentences

from answerback.adapters.signalwire.phone import SIGNALWIRE
from answerback.adapters.telnyx import failures as telnyx
from answerback.adapters.twilio.phone import TWILIO
from answerback.console.retold import retold
from answerback.engine.events import CallOutcome
from answerback.engine.unsaid import MISTAKEN
from answerback.store.queries.timeline_words import WHY_NOT


def test_every_sentence_of_the_code_is_in_the_file() -> None:
    assert sentences.RETOLD.read_text("utf-8") == sentences.drawn()


def test_why_a_text_was_taken_back_or_did_not_leave_is_said_in_spanish() -> None:
    whys = {re.sub(r"%\(\w+\)s", "Dana", each) for each in (*sentences.unsent(), *WHY_NOT.values(), MISTAKEN)}
    assert {"Dana took the conversation.", "Dana held it back.", "The customer moved the appointment."} <= whys
    with translation.override("es"):
        assert [each for each in sorted(whys) if retold(each) == each] == []


@pytest.mark.parametrize(
    ("said", "spanish"),
    [
        ("They said stop.", "Pidieron que paremos."),
        ("3 of 8 texts in the last day.", "3 de 8 mensajes en el último día."),
        ("No text was sent. They said stop.", "No se envió ningún mensaje. Pidieron que paremos."),
        ("To-do: Urgent: call now", "Tarea: Urgente: llame ahora"),
        (
            "The call rang and nobody picked up. It came in business hours.",
            "La llamada sonó y nadie contestó. Llegó en horario de atención.",
        ),
        ("Dana marked it qualified", "Dana lo marcó como calificado"),
        ("Dana took a mark back: not served again", "Dana retiró una marca: otra vez no atendido"),
        ("The lead is won.", "El cliente potencial está en: ganado."),
        (
            "It is a supplier's number. A person said so; it is remembered for every call to come.",
            "Es el número de un proveedor. Lo dijo una persona; se recordará en cada llamada que venga.",
        ),
        ("Anything else, even 100% of it.", "Anything else, even 100% of it."),
        ("", ""),
    ],
)
def test_a_sentence_in_spanish(said: str, spanish: str) -> None:
    with translation.override("es-mx"):
        assert retold(said) == spanish
    with translation.override("en"):
        assert retold(said) == said


def test_how_a_call_ended_is_said_in_spanish() -> None:
    """ "El sistema telefónico dice: abandoned." stood on a Spanish page."""
    with translation.override("es"):
        for end in get_args(CallOutcome):
            said = f"The phone system says: {end.replace('_', ' ')}."
            assert retold(said).removeprefix("El sistema telefónico dice: ") not in {said, f"{end.replace('_', ' ')}."}


def test_what_a_provider_says_of_a_text_is_said_in_spanish() -> None:
    """ "Twilio error 30034. Register the sending number..." stood on a Spanish page."""
    told = [*(TWILIO.says(each) for each in TWILIO.fixes), *(SIGNALWIRE.says(each) for each in SIGNALWIRE.fixes)]
    told += [*map(telnyx.says, telnyx.FIXES), TWILIO.says("30999")]
    with translation.override("es"):
        assert [each for each in told if re.search(r"\b(the|error \d|your|this)\b", retold(each))] == []
        assert retold(TWILIO.says("30034")) == (
            "Error 30034 de Twilio. Registre el número que envía para A2P 10DLC en console.twilio.com."
        )


def test_several_sentences_are_told_one_by_one_before_blanks_swallow_them() -> None:
    said = "What they did themselves: calling, writing, booking, agreeing in writing. Hearing of it sooner."
    with translation.override("es"):
        assert retold(said) == (
            "Lo que hicieron ellos: llamar, escribir, reservar, aceptar por escrito. " + retold("Hearing of it sooner.")
        )


def test_days_in_what_the_core_wrote_are_said_as_the_reader_writes_days() -> None:
    stands = "Appointment 7, 2026-11-27. Entered by Bob."
    sold = "HubSpot 12: “Roof 2026-03-10”, sold 2026-11-27 https://app.example/12. Entered by HubSpot."
    known = "This seems to be in the ledger already: $420 of Ann, entered for 2026-11-27, job 2026-03-10."
    assert retold(stands) == "Appointment 7, Nov 27, 2026. Entered by Bob."
    assert retold(sold) == sold.replace("sold 2026-11-27", "sold Nov 27, 2026")
    assert retold(known) == known.replace("for 2026-11-27", "for Nov 27, 2026")
    assert retold("Invoice, receipt or job 2026-11-27.") == "Invoice, receipt or job 2026-11-27."
    assert retold("Appointment 7, 2026-02-31") == "Appointment 7, 2026-02-31"
    with translation.override("es"):
        assert retold(stands) == "Cita 7, 27 nov 2026. Anotado por Bob."
        assert retold(sold).startswith("HubSpot 12: “Roof 2026-03-10”, vendido el 27 nov 2026 https://app.example/12.")


def test_a_number_in_a_sentence_is_written_as_people_write_it() -> None:
    said = "+15125550142 is a line already, at another provider. Remove that line first."
    assert retold(said) == "(512) 555-0142 is a line already, at another provider. Remove that line first."
    assert retold("Dial *61*+15125550142**20#, or 4+15125550142.") == "Dial *61*+15125550142**20#, or 4+15125550142."
    with translation.override("es"):
        assert retold(said).startswith("(512) 555-0142 ya es una línea")
