"""HubSpot's traps: a search that lags, two sign-ins, e-mail addresses that are taken, merges, deep lists, limits."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from answerback.adapters.hubspot import adapter, api
from answerback.adapters.pace import Pace
from answerback.ports.connection import Connection
from answerback.ports.crm import Conflict, LeadCard, Limit, PersonCard
from answerback.ports.errors import Refused, SignInNeeded, Unavailable
from answerback.ports.sign_in import SignInAsked
from answerback.testing.pretend_hubspot import PretendHubSpot

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
MARIA = "+13125550142"


@pytest.fixture
def hubspot() -> Iterator[PretendHubSpot]:
    with PretendHubSpot() as pretend:
        yield pretend


@pytest.fixture
def connection(hubspot: PretendHubSpot) -> Connection:
    made = Connection(id=hubspot.port, provider="hubspot", settings=hubspot.settings())
    adapter.prepare(made)
    return made


def test_search_lags_and_our_key_does_not(hubspot: PretendHubSpot, connection: Connection) -> None:
    made = adapter.create(connection, _card())
    assert hubspot.seen_by_search == {}, "the search knows nothing yet"
    assert [each.id for each in adapter.find(connection, MARIA)] == [made]


def test_somebody_with_our_key_and_another_by_search_are_two(hubspot: PretendHubSpot, connection: Connection) -> None:
    by_hand = hubspot.keep("contacts", firstname="Maria", mobilephone="(312) 555-0142")
    made = adapter.create(connection, _card())
    assert [each.id for each in adapter.find(connection, MARIA)] == [by_hand, made]


def test_same_digits_in_another_country_are_somebody_else(hubspot: PretendHubSpot, connection: Connection) -> None:
    hubspot.keep("contacts", firstname="Mario", phone="+39 312 555 0142")
    assert adapter.find(connection, MARIA) == ()


def test_hidden_number_that_was_found_counts(hubspot: PretendHubSpot, connection: Connection) -> None:
    id = hubspot.keep("contacts", firstname="Maria", phone=MARIA)
    hubspot.records[id].properties["phone"] = hubspot.seen_by_search[id]["phone"] = "+1******0142"
    assert [each.id for each in adapter.find(connection, MARIA)] == [id]


def test_taken_email_names_who_has_it(hubspot: PretendHubSpot, connection: Connection) -> None:
    id = hubspot.keep("contacts", firstname="Pedro", email="family@example.com")
    with pytest.raises(Conflict) as raised:
        adapter.create(connection, PersonCard(key="contact-1", number=MARIA, fields={"email": "family@example.com"}))
    assert (raised.value.code, raised.value.id) == ("exists", id)


def test_number_of_ours_at_another_contact_names_it(hubspot: PretendHubSpot, connection: Connection) -> None:
    first = adapter.create(connection, _card())
    other = hubspot.keep("contacts", firstname="Maria", phone=MARIA)
    with pytest.raises(Conflict) as raised:
        adapter.update(connection, other, _card())
    assert (raised.value.code, raised.value.id) == ("exists", first)


def test_merged_contact_is_followed(hubspot: PretendHubSpot, connection: Connection) -> None:
    old = adapter.create(connection, _card())
    survivor = hubspot.keep("contacts", firstname="Maria", phone="+13125550199")
    hubspot.merge(old, survivor)
    (stands,) = adapter.look(connection, "person", [survivor])
    assert stands.was == (old,)
    assert adapter.look(connection, "person", [old]) == ()


def test_deal_without_a_stage_begins_at_the_first(hubspot: PretendHubSpot, connection: Connection) -> None:
    person = adapter.create(connection, _card())
    lead = adapter.write_lead(connection, LeadCard(key="lead-1", person=person, title="M", opened_at=NOW, fields={}))
    assert hubspot.records[lead].properties["dealstage"] == "appointmentscheduled"


def test_pipeline_that_is_not_there_is_named(hubspot: PretendHubSpot) -> None:
    connection = Connection(id=1, provider="hubspot", settings=hubspot.settings(pipeline="sales two"))
    (found,) = adapter.check(connection)
    assert (found.ok, found.says) == (False, "HubSpot knows no such deal pipeline. Look at its ID in the settings.")


def test_value_that_is_not_taken_is_named_and_not_repeated(hubspot: PretendHubSpot, connection: Connection) -> None:
    with pytest.raises(Refused) as raised:
        adapter.create(connection, PersonCard(key="contact-1", number=MARIA, fields={"hs_lead_status": "Maria"}))
    assert str(raised.value) == "HubSpot refuses what we wrote (VALIDATION_ERROR). It is about: hs_lead_status."


def test_long_lists_of_changes_are_read_to_the_end(
    hubspot: PretendHubSpot, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page at a time, and over the depth at which HubSpot's searches end."""
    monkeypatch.setattr("answerback.adapters.hubspot.reading.PAGE", 4)
    monkeypatch.setattr("answerback.adapters.hubspot.reading.DEEPEST", 8)
    made = {hubspot.keep("contacts", lastname="x", answerback_phone=f"+1312555{n:04}") for n in range(30)}
    read: set[str] = set()
    cursor, more = "", True
    while more:
        told = adapter.changes(connection, cursor, BEGIN)
        read |= {each.id for each in told.changed}
        cursor, more = told.cursor, told.more
    assert read == made


def test_sign_in_by_oauth_and_its_end(hubspot: PretendHubSpot) -> None:
    app = {"client_id": "pretend-client", "client_secret": "pretend-client-secret", "api_base": hubspot.url}
    asked = SignInAsked(returns_to="https://x.example/back", state="s", verifier="v" * 50)
    fresh = Connection(id=1, provider="hubspot", settings=app)
    came_back = hubspot.consent(adapter.sign_in_address(fresh, asked))
    tokens = adapter.signed_in(fresh, asked, came_back["code"], NOW)
    signed_in = Connection(id=1, provider="hubspot", settings=app | dict(tokens))
    assert [each.ok for each in adapter.check(signed_in)] == [True]
    assert adapter.renewed(signed_in, NOW) is None
    hubspot.end_permission()
    with pytest.raises(SignInNeeded):
        adapter.renewed(signed_in, datetime(2026, 3, 5, tzinfo=UTC))


def test_token_of_a_private_app_is_never_renewed(connection: Connection) -> None:
    assert adapter.renewed(connection, NOW) is None


def test_scope_that_is_missing_is_named(hubspot: PretendHubSpot, connection: Connection) -> None:
    hubspot.missing_scope = "crm.objects.deals.write"
    with pytest.raises(SignInNeeded) as raised:
        adapter.find(connection, MARIA)
    assert "crm.objects.deals.write" in str(raised.value)


def test_nobody_signed_in_asks_for_it() -> None:
    with pytest.raises(SignInNeeded):
        adapter.find(Connection(id=1, provider="hubspot"), MARIA)


@pytest.mark.parametrize(
    ("policy", "header", "seconds"),
    [("DAILY", "", 3600.0), ("TEN_SECONDLY_ROLLING", "", 10.0), ("SECONDLY", "", 1.0), ("DAILY", "120", 120.0)],
)
def test_policy_says_how_long_to_wait(policy: str, header: str, seconds: float) -> None:
    headers = {"retry-after": header} if header else {}
    problem = api.error(api.Reply(status=429, said={"policyName": policy}, headers=headers))
    assert isinstance(problem, Unavailable)
    assert problem.retry_after == seconds


def test_pace_keeps_under_the_limit_and_says_how_long() -> None:
    pace = Pace("HubSpot", Limit(requests=10, seconds=60))
    for _ in range(9):
        pace.take("one")
    with pytest.raises(Unavailable) as raised:
        pace.take("one")
    assert raised.value.retry_after is not None
    assert 59 < raised.value.retry_after <= 60
    pace.take("another")


def _card() -> PersonCard:
    return PersonCard(key="contact-1", number=MARIA, fields={"name": "Maria Pena"})
