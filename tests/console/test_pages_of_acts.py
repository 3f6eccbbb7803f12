"""A page that an act draws, as a refused form is, is at the address of the act: its links say which page they mean."""

import html
import re
from typing import Any

import pytest
from tests.console.test_isolation import (  # noqa: F401
    CHARLIES,
    GUARDED,
    LEFT_OUT_OF_OWN,
    _body,
    strangers,
    visitor,
)

from answerback.console.retold import retold

RELATIVE = re.compile(r'href="\?[^"]*"|<form(?![^>]* (?:action|method="(?:post|dialog)"))[^>]*>')


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("nonsense", ["", "abc"])
def test_no_link_of_such_a_page_leads_to_the_act(visitor: Any, nonsense: str) -> None:  # noqa: F811
    """ "Earlier" above a refused move, and the days above a refused refund, led to "Here is no page of its own"."""
    client, drawn, wrong = visitor("owner"), set(), {}
    for each in GUARDED:
        if each.name in LEFT_OUT_OF_OWN or not each.name.startswith("console:"):
            continue
        answer = client.post(each.about(CHARLIES), dict.fromkeys(_body(), nonsense) if nonsense else {})
        if answer.streaming or "<html" not in answer.content.decode(errors="replace"):
            continue
        drawn.add(each.name)
        if found := RELATIVE.findall(answer.content.decode()):
            wrong[each.name] = sorted(set(found))
    assert wrong == {}
    assert drawn >= {"console:add_shift", "console:invite", "console:invite_admin", "console:new_own_entry"}


def _said(page: Any) -> str:
    """Why the page says something was refused."""
    refused = page.context.get("refused") if page.context else None
    problem = getattr(refused, "problem", "") or (page.context.get("problem") if page.context else "")
    return retold(str(problem or ""))


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("nonsense", ["", "abc"])
def test_what_was_refused_is_said_once(visitor: Any, nonsense: str) -> None:  # noqa: F811
    client, said, wrong = visitor("owner"), 0, {}
    for each in GUARDED:
        if each.name in LEFT_OUT_OF_OWN or not each.name.startswith("console:"):
            continue
        answer = client.post(each.about(CHARLIES), dict.fromkeys(_body(), nonsense) if nonsense else {})
        if answer.streaming or answer.status_code != 409 or "<html" not in answer.content.decode():
            continue
        problem, page = _said(answer), html.unescape(answer.content.decode())
        said += bool(problem)
        alerts = len(re.findall(r'role="alert"[^>]*>|class="toast error|class="wrong"', page))
        if (problem and page.count(problem.splitlines()[0]) != 1) or not (problem or alerts):
            wrong[each.name] = (problem, alerts)
    assert wrong == {}
    assert said > 10
