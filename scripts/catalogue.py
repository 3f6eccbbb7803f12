"""Keeps the catalogue of the interface's words: finds them in the code, keeps what is translated, compiles it.

    .venv/bin/python -m scripts.catalogue            # add new words, drop old ones, write the .mo files
    .venv/bin/python -m scripts.catalogue --missing  # only say which words have no translation yet

Needs no gettext on the machine: Django reads the templates, Babel the rest. The .mo files are checked in, because a
wheel is built without Babel; a test holds them to the .po files.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from scripts import sentences

ROOT = Path(__file__).resolve().parent.parent / "src" / "answerback"
LOCALE = ROOT / "console" / "locale"
WORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class Word(NamedTuple):
    """What is said, in one number or in two, and the context that tells it from another use of the same English."""

    said: str | tuple[str, ...]
    context: str | None = None

    @property
    def id(self) -> str:
        """The word as the catalogue is asked for it."""
        return self.said if isinstance(self.said, str) else self.said[0]


def main() -> None:
    """Bring every catalogue up to date, or say what is missing."""
    if "--missing" not in sys.argv:
        sentences.RETOLD.write_text(sentences.drawn(), encoding="utf-8")
    found = list(dict.fromkeys(words()))
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        old = read(path)
        missing = [word for word in found if not translated(old, word)]
        if "--missing" in sys.argv:
            sys.stdout.write(
                "".join(f"{word.said!r}{f' ({word.context})' if word.context else ''}\n" for word in missing)
            )
            continue
        new = Catalog(locale=path.parent.parent.name, project="answerback", fuzzy=False, charset="utf-8")
        for word in sorted(found, key=str):
            held = old.get(word.id, word.context)
            said = _in_all_numbers(held.string) if held is not None and held.string else None
            new.add(word.said, said, context=word.context)
        write(path, new)
        sys.stdout.write(f"{path.parent.parent.name}: {len(found)} words, {len(missing)} without a translation\n")


def words() -> Iterator[Word]:
    """Every word of the interface, in the order of the files."""
    for path in sorted([*ROOT.rglob("*.html"), *ROOT.rglob("templates/**/*.txt")]):
        source = templatize(path.read_text("utf-8"), origin=str(path))
        yield from _extracted(source)
    for path in sorted(ROOT.rglob("*.py")):
        yield from _extracted(path.read_text("utf-8"))
    yield from map(Word, sentences.RETOLD.read_text("utf-8").splitlines())


def read(path: Path) -> Catalog:
    """The catalogue of a .po file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as a .mo file."""
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def translated(catalogue: Catalog, word: Word) -> bool:
    """Does the catalogue say this word, in all its numbers?"""
    held = catalogue.get(word.id, word.context)
    if held is None or not held.string:
        return False
    return all(held.string) if isinstance(held.string, tuple) else True


def write(path: Path, catalogue: Catalog) -> None:
    """Write the .po file and the .mo file beside it."""
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=False, sort_output=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(catalogue))


def _in_all_numbers(said: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...] | list[str]:
    """Spanish has a third number, for millions; it is said as the second is."""
    return tuple(one or said[1] for one in said) if isinstance(said, tuple) else said


def _extracted(source: str) -> Iterator[Word]:
    for _line, said, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=WORDS):
        if said:
            yield Word(tuple(said) if isinstance(said, tuple) else said, context)


if __name__ == "__main__":
    main()
