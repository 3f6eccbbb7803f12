"""Whatever stands in an address where an id should, no page fails: it is taken as not said, or as not there."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from tests.console.test_isolation import CHARLIES, Address, strangers, visitor  # noqa: F401
from tests.console.test_nul import PAGES

import answerback
from answerback.engine.currency import MOST, hundredths
from answerback.store import ids

OURS = Path(answerback.__file__).parent
SOURCES = [each for side in ("console", "booking", "watch") for each in (OURS / side).rglob("*.py")]
READ = re.compile(r"(?:GET|asked|said|query|given)(?:\.get(?:list)?\(|\[)\"(\w+)\"")
FIELDS = sorted({name for each in SOURCES for name in READ.findall(each.read_text(encoding="utf-8"))})
"""Every name that a page reads out of its address, found in the source: new ones come in by themselves."""

IDS = ("member", "before", "after", "line", "owner", "behind", "of", "business", "id", "undo", "begin", "ring")

WRONG = {
    "five thousand digits": "9" * 5000,
    "beyond a bigint": str(2**63),
    "the largest bigint": str(2**63 - 1),
    "negative": "-1",
    "arabic digits": "%D9%A1%D9%A2%D9%A3",
    "raised digit": "%C2%B2",
    "empty": "",
    "with an exponent": "1e3",
}


@pytest.fixture
def status(visitor: Any) -> Any:  # noqa: F811
    """What an address answers; 404 where it fails without a query too, as pages do whose rows hold nothing real."""
    owner = visitor("owner")

    def of(path: str) -> int:
        said = owner.get(path).status_code
        return 404 if said >= 500 and "?" in path and owner.get(path.partition("?")[0]).status_code >= 500 else said

    return of


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_in_every_query(status: Any, wrong: str) -> None:
    assert {*IDS} <= {*FIELDS}
    query = "&".join(f"{name}={wrong}" for name in FIELDS)
    assert [each.name for each in PAGES if status(f"{each.about(CHARLIES)}?{query}") >= 500] == []


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("wrong", ["9" * 5000, str(2**63), "%C2%B2"])
def test_where_nothing_else_is_wrong(status: Any, wrong: str) -> None:
    """What another wrong field would have ended early is reached."""
    asked = [(each, name) for each in PAGES for name in IDS if _reads(each, name)]
    assert len(asked) > 20
    found = [(each.name, name) for each, name in asked if status(f"{each.about(CHARLIES)}?{name}={wrong}") >= 500]
    assert found == []


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("wrong", ["9" * 5000, str(2**63), str(2**31), "0"])
def test_in_every_path(status: Any, wrong: str) -> None:
    own = str(CHARLIES)
    ours = [each for each in PAGES if each.takes_id]  # a number of the pretend phones is no id
    paths = sorted({each.about(CHARLIES).replace(own, wrong) for each in ours})
    assert len(paths) > 50
    assert [path[:40] for path in paths if status(path) not in {200, 302, 400, 403, 404, 405}] == []


@pytest.mark.parametrize(
    ("written", "read"),
    [("7", 7), (" 007 ", 7), (str(ids.MOST), ids.MOST), (str(ids.MOST + 1), None), ("0", None), ("9" * 5000, None)],
)
def test_an_id_is_read(written: str, read: int | None) -> None:
    assert ids.read(written) == read
    assert [ids.read(each) for each in (None, "", "-1", "+1", "1e3", "1_000", "٣", "²", "1.0", "x")] == [None] * 10
    assert ids.several(["3", "", "x", "3", "9" * 20]) == [3, 3]


def test_an_amount_of_any_length_is_too_large_and_no_fault() -> None:
    assert (hundredths("9" * 5000) or 0) > MOST
    assert hundredths("0" * 5000 + "12.50") == 1250


def test_no_page_reads_an_id_by_itself() -> None:
    by_itself = re.compile(r"\bint\([^()]*(?:\([^()]*\))?[^()]*\) if .*\.is(?:decimal|digit)\(\)")
    read = [each for side in ("console", "api", "booking", "watch") for each in (OURS / side).rglob("*.py")]
    assert [each.name for each in read if by_itself.search(each.read_text(encoding="utf-8"))] == []


def _reads(page: Address, name: str) -> bool:
    """Does the module of this page read an address's field of this name?"""
    module = inspect.getmodule(inspect.unwrap(page.view))
    return module is not None and f'"{name}"' in inspect.getsource(module)
