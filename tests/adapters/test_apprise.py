"""Which addresses may be alerted, and that none leads inside."""

import pytest

from answerback.adapters import guard
from answerback.adapters.apprise import adapter
from answerback.ports.alerts import Words

WORDS = Words(title="Rivera Plumbing", body="New lead.", link="https://example.com/c/1")


@pytest.mark.parametrize(
    "address",
    [
        "ntfys://my-topic",
        "mailtos://user:password@gmail.com",
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "tgram://123456789:abcdefg_hijklmnop/12315544/",
    ],
)
def test_known_services_are_taken(address: str) -> None:
    assert adapter.problem(address) == ""


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("syslog://", "not among the services"),
        ("dbus://", "address that can be alerted"),
        ("json://example.com/", "jsons://"),
        ("nothing", "address that can be alerted"),
        ("https://example.com/", "address that can be alerted"),
        ("ntfys://" + "a" * 500, "longer than"),
    ],
)
def test_others_are_refused_with_the_reason(address: str, why: str) -> None:
    assert why in adapter.problem(address)


@pytest.mark.parametrize(
    "address",
    ["jsons://127.0.0.1:9/", "ntfys://localhost:9/topic", "mailtos://a:b@127.0.0.1:9/?from=a@x.org&to=b@x.org"],
)
def test_no_service_leads_inside(address: str) -> None:
    answer = adapter.send(address, WORDS)
    assert (answer.arrived, "ANSWERBACK_PRIVATE_HOSTS" in answer.says) == (False, True)


def test_unencrypted_only_to_a_host_of_the_operators() -> None:
    assert "ntfys://" in adapter.problem("ntfy://10.1.2.3/topic")
    with guard.allowing("10.1.2.3"):
        assert adapter.problem("ntfy://10.1.2.3/topic") == ""
