"""What people need and which service of a business that is: our labelled texts, and the texts of `training/needs`.

Those are written for this alone, under the services of a trade as its page would name them:

    @trade
    = id: Name of the service
    a text that needs it
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from answerback.engine.reading import ServiceWords, Vocabulary
from training.seen import VOCABULARIES
from training.texts import labelled

FOLDER = Path(__file__).parent / "needs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A text to a business with this vocabulary, and the id of the service it needs."""

    text: str
    vocabulary: Vocabulary
    service: str
    source: str


def needs() -> list[Need]:
    """All of them but those held out."""
    return [*_of_labelled(), *(need for path in sorted(FOLDER.glob("*.txt")) for need in _of_file(path))]


def _of_labelled() -> Iterator[Need]:
    for one in labelled():
        known = VOCABULARIES.get(one.industry)
        if known is None or one.held_out or one.service not in {each.id for each in known.services}:
            continue
        yield Need(text=one.text, vocabulary=known, service=one.service or "", source=one.source)


def _of_file(path: Path) -> Iterator[Need]:
    trade, names, texts = "", dict[str, str](), list[tuple[str, str]]()
    for row in [*path.read_text(encoding="utf-8").splitlines(), "@"]:
        if row.startswith("@"):
            services = tuple(ServiceWords(id=id_, names=(name,)) for id_, name in names.items())
            vocabulary = Vocabulary(industry=trade, services=services)
            for id_, text in texts:
                yield Need(text=text, vocabulary=vocabulary, service=id_, source=path.stem)
            trade, names, texts = row[1:].strip(), {}, []
        elif row.startswith("= "):
            id_, _, name = row[2:].partition(":")
            names[id_.strip()] = name.strip()
        elif row.strip():
            texts.append((list(names)[-1], row.strip()))
