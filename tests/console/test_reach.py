"""The years 9999 and 0001 bring nothing down and are written nowhere: by no form, by no link, by no program."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.console.test_audit import talked  # noqa: F401
from tests.console.test_isolation import CHARLIES, LEFT_OUT_OF_OWN, strangers, visitor  # noqa: F401
from tests.console.test_nul import FIELDS, PAGES, _failed, _program

from answerback.workflow import reach

FAR = ("9999-12-31T23:59", "0001-01-01T00:00", "9999-12-31", "0001-01-01", "9999-12-31T23:59:59Z")


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("far", FAR)
def test_no_link_brings_a_page_down(visitor: Any, far: str) -> None:  # noqa: F811
    owner, dated = visitor("owner"), [each for each in FIELDS if each not in {"act", "member"}]
    query = "&".join(f"{name}={far}" for name in {*dated, "day", "at", "since", "until", "id"})
    ask = lambda each, told: owner.get(f"{each.about(CHARLIES)}?{told}")  # noqa: E731
    assert _failed(ask, query, PAGES, "day=2026-03-12") == []


@pytest.mark.usefixtures("talked")
@pytest.mark.parametrize("far", ["9999-12-31T23:59", "0001-01-01"])
def test_no_form_writes_it(visitor: Any, far: str) -> None:  # noqa: F811
    owner = visitor("owner")
    form = "&".join(f"{name}={far}" for name in FIELDS)
    ours = [each for each in PAGES if each.name not in LEFT_OUT_OF_OWN]
    kind = "application/x-www-form-urlencoded"
    ask = lambda each, told: owner.post(each.about(CHARLIES), told, content_type=kind)  # noqa: E731
    assert _failed(ask, form, ours, "body=hello") == []
    assert _far_rows() == []


def _far_rows() -> list[tuple[str, str]]:
    """Columns of moments and days in which a far year stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND (data_type LIKE 'timestamp%' OR data_type = 'date')"
        )
        columns = cursor.fetchall()
        found = []
        for table, column in columns:
            beyond = f'extract(year FROM "{column}") NOT BETWEEN 1999 AND {reach.LAST_YEAR + 1}'
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {beyond} AND isfinite("{column}")')
            if cursor.fetchone()[0]:
                found.append((table, column))
    return found


@pytest.mark.usefixtures("strangers")
def test_since_the_beginning_of_time_is_everything(strangers: Any) -> None:  # noqa: F811
    ask: Client = _program(strangers)
    assert len(ask.get("/api/v1/leads?since=0001-01-01T00:00:00Z").json()["items"]) == 1
    assert ask.get("/api/v1/leads?since=9999-12-31T23:59:59Z").json()["items"] == []


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01"])
def test_a_program_is_told_that_nobody_means_it(strangers: Any, far: str) -> None:  # noqa: F811
    """A slip of the finger is refused, not taken for another day."""
    ask: Client = _program(strangers)
    says = "the year must be between 2000 and 2100"
    told = ask.get(f"/api/v1/report?since={far}&until=2026-03-12")
    assert (told.status_code, told.json()["errors"]) == (422, [{"field": "since", "in": "query", "says": says}])
    moment = f"{far}T10:00:00Z"
    body = {"step": "Call", "step_at": moment}
    told = ask.post(f"/api/v1/leads/{CHARLIES}/plan", json.dumps(body), content_type="application/json")
    assert (told.status_code, told.json()["errors"]) == (
        422,
        [{"field": "intended.step_at", "in": "body", "says": says}],
    )
    assert ask.get(f"/api/v1/leads?since={moment}").status_code == 200
