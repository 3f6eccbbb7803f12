"""Many sums of products at once are what each of them is alone."""

from operator import mul

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.understanding.meaning import NOWHERE, SIZE, Groups
from answerback.understanding.products import Table

_VALUES = st.floats(-100, 100, allow_nan=False, width=32)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[list[float]], list[float]]:
    columns = draw(st.integers(1, 130))
    line = st.lists(_VALUES, min_size=columns, max_size=columns)
    return draw(st.lists(line, min_size=1, max_size=5)), draw(line)


@given(_tables())
def test_every_row_is_multiplied_with_the_point(made: tuple[list[list[float]], list[float]]) -> None:
    rows, point = made
    together, alone = Table(rows).by(point), [sum(map(mul, row, point)) for row in rows]
    largest = max(abs(value) for row in rows for value in row) * max(map(abs, point)) * len(point)
    assert together == pytest.approx(alone, abs=largest * 1e-6)


def test_same_rows_have_exactly_the_same_product() -> None:
    assert len(set(Table([[0.1, -0.7, 0.3]] * 40).by([0.9, 0.2, -0.4]))) == 1


def test_a_table_may_be_empty_or_nothing_but_zeros() -> None:
    assert Table([]).by([0.5, 0.5]) == []
    assert Table([[0.0, 0.0]]).by([0.0, 0.0]) == [0.0]
    assert Table([[0.0, 0.0], [1.0, 0.0]]).by([0.0, 3.0]) == [0.0, 0.0]


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        Table([[1.0, 2.0], [1.0]])


def test_each_group_is_as_near_as_its_nearest_point() -> None:
    right, up, nowhere = (1.0, *NOWHERE[1:]), (0.0, 1.0, *NOWHERE[2:]), NOWHERE
    halfway = (1.0, 1.0, *NOWHERE[2:])
    groups = Groups([[right, up], [nowhere], [[-value for value in right]]])
    assert groups.nearest(right) == pytest.approx([1.0, 0.0, -1.0], abs=1e-7)
    assert groups.nearest(halfway) == pytest.approx([0.5**0.5, 0.0, -(0.5**0.5)], abs=1e-7)
    assert groups.nearest(nowhere) == [0.0, 0.0, 0.0]
    assert len(right) == SIZE
