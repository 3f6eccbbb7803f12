"""The verbs our documents are made of: ring, ask, say, record. How they are put in order is `flow`'s."""

from collections.abc import Mapping
from urllib.parse import urlencode
from xml.etree.ElementTree import Element as Verb

from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.twiml_family.document import verb
from answerback.adapters.twiml_family.line_settings import Script

KEY_SECONDS = 8
"""How long whoever picked up may think before they press 1."""

SILENCE_SECONDS = 5
"""A message is over after so much silence."""

FALLBACK_SECONDS = 25
"""While we are down nobody takes a message, so a phone may ring until its own voicemail picks up."""

_CARRIED = ("line", "caller", "call", "dialled", "menu")


def address(hooks: str, what: str, /, **query: str) -> str:
    """One of our addresses with what a later step must know; empty values are left out."""
    carried = urlencode({name: value for name, value in query.items() if value})
    return f"{hooks}/{what}" + (f"?{carried}" if carried else "")


def same_query(hooks: str, what: str, query: Mapping[str, str]) -> str:
    """The address of the next step for the same call: what ours carried is carried on."""
    return address(hooks, what, **{name: query.get(name, "") for name in _CARRIED})


def plus(number: str) -> str:
    """A number out of an address, where an unquoted "+" reads as a space."""
    return "+" + number.strip() if number.strip()[:1].isdigit() else number.strip()


def spoken(words: str, language: str, voice: str) -> Verb:
    """Words said to whoever listens."""
    return verb("Say", words, language=language, voice=voice)


def say(words: str, script: Script) -> Verb:
    """Words said in the line's language and voice."""
    return spoken(words, script.language, script.voice)


def pause() -> Verb:
    """Three seconds of silence."""
    return verb("Pause", length="3")


def hang_up() -> Verb:
    """End it."""
    return verb("Hangup")


def gather(words: str, script: Script, *, action: str, seconds: int = KEY_SECONDS) -> Verb:
    """Say this and wait for one key; without one the document goes on."""
    told = say(words, script)
    return verb("Gather", "", told, input="dtmf", numDigits="1", timeout=str(seconds), action=action, method="POST")


def dial(
    script: Script,
    dialect: Dialect,
    hooks: str,
    targets: tuple[str, ...],
    *,
    action: str,
    whose: Mapping[str, str],
    line: str,
) -> Verb:
    """Ring these phones at once; the caller hears ringing until one of them is joined."""
    listen = script.listens and dialect.listens
    numbers = [
        verb(
            "Number",
            number,
            url=address(hooks, "whisper", **whose) if script.whisper else "",
            method="POST" if script.whisper else "",
            statusCallback=address(hooks, "status", **whose),
            statusCallbackEvent="answered completed",
            statusCallbackMethod="POST",
            machineDetection="Enable" if listen else "",
            amdStatusCallback=address(hooks, "machine", **whose) if listen else "",
            amdStatusCallbackMethod="POST" if listen else "",
        )
        for number in targets
    ]
    return verb(
        "Dial",
        "",
        *numbers,
        timeout=str(script.ring_seconds),
        answerOnBridge="true",
        action=action,
        method="POST",
        callerId=line if script.show_line else "",
    )


def message(script: Script, dialect: Dialect, hooks: str, words: str, whose: Mapping[str, str]) -> list[Verb]:
    """Say these words, take a message where the line does, and hang up."""
    if not script.voicemail:
        return [say(words, script), hang_up()]
    ready = {name: value for name, value in whose.items() if name != "menu"}
    asks, where = dialect.transcribe
    written = {asks: "true", where: address(hooks, "transcription", **ready)} if script.transcribe else {}
    record = verb(
        "Record",
        "",
        action=address(hooks, "recording", **whose),
        method="POST",
        maxLength=str(script.voicemail_seconds),
        timeout=str(SILENCE_SECONDS),
        finishOnKey="#",
        playBeep="true",
        recordingStatusCallback=address(hooks, "recording", **ready),
        recordingStatusCallbackMethod="POST",
        **written,
    )
    return [say(f"{words} {script.voicemail}", script), record, hang_up()]


def fallback(script: Script) -> list[Verb]:
    """Ring the shop without us: no address of ours in it, and a word for the caller when nobody answers."""
    numbers = [verb("Number", number) for number in script.ring]
    if not numbers:
        return [say(script.sorry, script), hang_up()]
    ring = verb("Dial", "", *numbers, timeout=str(max(script.ring_seconds, FALLBACK_SECONDS)), answerOnBridge="true")
    return [ring, say(script.sorry, script), hang_up()]
