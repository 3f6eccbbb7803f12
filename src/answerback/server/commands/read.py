"""`answerback read`: what many texts are read as, one JSON object a line in and one a line out, for scoring.

The format is docs/understanding.md's. A line that cannot be read ends the command with its number and what is wrong;
what was read before it has been written already. With `--model` doubtful texts are put to the language model of this
installation too, and weighed as the product weighs it (`engine.advice`): the same scorer shows what it adds.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from django.core.exceptions import ImproperlyConfigured

from answerback.engine import advice
from answerback.engine.reading import Asked, AskedAbout, Reading, ServiceWords, Vocabulary
from answerback.engine.rules import Settings
from answerback.ports.errors import PortError
from answerback.ports.model import Excerpt, ModelHost
from answerback.ports.registry import language_model
from answerback.server.environment import environment
from answerback.understanding import load
from answerback.understanding import read as read_text

_SLOTS = ("name", "city", "zip", "address", "time", "date", "phone", "contact_pref", "yes_no", "option")


class _Line(NamedTuple):
    """One text with all that reading it needs, and the id it is answered under."""

    id: str | None
    text: str
    asked: Asked
    vocabulary: Vocabulary


def read(
    file: Annotated[Path, typer.Argument(help="Texts, one JSON object a line; `-` is standard input.")],
    industries: Annotated[Path, typer.Option(help="The businesses and their services, by industry, as JSON.")],
    now: Annotated[str, typer.Option(help="The business's local time at which all texts came.")] = "2026-03-11T10:00",
    zone: Annotated[str, typer.Option(help="The business's time zone.")] = "America/Chicago",
    model: Annotated[
        bool, typer.Option("--model", help="Ask the language model of ANSWERBACK_MODEL about doubtful texts as well.")
    ] = False,
) -> None:
    """Read texts and print what each means, one JSON object a line: the format of the scorer."""
    place = _zone(zone)
    at = _local(now, place)
    vocabularies = _vocabularies(industries)
    asks = _Model(*_configured()) if model else None
    # Waiting for a model counts; waiting for other processes of a busy machine says nothing of reading.
    clock = time.perf_counter if asks else time.thread_time
    for each in vocabularies.values():
        load(each)
    for line in _lines(file, vocabularies):
        begun = clock()
        reading = read_text(line.text, asked=line.asked, vocabulary=line.vocabulary, now=at, zone=place)
        if asks:
            reading = asks.weighed(line, reading)
        ms = (clock() - begun) * 1000
        sys.stdout.write(json.dumps(_prediction(line.id, reading, ms), ensure_ascii=False) + "\n")
    if asks:
        typer.echo(asks.summary(), err=True)


class _Model:
    """The installation's language model, and what asking it came to."""

    def __init__(self, kind: str, host: ModelHost) -> None:
        self.ask, self.host = language_model(kind), host
        self.asked = self.failed = 0
        self.dollars = 0.0

    def weighed(self, line: _Line, reading: Reading) -> Reading:
        """The reading with what may be taken from the model; the offline one where it was not asked or failed."""
        if not advice.doubtful(reading, below=Settings().language_model_below):
            return reading
        services = {one.id: one.names[0] for one in line.vocabulary.services}
        self.asked += 1
        try:
            answered = self.ask(
                Excerpt(text=line.text, asked=line.asked.question, services=services), self.host, SECONDS
            )
        except PortError as problem:
            self.failed += 1
            typer.echo(f"{line.id}: {problem.detail}", err=True)
            return reading
        self.dollars += answered.dollars(self.host)
        return advice.advised(reading, answered.proposal, text=line.text, services=frozenset(services))

    def summary(self) -> str:
        """What it came to, in one line."""
        return f"{self.host.model} was asked about {self.asked} texts, {self.failed} failed, ${self.dollars:.4f}."


SECONDS = 4.0
"""How long the product waits for a model, and so how long one is waited for here."""


def _configured() -> tuple[str, ModelHost]:
    try:
        found = environment().language_model
    except ImproperlyConfigured as problem:
        _wrong(str(problem))
    if found is None:
        _wrong("There is no language model. Set ANSWERBACK_MODEL_URL and ANSWERBACK_MODEL: docs/language-model.md.")
    return found


def _prediction(id_: str | None, reading: Reading, ms: float) -> dict[str, object]:
    slots = {name: getattr(reading.slots, name) for name in _SLOTS}
    return {
        "id": id_,
        "intent": reading.intent,
        "also": list(reading.also),
        "urgency": reading.urgency,
        "sensitive": list(reading.sensitive),
        "opt_out": reading.opt_out,
        "service": reading.service,
        "slots": {name: value for name, value in slots.items() if value is not None},
        "lang": reading.language,
        "confidence": reading.confidence,
        "escalate": reading.urgency == "emergency" or bool(reading.sensitive),
        "evidence": list(reading.evidence),
        "ms": round(ms, 3),
    }


def _lines(file: Path, vocabularies: Mapping[str, Vocabulary]) -> Iterator[_Line]:
    try:
        content = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        _wrong(f"{file} cannot be read: {problem}.")
    for number, row in enumerate(content.split("\n"), start=1):
        if row.strip():
            try:
                yield _line(json.loads(row), vocabularies)
            except (ValueError, TypeError) as problem:
                _wrong(f"{file}, line {number}: {problem}")


def _line(given: Any, vocabularies: Mapping[str, Vocabulary]) -> _Line:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise TypeError('expected an object with "text", a string.')
    about = given.get("context_id", "open")
    if about not in get_args(AskedAbout):
        raise ValueError(f'"context_id" is {about!r}; it is one of {", ".join(get_args(AskedAbout))}.')
    industry = given.get("industry", "")
    if industry not in vocabularies:
        raise ValueError(f'"industry" is {industry!r}; the file of industries has {", ".join(vocabularies)}.')
    asked = Asked(about=cast("AskedAbout", about), question=str(given.get("context_question") or ""))
    return _Line(given.get("id"), given["text"], asked, vocabularies[industry])


def _vocabularies(path: Path) -> dict[str, Vocabulary]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {industry: _vocabulary(industry, one) for industry, one in content.items()}
    except (OSError, ValueError) as problem:
        _wrong(f"{path} cannot be read: {problem}.")
    except (AttributeError, KeyError, TypeError):
        _wrong(f'{path} must hold an object: industry -> {{"services": [{{"id": ..., "name": ...}}]}}.')


def _vocabulary(industry: str, content: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(
        industry=industry,
        services=tuple(
            ServiceWords(id=one["id"], names=(one["name"],), words=tuple(one.get("words", ())))
            for one in content["services"]
        ),
        cities=tuple(content.get("cities", ())),
        zips=tuple(content.get("zips", ())),
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        _wrong(f"There is no time zone {name!r}; write one such as America/Chicago.")


def _local(now: str, zone: ZoneInfo) -> datetime:
    try:
        at = datetime.fromisoformat(now)
    except ValueError:
        _wrong(f"{now!r} is no time; write it as 2026-03-11T10:00.")
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _wrong(problem: str) -> NoReturn:
    typer.secho(problem, fg="red", err=True)
    raise typer.Exit(2)
