"""Packs the lists of `training/catalogue` for `answerback.understanding.catalogue`: a part of `make train`, a second.

# name of the trade: words that show it
words of a service's name | words of its customers
"""

from collections import Counter
from collections.abc import Iterator
from lzma import compress
from pathlib import Path

from answerback.understanding import catalogue
from answerback.understanding.bonds import DULL
from answerback.understanding.kin import stem, words_of

FOLDER = Path(__file__).parent / "catalogue"


def main() -> None:
    """Pack all lists. Raises ValueError with the file and line of a row that is neither trade nor service, or with a
    trade that stands twice.
    """
    found = list(_rows())
    names = Counter(row.partition(":")[0] for _, _, row in found if row.startswith("#"))
    if twice := [name for name, count in names.items() if count > 1]:
        raise ValueError(f"These trades stand twice, write them once: {', '.join(twice)}")
    rows = [packed(row, f"{path.name}, line {number}") for path, number, row in found]
    trades = sum(row.startswith("#") for row in rows)
    catalogue.DATA.write_bytes(compress("\n".join(rows)[1:].encode()))
    print(f"{trades} trades, {len(rows) - trades} services, {catalogue.DATA.stat().st_size} bytes")


def packed(row: str, where: str) -> str:
    """A row as it is shipped: names as stems, what customers say in whole words, each once.

    Raises ValueError, naming `where`, for what is no such row.
    """
    is_trade = row.startswith("#")
    of, parted, said = row.removeprefix("#").partition(":" if is_trade else "|")
    if not (of.strip() and parted and said.strip()):
        raise ValueError(f"{where}: write '# trade: words' or 'words of a name | words of customers', not {row!r}")
    return f"#{_stems(of + ' ' + said)}" if is_trade else f"{_stems(of)}|{' '.join(_telling(said))}"


def _rows() -> Iterator[tuple[Path, int, str]]:
    for path in sorted(FOLDER.glob("*.txt")):
        for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if row.strip():
                yield path, number, row


def _stems(words: str) -> str:
    return " ".join(dict.fromkeys(map(stem, _telling(words))))


def _telling(words: str) -> list[str]:
    """The words but those that stand in any text, each stem once."""
    kept: dict[str, str] = {}
    for word in words_of(words):
        if word not in DULL:
            kept.setdefault(stem(word), word)
    return list(kept.values())


if __name__ == "__main__":
    main()
