"""Reads the number of a row, or another whole number, out of an address, a form or a header: the one reader of them.

What is no such number is None, never an error: `int()` itself reads Arabic digits, refuses `²` though `isdigit` takes
it, and raises beyond 4,300 digits; and what no column holds, the database refuses in the middle of a page.
"""

MOST = 2**63 - 1
"""The largest number a column of ids holds (PostgreSQL's bigint)."""


def read(written: str | None) -> int | None:
    """The id that is written here in plain digits; None where none is, or one that no row has."""
    return whole(written, 1, MOST)


def several(written: list[str]) -> list[int]:
    """Those of these that are ids, in their order."""
    return [id for each in written if (id := read(each)) is not None]


def whole(written: str | None, least: int, most: int) -> int | None:
    """The whole number from `least`, 0 or more, to `most` that is written here in plain digits, else None."""
    said = (written or "").strip()
    if not (said.isascii() and said.isdecimal()) or len(said.lstrip("0")) > len(str(most)):
        return None
    number = int(said.lstrip("0") or "0")
    return number if least <= number <= most else None
