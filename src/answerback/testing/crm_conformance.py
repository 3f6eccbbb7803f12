"""What every CRM must do, as tests: give it an office whose people use the CRM's own pages, and run it.

    class TestHubSpot(CrmConformance):
        crm = adapter

        def office(self): ...

Needs pytest.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

import pytest

from answerback.ports.connection import Connection
from answerback.ports.crm import Activity, AppointmentCard, Conflict, Crm, LeadCard, PersonCard, Record, TodoCard
from answerback.ports.errors import PortError, SignInNeeded, Unavailable, Unclear

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
MARIA = "+13125550142"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenActivity:
    """A line of somebody's timeline as the office sees it. `words` holds what was said somewhere in it."""

    kind: str
    words: str


class Office(Protocol):
    """The people who use the CRM in their browser. Ids are the CRM's."""

    connection: Connection

    def puts_person(self, number: str, name: str, email: str = "") -> str:
        """Enter a person by hand, the number written in any way; returns the id."""

    def people(self) -> int:
        """How many people's records there are."""

    def field(self, record: Record, id: str, name: str) -> str:
        """What stands in the field that the adapter's field of this name goes to."""

    def edits(self, record: Record, id: str, name: str, value: str) -> None:
        """Write into that field by hand."""

    def deletes_person(self, id: str) -> None:
        """Delete a person's record."""

    def timeline(self, person: str) -> tuple[SeenActivity, ...]:
        """What happened with them, in order."""

    def leads(self, person: str) -> tuple[str, ...]:
        """The ids of their leads' records."""

    def todos(self, person: str) -> tuple[tuple[str, bool], ...]:
        """Titles of their tasks, and whether each is done."""

    def appointments(self, person: str) -> tuple[tuple[datetime, str], ...]:
        """When their appointments begin, and booked, done, no_show or cancelled."""

    def sells(self, lead: str, cents: int) -> None:
        """Close the lead as won with this amount."""

    def unsells(self, lead: str) -> None:
        """Open it again."""

    def waits(self) -> None:
        """Time passes: whatever the CRM's search lags behind, it has caught up."""

    def fails(self, how: Literal["away", "lose", "slow_down", "barred"]) -> None:
        """Let what follows fail: the CRM away, one answer lost, too many requests, our sign-in no longer good."""


class CrmConformance:
    """The tests; a subclass says of which CRM."""

    crm: Crm

    def office(self) -> AbstractContextManager[Office]:
        """An empty CRM with its office, for the length of the block."""
        raise NotImplementedError

    @pytest.fixture
    def staff(self) -> Iterator[Office]:
        """An office for one test, with what our copies need made in the CRM."""
        with self.office() as office:
            self.crm.prepare(office.connection)
            yield office

    # People.

    def test_nobody_is_found_where_there_is_nobody(self, staff: Office) -> None:
        assert self.crm.find(staff.connection, MARIA) == ()

    @pytest.mark.parametrize("written", ["+13125550142", "(312) 555-0142", "312.555.0142", "1 312 555 0142"])
    def test_person_is_found_however_the_number_is_written(self, staff: Office, written: str) -> None:
        id = staff.puts_person(written, "Maria Pena")
        staff.puts_person("(312) 555-0143", "Somebody Else")
        assert [(each.id, each.name) for each in self.crm.find(staff.connection, MARIA)] == [(id, "Maria Pena")]

    def test_everybody_with_the_number_is_found_oldest_first(self, staff: Office) -> None:
        ids = [staff.puts_person("(312) 555-0142", name) for name in ("Maria", "Pedro", "Office")]
        assert [each.id for each in self.crm.find(staff.connection, MARIA)] == ids

    def test_person_is_made_once(self, staff: Office) -> None:
        first = self.crm.create(staff.connection, self._card())
        staff.waits()
        assert [each.id for each in self.crm.find(staff.connection, MARIA)] == [first]
        if self.crm.abilities.own_keys:
            assert self.crm.create(staff.connection, self._card()) == first
            assert staff.people() == 1

    def test_person_with_our_key_is_found_at_once(self, staff: Office) -> None:
        first = self.crm.create(staff.connection, self._card())
        if self.crm.abilities.own_keys or not self.crm.abilities.search_lag:
            assert [each.id for each in self.crm.find(staff.connection, MARIA)] == [first]

    def test_six_at_once_make_one(self, staff: Office) -> None:
        if not self.crm.abilities.own_keys:
            pytest.skip("This CRM cannot refuse a second record; the product lets one at a time ask.")
        with ThreadPoolExecutor(6) as pool:
            made = set(pool.map(lambda _: self.crm.create(staff.connection, self._card()), range(6)))
        assert (len(made), staff.people()) == (1, 1)

    def test_nameless_caller_is_kept(self, staff: Office) -> None:
        id = self.crm.create(staff.connection, PersonCard(key="contact-1", number=MARIA, fields={}))
        staff.waits()
        assert [each.id for each in self.crm.find(staff.connection, MARIA)] == [id]

    def test_only_the_given_fields_are_written(self, staff: Office) -> None:
        id = staff.puts_person(MARIA, "Maria Pena", "maria@example.com")
        self.crm.update(staff.connection, id, self._card(name="Maria P."))
        assert staff.field("person", id, "name") == "Maria P."
        assert staff.field("person", id, "email") == "maria@example.com"

    def test_deleted_person_is_a_conflict(self, staff: Office) -> None:
        id = self.crm.create(staff.connection, self._card())
        staff.deletes_person(id)
        with pytest.raises(Conflict) as raised:
            self.crm.update(staff.connection, id, self._card(name="Maria P."))
        assert raised.value.code == "gone"
        assert self.crm.look(staff.connection, "person", [id]) == ()

    def test_records_are_read_as_they_stand(self, staff: Office) -> None:
        id = staff.puts_person(MARIA, "Maria Pena", "maria@example.com")
        (stands,) = self.crm.look(staff.connection, "person", [id])
        assert (stands.id, stands.fields[self._remote("name")]) == (id, "Maria Pena")
        assert stands.fields[self._remote("email")] == "maria@example.com"

    # Leads.

    def test_lead_is_made_once_and_changed(self, staff: Office) -> None:
        person = self.crm.create(staff.connection, self._card())
        lead = self.crm.write_lead(staff.connection, self._lead(person, "new"))
        assert staff.leads(person) == (lead,)
        if self.crm.abilities.own_keys:
            assert self.crm.write_lead(staff.connection, self._lead(person, "new"), unsure=True) == lead
        assert staff.field("lead", lead, "status") == self._value("status", "new")
        assert self.crm.write_lead(staff.connection, self._lead(person, "qualified"), lead) == lead
        assert staff.field("lead", lead, "status") == self._value("status", "qualified")
        assert staff.leads(person) == (lead,)

    # What happened.

    def test_timeline_says_what_happened(self, staff: Office) -> None:
        person = self.crm.create(staff.connection, self._card())
        lead = self.crm.write_lead(staff.connection, self._lead(person, "new"))
        for each in self._happened(person, lead):
            self.crm.append(staff.connection, each)
        seen = staff.timeline(person)
        assert [each.kind for each in seen] == [each.kind for each in self._happened(person, lead)]
        for told, shown in zip(self._happened(person, lead), seen, strict=True):
            assert told.body in shown.words

    def test_lost_answer_makes_one_line(self, staff: Office) -> None:
        person = self.crm.create(staff.connection, self._card())
        for each in self._happened(person, ""):
            staff.fails("lose")
            with suppress(Unclear, Unavailable):
                self.crm.append(staff.connection, each)
            self.crm.append(staff.connection, each, unsure=True)
        assert len(staff.timeline(person)) == len(self._happened(person, ""))

    def test_todo_is_made_and_done(self, staff: Office) -> None:
        if not self.crm.abilities.todos:
            pytest.skip("This CRM has no tasks.")
        person = self.crm.create(staff.connection, self._card())
        card = TodoCard(key="todo-1", person=person, lead="", title="Call Maria back", due_at=NOW, done=False)
        id = self.crm.write_todo(staff.connection, card)
        assert self.crm.write_todo(staff.connection, replace(card, done=True), id) == id
        assert staff.todos(person) == (("Call Maria back", True),)

    def test_appointment_is_made_moved_and_called_off(self, staff: Office) -> None:
        if not self.crm.abilities.appointments:
            pytest.skip("This CRM has no appointments.")
        person = self.crm.create(staff.connection, self._card())
        card = AppointmentCard(
            key="appointment-1",
            person=person,
            lead="",
            title="Water heater",
            starts_at=NOW,
            ends_at=NOW + timedelta(hours=1),
            status="booked",
        )
        id = self.crm.write_appointment(staff.connection, card)
        later = NOW + timedelta(days=1)
        moved = replace(card, starts_at=later, ends_at=later + timedelta(hours=1), status="cancelled")
        assert self.crm.write_appointment(staff.connection, moved, id) == id
        assert staff.appointments(person) == ((later, "cancelled"),)

    # What they say.

    def test_changes_are_told(self, staff: Office) -> None:
        if not self.crm.abilities.changes:
            pytest.skip("This CRM does not say what changed.")
        person = self.crm.create(staff.connection, self._card())
        lead = self.crm.write_lead(staff.connection, self._lead(person, "new"))
        staff.waits()
        cursor = self._all_changes(staff, "")[1]
        staff.edits("person", person, "name", "Maria Garcia")
        staff.edits("lead", lead, "status", self._value("status", "won"))
        told, cursor = self._all_changes(staff, cursor)
        assert told["person", person][self._remote("name")] == "Maria Garcia"
        assert told["lead", lead][self._remote("status")] == self._value("status", "won")

    def test_unreadable_cursor_begins_anew(self, staff: Office) -> None:
        if not self.crm.abilities.changes:
            pytest.skip("This CRM does not say what changed.")
        person = self.crm.create(staff.connection, self._card())
        staff.waits()
        for cursor in ("", "nonsense", "{}", '{"contacts": 7}'):
            assert ("person", person) in self._all_changes(staff, cursor)[0]

    def test_many_changes_are_read_in_pages(self, staff: Office) -> None:
        if not self.crm.abilities.changes:
            pytest.skip("This CRM does not say what changed.")
        made = set()
        for n in range(7):
            card = PersonCard(key=f"contact-{n}", number=f"+1312555{n:04}", fields={})
            made.add(("person", self.crm.create(staff.connection, card)))
        staff.waits()
        assert self._all_changes(staff, "")[0].keys() >= made

    def test_sales_are_read_and_taken_back(self, staff: Office) -> None:
        if not self.crm.abilities.sales:
            pytest.skip("This CRM knows no money.")
        person = self.crm.create(staff.connection, self._card())
        lead = self.crm.write_lead(staff.connection, self._lead(person, "booked"))
        staff.sells(lead, 123_450)
        read = self.crm.sales(staff.connection, "", BEGIN)
        assert [(each.lead, each.cents, each.people) for each in read.sold] == [(lead, 123_450, (person,))]
        staff.unsells(lead)
        again = self.crm.sales(staff.connection, read.cursor, BEGIN)
        assert (again.sold, again.undone) == ((), (read.sold[0].id,))

    def test_fields_can_be_chosen(self, staff: Office) -> None:
        choices = self.crm.choices(staff.connection)
        valued = [each for each in self.crm.fields if each.valued]
        assert set(choices) == {each.name for each in valued}
        for each in valued:
            assert {value for value in each.values.values() if value} <= {choice.value for choice in choices[each.name]}

    # What goes wrong.

    def test_crm_that_is_away_is_tried_again(self, staff: Office) -> None:
        staff.fails("away")
        self._every_call_raises(staff, (Unavailable,))
        assert [each.ok for each in self.crm.check(staff.connection)] == [False]

    def test_too_many_requests_say_how_long_to_wait(self, staff: Office) -> None:
        staff.fails("slow_down")
        with pytest.raises(Unavailable) as raised:
            self.crm.find(staff.connection, MARIA)
        assert raised.value.retry_after

    def test_sign_in_that_ended_asks_for_another(self, staff: Office) -> None:
        assert {each.ok for each in self.crm.check(staff.connection)} == {True}
        staff.fails("barred")
        self._every_call_raises(staff, (SignInNeeded,))
        (found,) = self.crm.check(staff.connection)
        assert (found.ok, bool(found.fix)) == (False, True)

    # Shorthand.

    def _every_call_raises(self, staff: Office, errors: tuple[type[PortError], ...]) -> None:
        connection, crm = staff.connection, self.crm
        person = self._card()
        for call in (
            lambda: crm.find(connection, MARIA),
            lambda: crm.create(connection, person),
            lambda: crm.update(connection, "101", person),
            lambda: crm.write_lead(connection, self._lead("101", "new")),
            lambda: crm.append(connection, self._happened("101", "")[0]),
            lambda: crm.look(connection, "person", ["101"]),
            *((lambda: crm.changes(connection, "", BEGIN),) if crm.abilities.changes else ()),
            *((lambda: crm.sales(connection, "", BEGIN),) if crm.abilities.sales else ()),
        ):
            with pytest.raises(errors) as raised:
                call()
            _says_nothing_private(raised.value, connection)

    def _all_changes(self, staff: Office, cursor: str) -> tuple[dict[tuple[str, str], Mapping[str, str]], str]:
        found: dict[tuple[str, str], Mapping[str, str]] = {}
        for _ in range(50):
            told = self.crm.changes(staff.connection, cursor, BEGIN)
            found |= {(each.record, each.id): each.fields for each in told.changed}
            cursor = told.cursor
            if not told.more:
                return found, cursor
        raise AssertionError("There is always more.")

    def _remote(self, name: str) -> str:
        return next(each.remote for each in self.crm.fields if each.name == name)

    def _value(self, name: str, ours: str) -> str:
        return next(each.values[ours] for each in self.crm.fields if each.name == name)

    def _card(self, name: str = "Maria Pena") -> PersonCard:
        return PersonCard(key="contact-1", number=MARIA, fields={self._remote("name"): name})

    def _lead(self, person: str, status: str) -> LeadCard:
        fields = {self._remote("status"): self._value("status", status)}
        return LeadCard(
            key="answerback-lead-1", person=person, title="Maria Pena: toilet", opened_at=NOW, fields=fields
        )

    def _happened(self, person: str, lead: str) -> tuple[Activity, ...]:
        every = (
            Activity(
                key="call-1",
                kind="call",
                person=person,
                lead=lead,
                at=NOW,
                title="Missed call",
                body="Rang 20 seconds, nobody answered.",
                seconds=20,
                outcome="no_answer",
            ),
            Activity(
                key="text-1",
                kind="text",
                person=person,
                lead=lead,
                at=NOW + timedelta(minutes=1),
                title="Text to Maria",
                body="Sorry we missed you! What is going on?",
                inbound=False,
            ),
            Activity(
                key="text-2",
                kind="text",
                person=person,
                lead=lead,
                at=NOW + timedelta(minutes=2),
                title="Text from Maria",
                body="toilet is leaking ¿hablan español? 😀",
            ),
            Activity(
                key="note-1",
                kind="note",
                person=person,
                lead=lead,
                at=NOW + timedelta(minutes=3),
                title="Said stop",
                body="No more texts.",
            ),
        )
        return tuple(each for each in every if each.kind in self.crm.abilities.activities)


def _says_nothing_private(error: PortError, connection: Connection) -> None:
    for name in ("token", "client_secret", "access_token", "refresh_token"):
        value = connection.settings.get(name, "")
        assert not value or value not in str(error)
    assert "Maria" not in str(error)
    assert MARIA not in str(error)
