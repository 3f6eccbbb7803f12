"""What a calendar server's refusal means."""

import pytest
from caldav.lib import error

from answerback.adapters.caldav.session import is_unknown_here


@pytest.mark.parametrize(("status", "reason", "unknown"), [(401, "Unauthorized", True), (403, "Forbidden", False)])
def test_a_refusal_is_read_off_its_status_not_its_address(status: int, reason: str, unknown: bool) -> None:
    refusal = error.AuthorizationError(url="http://127.0.0.1:40199/luis/", reason=reason)
    refusal.status = status
    assert is_unknown_here(refusal) is unknown
