"""Many sums of products at once: how one point stands to every row of a table.

Python multiplies one large number by a small one many times faster than it walks two lists. So each column of a table
stands in one large number, every row in a lane of its own, and what a point makes of all rows is as many
multiplications as it has coordinates. Rows and point are rounded to whole numbers for that: a product is right to
about eight digits. It must never know what the rows mean.
"""

from collections.abc import Sequence
from operator import mul
from struct import Struct

_LANE = 64
"""Bits of a lane; no sum reaches its last."""

_POINT_BITS = 29
"""A coordinate fits one digit of Python's large numbers (30 bits), which is what makes the multiplication fast."""


class Table:
    """Rows of equal length, made ready to be held against one point after the other."""

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        """Packs the rows column by column. Raises ValueError where rows differ in length."""
        columns = list(zip(*rows, strict=True))
        most = max((abs(value) for row in rows for value in row), default=0.0) or 1.0
        self._step = most / (1 << (_LANE - 2 - _POINT_BITS - len(columns).bit_length()))
        self._columns = [self._packed(column) for column in columns]
        self._sign = sum(1 << (_LANE * place + _LANE - 1) for place in range(len(rows)))
        self._lanes = Struct(f"<{len(rows)}q")

    def by(self, point: Sequence[float]) -> list[float]:
        """The sum of products of a point and each row, in the order of the rows."""
        most = max(map(abs, point)) or 1.0
        finest = ((1 << _POINT_BITS) - 1) / most
        total = sum(map(mul, self._columns, [round(value * finest) for value in point]))
        lanes = ((total + self._sign) ^ self._sign).to_bytes(self._lanes.size, "little")
        step = self._step / finest
        return [lane * step for lane in self._lanes.unpack(lanes)]

    def _packed(self, column: Sequence[float]) -> int:
        return sum(round(value / self._step) << (_LANE * place) for place, value in enumerate(column))
