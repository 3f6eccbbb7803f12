"""Which postal codes and towns of the United States there are, and in which time zone a code lies.

The table (`data/towns.bin`, made from the package `zipcodes`, MIT, by `training/towns.py`) is read when first asked. It
must never say that a place is served, only that there is such a place.
"""

import lzma
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import NamedTuple

from answerback.understanding.normalise import fold_plain

_CODE = 5
_FILE = Path(__file__).parent / "data" / "towns.bin"


class _Table(NamedTuple):
    """Codes in order, five bytes each; for each the place of its town (two bytes) and of its zone (one)."""

    codes: bytes
    town_of: bytes
    zone_of: bytes
    towns: list[str]
    zones: list[str]


def is_code(code: str) -> bool:
    """Is there a postal code of these five digits (with or without the four behind)?"""
    return _place(code) is not None


def town_of(code: str) -> str | None:
    """The town a postal code is called by; None for no such code."""
    place = _place(code)
    table = _table()
    return None if place is None else table.towns[int.from_bytes(table.town_of[2 * place : 2 * place + 2], "big")]


def zone_of(code: str) -> str | None:
    """The time zone (IANA) a postal code lies in; None where that is not known."""
    place = _place(code)
    return None if place is None else _table().zones[_table().zone_of[place]] or None


def is_town(name: str) -> bool:
    """Is there a town of this name, however it is written?"""
    return fold_plain(name) in _folded()


@cache
def _table() -> _Table:
    content = lzma.decompress(_FILE.read_bytes())
    count, zones, towns, codes, rest = content.split(b"\n", 4)
    many = int(count)
    return _Table(codes, rest[: 2 * many], rest[2 * many :], towns.decode().split("\t"), zones.decode().split("\t"))


@cache
def _folded() -> frozenset[str]:
    return frozenset(map(fold_plain, _table().towns))


def _place(code: str) -> int | None:
    wanted = code[:_CODE].encode()
    codes = _table().codes
    place = bisect_left(range(len(codes) // _CODE), wanted, key=lambda at: codes[_CODE * at : _CODE * at + _CODE])
    return place if codes[_CODE * place : _CODE * place + _CODE] == wanted else None
