"""People are found by any spelling, shown with all they have, merged and told apart again, and taken in and out."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerback.store import models
from answerback.store.queries import contacts, imports
from answerback.workflow import address_book, clock, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.contacts import entered_by_mistake, introduce, lift, not_introduced, suppress

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def known(shop) -> dict[str, int]:  # type: ignore[no-untyped-def]
    """Some people of Alice's business, and one of Charlie's who is called the same."""
    rows = {
        "José Núñez": ("+15125550131", "jose@example.com"),
        "Katherine Smyth": ("+15125550132", ""),
        "Kate Miller": ("+442079460958", "kate@example.com"),
        "Li": ("+15125550134", ""),
        "Flower Shop": ("+18003569377", ""),
    }
    ids = {}
    for name, (number, email) in rows.items():
        row = models.Contact.objects.create(
            business=shop.business, name=name, number=number, email=email, created_at=shop.business.created_at
        )
        ids[name] = row.id
    other = models.Business.objects.exclude(id=shop.business.id).get()
    models.Contact.objects.create(business=other, name="José Núñez", number="+15125550131", created_at=other.created_at)
    return ids


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("(512) 555-0131", ["José Núñez"]),
        ("+1 512.555.0131", ["José Núñez"]),
        ("0131", ["José Núñez"]),
        ("555013", ["José Núñez", "Katherine Smyth", "Li"]),
        ("020 7946 0958", ["Kate Miller"]),
        ("+44 (0)20 7946 0958", ["Kate Miller"]),
        ("0044 20 7946 0958", ["Kate Miller"]),
        ("512-555-0131 ext 5", ["José Núñez"]),
        ("tel:+15125550131", ["José Núñez"]),
        ("٥١٢ ٥٥٥ ٠١٣٢", ["Katherine Smyth"]),
        ("1-512-555-0131 x7", ["José Núñez"]),
        ("2079460958", ["Kate Miller"]),
        ("1-800-FLOWERS", ["Flower Shop"]),
        ("\uff15\uff15\uff15 0132", ["Katherine Smyth"]),
        ("jose", ["José Núñez"]),
        ("NUNEZ josé", ["José Núñez"]),
        ("Nunes", ["José Núñez"]),
        ("kat", ["Kate Miller", "Katherine Smyth"]),
        ("Catherine Smith", ["Katherine Smyth"]),
        ("jose@example", ["José Núñez"]),
        ("li", ["Li"]),
        ("smyth 0132", ["Katherine Smyth"]),
        ("smyth 0131", []),
        ("nobody", []),
        ("131", []),
        ("%", []),
    ],
)
def test_person_is_found_by_any_spelling(known: dict[str, int], shop, asked: str, found: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert sorted(each.name for each in contacts.search(shop.business.id, asked)) == found


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Łukasz Żak", ("Łukasz", "lukasz", "LUKASZ ŻAK", "zak")),
        ("Nguyễn Đặng", ("Nguyễn", "nguyen", "Dang", "ĐẶNG")),
        ("Иван Щедрин", ("Иван", "иван", "ivan", "Shchedrin")),
        ("Ελένη Παπαδοπούλου", ("Ελένη", "ελενη", "Eleni", "papado")),
        ("李小龍", ("李", "李小龍", "小龍")),
        ("محمد", ("محمد", "مُحَمَّد")),
        ("Øystein Strøm", ("Øystein", "oystein", "strom")),
        ("Anna Weißstraße", ("weissstrasse", "WEISSSTRASSE", "Weißstraße")),
        ("Jörg Müller", ("Müller", "muller", "Mueller", "Joerg")),
        ("Pat O'Brien", ("O'Brien", "OBrien", "O Brien", "o’brien", "brien", "Brien, Pat")),
        ("Pat OBrien", ("O'Brien", "OBrien", "O Brien")),
        ("Pat O Brien", ("O'Brien", "OBrien", "O Brien", "brien")),
        ("D’Angelo", ("dangelo", "D'Angelo", "angelo")),
        ("İbrahim Işık", ("ibrahim", "isik", "IŞIK")),
        ("Brian Fischer", ("Fisher", "bryan fischer", "Fisher, Brian")),
        ("Brian Fisher", ("Fischer",)),
        ("Anna Schneider", ("Snyder", "Shneider", "ana schneider")),
        ("Anna Snyder", ("Schneider",)),
    ],
)
def test_name_of_any_script_is_found_as_it_is_written_and_in_plain_letters(
    shop, name: str, asked: tuple[str, ...]
) -> None:  # type: ignore[no-untyped-def]
    _contact(shop, name, 171)
    _contact(shop, "Somebody Else", 172)
    assert {said: [each.name for each in contacts.search(shop.business.id, said)] for said in asked} == {
        said: [name] for said in asked
    }


def test_list_asks_as_often_for_one_as_for_three(known, shop, alice: Client, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    alice.get("/contacts")  # The first look asks what is remembered for a while.
    with CaptureQueriesContext(connection) as few:
        alice.get("/contacts", {"q": "0131"})
    with CaptureQueriesContext(connection) as many:
        alice.get("/contacts", {"q": "555013"})
    assert len(few) == len(many)


def test_person_has_all_they_had_on_one_page(shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    talk = shop.conversation(131, name="Ann <b>", service="Water heater", status="won")
    page = alice.get(f"/contacts/{talk.contact_id}").content.decode()
    assert "Ann &lt;b&gt;" in page
    assert "(512) 555-0131" in page
    assert f'href="/c/{talk.id}"' in page
    assert "Water heater" in page


def test_what_is_no_address_is_refused_and_nothing_is_saved(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    id = known["Kate Miller"]
    for wrong in ("notanemail", "a@b", "two@example.com, three@example.com"):
        page = alice.post(f"/contacts/{id}/name", {"name": "Kate", "email": wrong}, follow=True).content.decode()
        assert "is no e-mail address" in page
    assert models.Contact.objects.values_list("name", "email").get(id=id) == ("Kate Miller", "kate@example.com")
    alice.post(f"/contacts/{id}/name", {"name": "Kate", "email": "k@münchen.example"})
    assert models.Contact.objects.values_list("name", "email").get(id=id) == ("Kate", "k@münchen.example")


def test_merge_shows_two_numbers_as_one_person_and_its_undo_gives_back_what_was(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    kept, gone = known["Li"], known["José Núñez"]
    talk = shop.conversation(135)
    models.Suppression.objects.create(
        business=shop.business, number="+15125550131", at=shop.business.created_at, evidence="STOP"
    )
    before = _rows()
    alice.post(f"/contacts/{kept}/merge", {"other": gone})
    assert [each.number for each in contacts.numbers(kept)] == ["+15125550134", "+15125550131"]
    assert alice.get(f"/contacts/{gone}").headers["Location"] == f"/contacts/{kept}"
    assert models.Contact.objects.get(id=kept).email == "jose@example.com"
    assert _stopped() == {"+15125550131", "+15125550134"}, "Who said stop is texted under no number."
    assert [each.id for each in contacts.search(shop.business.id, "0131")] == [kept]

    merge = models.ContactMerge.objects.get()
    alice.post(f"/contacts/merges/{merge.id}/undo")
    assert _rows() == before
    assert _stopped() == {"+15125550131"}
    assert "was undone already" in alice.post(f"/contacts/merges/{merge.id}/undo", follow=True).content.decode()
    assert talk.contact_id not in {kept, gone}


def test_merged_number_is_shown_as_its_person_wherever_it_is(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    talk = shop.conversation(135)
    alice.post(f"/contacts/{known['Li']}/merge", {"other": talk.contact_id})
    shown = ("/inbox?tab=all", f"/c/{talk.id}", "/leads", "/leads?as=list")
    assert [address for address in shown if "Li" not in _words(alice, address)] == []
    alice.post(f"/contacts/{known['Li']}/name", {"name": "Li Wei", "email": ""})
    assert models.Contact.objects.get(id=talk.contact_id).name == "Li Wei"
    alice.post(f"/contacts/merges/{models.ContactMerge.objects.get().id}/undo")
    assert models.Contact.objects.get(id=talk.contact_id).name == ""


def test_list_says_when_a_person_of_several_numbers_was_last_heard_of(known, shop, alice: Client, now) -> None:  # type: ignore[no-untyped-def]
    """What came by the other number was left out: who had booked by it stood there as no lead at all."""
    talk = shop.conversation(135, status="booked")
    alice.post(f"/contacts/{known['Li']}/merge", {"other": talk.contact_id})
    (found,) = contacts.search(shop.business.id, "Li")
    assert (found.id, found.conversation, found.last_at, found.status) == (known["Li"], talk.id, talk.last_at, "booked")


def _words(client: Client, address: str) -> set[str]:
    return set(re.findall(r"\w+", client.get(address).content.decode()))


def test_undone_merge_lifts_no_stop_that_was_said(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    kept, gone = known["Li"], known["José Núñez"]
    _says_stop(shop, "+15125550131")
    alice.post(f"/contacts/{kept}/merge", {"other": gone})
    assert _stopped() == {"+15125550131", "+15125550134"}
    _says_stop(shop, "+15125550134")
    alice.post(f"/contacts/merges/{models.ContactMerge.objects.get().id}/undo")
    assert _stopped() == {"+15125550131", "+15125550134"}, "Both said it themselves."


def test_what_staff_entered_is_not_taken_back_where_they_said_it_themselves(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    kept, gone, staff = known["Li"], known["José Núñez"], models.Member.objects.filter(business=shop.business)[0].id
    alice.post(f"/contacts/{kept}/merge", {"other": gone})
    entered = transaction.run(
        lambda cursor: suppress(cursor, shop.business.id, "+15125550134", "told us", clock.now(), staff)
    )
    _says_stop(shop, "+15125550131")
    assert transaction.run(lambda cursor: entered_by_mistake(cursor, entered, "Alice", clock.now())) is None
    assert _stopped() == {"+15125550131", "+15125550134"}


def test_start_frees_the_numbers_that_only_followed(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    alice.post(f"/contacts/{known['Li']}/merge", {"other": known["José Núñez"]})
    _says_stop(shop, "+15125550131")
    transaction.run(lambda cursor: lift(cursor, shop.business.id, "+15125550131", "START", clock.now()))
    assert _stopped() == set()


def test_name_said_since_a_merge_stays_with_who_said_it(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    one, two = shop.conversation(141).contact_id, shop.conversation(142).contact_id
    alice.post(f"/contacts/{one}/merge", {"other": two})
    transaction.run(lambda cursor: introduce(cursor, two, name="Karen"))
    assert models.Contact.objects.get(id=one).name == "Karen"
    alice.post(f"/contacts/merges/{models.ContactMerge.objects.get().id}/undo")
    assert models.Contact.objects.get(id=two).name == "Karen"


def _nameless(shop) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    made = [
        models.Contact.objects.create(business=shop.business, number=f"+1512555015{last}", created_at=clock.now())
        for last in (1, 2)
    ]
    return made[0].id, made[1].id


def _names(*contacts: int) -> list[str]:
    return [models.Contact.objects.get(id=each).name for each in contacts]


def test_a_name_said_under_one_number_is_not_the_others_once_they_are_apart(shop) -> None:  # type: ignore[no-untyped-def]
    """The number that stayed was called so for ever, although it was somebody else's."""
    kept, gone = _nameless(shop)
    merge = address_book.merge(kept, gone, Actor(member=None, name="Alice"))
    transaction.run(lambda cursor: introduce(cursor, gone, name="Karen"))
    assert _names(kept, gone) == ["Karen", "Karen"]
    address_book.undo(merge)
    assert _names(kept, gone) == ["", "Karen"]


def test_a_name_said_under_both_numbers_is_both_ones(shop) -> None:  # type: ignore[no-untyped-def]
    kept, gone = _nameless(shop)
    merge = address_book.merge(kept, gone, Actor(member=None, name="Alice"))
    transaction.run(lambda cursor: introduce(cursor, gone, name="Karen"))
    transaction.run(lambda cursor: introduce(cursor, kept, name="Karen"))
    address_book.undo(merge)
    assert _names(kept, gone) == ["Karen", "Karen"]


def test_a_name_that_was_never_said_leaves_no_trace_in_a_merge(shop) -> None:  # type: ignore[no-untyped-def]
    kept, gone = _nameless(shop)
    merge = address_book.merge(kept, gone, Actor(member=None, name="Alice"))
    said = transaction.run(lambda cursor: introduce(cursor, gone, name="Karen"))
    transaction.run(lambda cursor: not_introduced(cursor, said))
    transaction.run(lambda cursor: introduce(cursor, kept, name="Kim"))
    address_book.undo(merge)
    assert _names(kept, gone) == ["Kim", ""]


def test_stop_of_a_file_is_for_every_number_of_theirs(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    alice.post(f"/contacts/{known['Li']}/merge", {"other": known["José Núñez"]})
    ours = imports.Ours(business=shop.business.id, now=clock.now(), source="stops.csv", zone="America/Chicago")
    rows = [{"row": 2, "number": "+15125550131"}]
    assert transaction.run(lambda cursor: imports.write_stops(cursor, ours, rows)).added == 1
    assert _stopped() == {"+15125550131", "+15125550134"}


def test_stop_said_after_a_merge_is_for_every_number_of_theirs(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    kept, gone, third = known["Li"], known["José Núñez"], known["Katherine Smyth"]
    for other in (gone, third):
        alice.post(f"/contacts/{kept}/merge", {"other": other})
    _says_stop(shop, "+15125550131")
    assert _stopped() == {"+15125550131", "+15125550132", "+15125550134"}
    first, second = models.ContactMerge.objects.order_by("id")
    alice.post(f"/contacts/merges/{second.id}/undo")
    assert _stopped() == {"+15125550131", "+15125550134"}, "Who is somebody else again never said stop."
    alice.post(f"/contacts/merges/{first.id}/undo")
    assert _stopped() == {"+15125550131"}


def test_what_cannot_be_one_person_is_not_merged(known, shop) -> None:  # type: ignore[no-untyped-def]
    actor = Actor(member=models.Member.objects.filter(business=shop.business)[0].id, name="Alice")
    hidden = models.Contact.objects.create(
        business=shop.business, number="withheld", created_at=shop.business.created_at
    )
    theirs = models.Contact.objects.exclude(business=shop.business).get()
    li, jose, kate = known["Li"], known["José Núñez"], known["Kate Miller"]
    for other, says in ((hidden.id, "hide their number"), (theirs.id, "of this business"), (li, "Choose two")):
        with pytest.raises(NotAllowed, match=says):
            address_book.merge(li, other, actor)
    address_book.merge(li, jose, actor)
    with pytest.raises(NotAllowed, match="merged already"):
        address_book.merge(kate, jose, actor)


def test_whoever_holds_several_numbers_stays_whatever_page_they_are_merged_from(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    """It was refused from the page of who has one number, and among the duplicates by the order of their coming."""
    li, jose, kate, flowers = (known[name] for name in ("Li", "José Núñez", "Kate Miller", "Flower Shop"))
    alice.post(f"/contacts/{li}/merge", {"other": jose})
    answer = alice.post(f"/contacts/{kate}/merge", {"other": li}, follow=True)
    assert "Merged. Each number keeps what it had." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/contacts/{li}"
    shown = dict(models.Contact.objects.filter(business=shop.business).values_list("id", "merged_into"))
    assert (shown[kate], shown[jose], shown[li]) == (li, li, None)
    alice.post("/undo", {"undo": list(answer.context["messages"])[-1].extra_tags})
    shown = dict(models.Contact.objects.filter(business=shop.business).values_list("id", "merged_into"))
    assert (shown[kate], shown[jose]) == (None, li)
    assert models.Contact.objects.get(id=kate).name == "Kate Miller"
    alice.post(f"/contacts/{kate}/merge", {"other": flowers})
    refused = alice.post(f"/contacts/{kate}/merge", {"other": li}, follow=True).content.decode()
    assert "Each of the two holds several numbers. Open one of them, press “Not the same person”" in refused


def test_duplicates_are_found_and_can_be_said_to_be_two(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    twin = models.Contact.objects.create(
        business=shop.business, name="JOSÉ NÚÑEZ", number="+15125550199", created_at=shop.business.created_at
    )
    (pair,) = contacts.duplicates(shop.business.id)
    assert (pair.first, pair.second, pair.shares) == (known["José Núñez"], twin.id, "name")
    page = alice.get("/contacts/duplicates").content.decode()
    assert page.count("Same person") == 1
    alice.post(f"/contacts/{pair.first}/apart", {"other": twin.id, "from": "duplicates"})
    assert contacts.duplicates(shop.business.id) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pat Brien", "Brien, Pat"),
        ("Pat Brien", "PAT  BRIEN"),
        ("Pat O'Brien", "o brien pat"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("Иван Петров", "Ivan Petrov"),
        ("Mr. Pat Brien", "Pat Brien"),
        ("李小龍", "李小龍"),
    ],
)
def test_one_name_in_two_spellings_is_a_duplicate(shop, one: str, other: str) -> None:  # type: ignore[no-untyped-def]
    first, second = _contact(shop, one, 171), _contact(shop, other, 172)
    assert [(each.first, each.second) for each in contacts.duplicates(shop.business.id)] == [(first, second)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pat", "Pat"),
        ("John A Smith", "John B Smith"),
        ("Mr Smith", "Mr Smith"),
        ("John Smith", "John Smith Jr"),
        ("李", "李"),
    ],
)
def test_what_may_be_two_people_is_not_suggested(shop, one: str, other: str) -> None:  # type: ignore[no-untyped-def]
    _contact(shop, one, 171)
    _contact(shop, other, 172)
    assert contacts.duplicates(shop.business.id) == []


def test_name_that_many_have_is_no_sign_of_one_person(shop) -> None:  # type: ignore[no-untyped-def]
    for last in range(171, 171 + contacts.MOST_ALIKE):
        _contact(shop, "Wireless Caller", last)
    assert len(contacts.duplicates(shop.business.id)) == 10
    _contact(shop, "Wireless Caller", 199)
    assert contacts.duplicates(shop.business.id) == []


def test_old_contacts_are_compared_as_well_by_the_index_alone(shop) -> None:  # type: ignore[no-untyped-def]
    first = _contact(shop, "Pat Brien", 171)
    second = _contact(shop, "Brien, Pat", 172)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO contact (business_id, number, name, email, created_at, consent, untextable)"
            " SELECT %s, '+1512' || (2000000 + i), 'Given' || i || ' Family' || i, i || '@a.example', now(), 'none', ''"
            " FROM generate_series(1, 3000) i",
            [shop.business.id],
        )
        cursor.execute("ANALYZE contact")
    assert [(each.first, each.second) for each in contacts.duplicates(shop.business.id)] == [(first, second)]
    with CaptureQueriesContext(connection) as asked:
        contacts.duplicates(shop.business.id)
        contacts.search(shop.business.id, "Łukasz")
    plans = [_plan(query["sql"]) for query in asked.captured_queries]
    assert "Index Only Scan using contact_same_name" in plans[0]
    assert "contact_found" in plans[1]
    assert "Seq Scan on contact c" not in plans[1]


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql)
        return "\n".join(row[0] for row in cursor.fetchall())


def _contact(shop, name: str, last: int) -> int:  # type: ignore[no-untyped-def]
    row = models.Contact.objects.create(
        business=shop.business, name=name, number=f"+15125550{last}", created_at=shop.business.created_at
    )
    return int(row.id)


def test_shared_phone_holds_several_people_and_each_is_found(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    alice.post(f"/contacts/{known['Li']}/people/add", {"name": "Zoe Walker", "note": "daughter"})
    (found,) = contacts.search(shop.business.id, "zoe")
    assert (found.id, found.people) == (known["Li"], "Zoe Walker")
    person = models.ContactPerson.objects.get()
    alice.post(f"/contacts/{known['Kate Miller']}/people/remove", {"person": person.id})
    assert models.ContactPerson.objects.exists(), "Only from the page of their own number."
    alice.post(f"/contacts/{known['Li']}/people/remove", {"person": person.id})
    assert contacts.search(shop.business.id, "zoe") == []


def test_file_is_looked_at_put_right_and_taken_in(shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    content = b"Who,Mobile\nAnn,5125550131\nBen,555\n"
    checking = alice.post("/contacts/import", {"kind": "contacts", "file": SimpleUploadedFile("old.csv", content)})
    at = checking.headers["Location"]
    page = alice.get(at).content.decode()
    assert re.findall(r"<td class=\"num\">(\d+)</td><td>(.*?)</td>", page) == [("3", "Mobile")]
    assert "rows in</button>" not in page
    alice.post(f"{at}/take", {"column-number": "Mobile"})
    assert not models.Contact.objects.exists()

    content = b"Who,Mobile\nAnn,5125550131\nBen,5125550132\n"
    at = alice.post("/contacts/import", {"kind": "contacts", "file": SimpleUploadedFile("new.csv", content)}).headers[
        "Location"
    ]
    page = alice.post(at, {"column-number": "Mobile", "column-name": "Who"}).content.decode()
    assert "2 rows: 2 new, 0 updated." in re.sub("<[^>]*>", "", page)
    assert not models.Contact.objects.exists()
    alice.post(f"{at}/take", {"column-number": "Mobile", "column-name": "Who"})
    assert sorted(models.Contact.objects.values_list("name", flat=True)) == ["Ann", "Ben"]
    assert alice.get(at).status_code == 404, "It is kept no longer than it is needed."


@pytest.mark.parametrize(
    ("kind", "content", "says"),
    [
        ("contacts", b"PK\x03\x04", "This is an Excel file"),
        ("contacts", b"", "This file is empty"),
        ("contacts", b"Maria,(512) 555-1813\nBen,(512) 555-1814\n", "(512) 555-1813 stands in the first row"),
        ("contacts", b"Maria;maria@example.com;512.555.1813\n", "maria@example.com stands in the first row"),
        ("else", b"a,b\n", "Choose what it is, and a file"),
    ],
)
def test_what_cannot_be_taken_in_is_said_at_once(shop, alice: Client, kind: str, content: bytes, says: str) -> None:  # type: ignore[no-untyped-def]
    answer = alice.post("/contacts/import", {"kind": kind, "file": SimpleUploadedFile("a.csv", content)})
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_a_file_of_nothing_but_names_of_columns_says_what_to_do(shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    told = {"kind": "contacts", "file": SimpleUploadedFile("a.csv", b"Phone,Name\n,\n")}
    page = alice.post("/contacts/import", told, follow=True).content.decode()
    assert "Only names of columns stand in this file. Add the rows below them, and choose the file anew." in page
    assert [words in page for words in (">0 rows<", "rows in</button>")] == [False, False]


def test_what_is_wrong_and_what_is_left_out_is_said_in_the_readers_language(shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    models.User.objects.update(language="es")
    content = b"Cell Phone,Name,Notes\n12,Ann,came by\n(512) 555-0199,Bo,\n"
    at = alice.post("/contacts/import", {"kind": "contacts", "file": SimpleUploadedFile("a.csv", content)}).headers[
        "Location"
    ]
    said = html.unescape(alice.get(at).content.decode())
    assert "'12' no es un número de teléfono que exista." in said
    assert "No se toma, porque nada aquí dice qué es: Notes." in said
    said = html.unescape(alice.post(at, {"column-name": "Name"}).content.decode())
    assert "Diga qué columna contiene esto: Número de teléfono." in said
    good = b"Cell Phone,Name\n(512) 555-0199,Bo\n"
    at = alice.post("/contacts/import", {"kind": "contacts", "file": SimpleUploadedFile("b.csv", good)}).headers[
        "Location"
    ]
    alice.post(f"{at}/take", {"column-number": "Cell Phone", "column-name": "Name"})
    assert "Contactos: 1 fila era nueva." in alice.get("/contacts").content.decode()


def test_table_that_was_exported_can_be_opened_safely_and_taken_in_again(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    models.Contact.objects.filter(id=known["Li"]).update(name='=HYPERLINK("http://x")')
    answer = alice.get("/contacts/export/contacts")
    content = b"".join(answer.streaming_content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["Name", "Phone number", "E-mail"]
    assert [row for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert len(rows) == 6
    models.Contact.objects.filter(business=shop.business).delete()
    at = alice.post("/contacts/import", {"kind": "contacts", "file": SimpleUploadedFile("c.csv", content)}).headers[
        "Location"
    ]
    columns = {"column-number": "Phone number", "column-name": "Name", "column-email": "E-mail"}
    alice.post(f"{at}/take", columns)
    assert set(models.Contact.objects.filter(business=shop.business).values_list("number", "name", "email")) == {
        ("+15125550131", "José Núñez", "jose@example.com"),
        ("+15125550132", "Katherine Smyth", ""),
        ("+442079460958", "Kate Miller", "kate@example.com"),
        ("+15125550134", '=HYPERLINK("http://x")', ""),
        ("+18003569377", "Flower Shop", ""),
    }


def test_contacts_that_are_taken_out_come_in_again_without_a_loss(shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    names = ("=1+1", "'=1+1", "-Ann", "@Ben", "+Zoe", "O'Brien, Pat", 'A "B" C', "Łukasz;Żak", "李小龍", "'quoted'", "")
    for last, name in enumerate(names, start=100):
        _contact(shop, name, last)
    models.Contact.objects.filter(name="-Ann").update(email="-ann@example.com")
    shared = models.Contact.objects.get(name="@Ben")
    address_book.add_person(shared.id, "Kim Ortega", "")
    before = _people()
    table = b"".join(alice.get("/contacts/export/contacts").streaming_content)  # type: ignore[attr-defined]
    models.ContactPerson.objects.all().delete()
    models.Contact.objects.filter(business=shop.business).delete()
    file = SimpleUploadedFile("contacts.csv", table, "text/csv")
    check = alice.post("/contacts/import", {"kind": "contacts", "file": file}).headers["Location"]
    taken = alice.post(
        check + "/take", {"column-number": "Phone number", "column-name": "Name", "column-email": "E-mail"}
    )
    assert taken.headers["Location"] == "/contacts"
    assert _people() == before


def test_money_is_shown_as_money_before_it_is_taken_in(shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("money.csv", b"Phone,Amount\n(512) 555-0131,480.50\n", "text/csv")
    check = alice.post("/contacts/import", {"kind": "revenue", "file": file}).headers["Location"]
    page = alice.get(check).content.decode()
    assert "$480.50" in page
    assert "48050" not in page


def _people() -> list[tuple[object, ...]]:
    rows = models.Contact.objects.order_by("number").values_list("number", "name", "email", "people__name")
    return list(rows)


def test_everything_can_be_taken_out_by_who_may(known, shop, alice: Client, bob: Client) -> None:  # type: ignore[no-untyped-def]
    whole = alice.get("/contacts/export")
    assert re.fullmatch(r'attachment; filename="rivera-plumbing-\d{4}-\d\d-\d\d\.zip"', whole["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(b"".join(whole.streaming_content))) as packed:
        assert json.loads(packed.read("manifest.json"))["tables"]["contact"]["rows"] == 5
    one = alice.get(f"/contacts/{known['Li']}/everything")
    with zipfile.ZipFile(io.BytesIO(b"".join(one.streaming_content))) as packed:
        assert b"Smyth" not in packed.read("tables/contact.jsonl")
    assert alice.get("/contacts/export/passwords").status_code == 404
    for address in ("/contacts/export", "/contacts/export/contacts", "/contacts/import"):
        assert bob.get(address).status_code == 404
    assert bob.get("/contacts").status_code == 200


def test_who_is_erased_is_erased_under_every_number(known, shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    actor = Actor(member=models.Member.objects.filter(business=shop.business)[0].id, name="Alice")
    address_book.merge(known["Li"], known["José Núñez"], actor)
    alice.post(f"/contacts/{known['Li']}/erase", {"digits": "9999"})
    assert models.Contact.objects.filter(number="+15125550134").exists()
    alice.post(f"/contacts/{known['Li']}/erase", {"digits": "0134"})
    left = models.Contact.objects.filter(id__in=[known["Li"], known["José Núñez"]])
    assert sorted(left.values_list("name", "email")) == [("", ""), ("", "")]
    assert [number[:6] for number in left.values_list("number", flat=True)] == ["erased", "erased"]


def test_who_was_erased_is_said_to_be_erased(shop, alice: Client) -> None:  # type: ignore[no-untyped-def]
    """Not that they hide their number; and a merge that was theirs is not offered to be taken apart."""
    talk, other = shop.conversation(131, name="Maria"), shop.conversation(132, name="Maria")
    alice.post(f"/contacts/{talk.contact_id}/merge", {"other": other.contact_id})
    alice.post(f"/contacts/{talk.contact_id}/erase", {"digits": "0131"})
    page = alice.get(f"/c/{talk.id}")
    said = ("They were erased: nobody can text or call them any more.", "They hide their number")
    assert [each in page.content.decode() for each in said] == [True, False]
    contact = alice.get(f"/contacts/{talk.contact_id}")
    assert (contact.context["who"], "Not the same person" in contact.content.decode()) == ("Erased", False)


def _rows() -> list[tuple[object, ...]]:
    return list(models.Contact.objects.order_by("id").values_list())


def _says_stop(shop, number: str) -> None:  # type: ignore[no-untyped-def]
    transaction.run(lambda cursor: suppress(cursor, shop.business.id, number, "STOP", clock.now()))


def _stopped() -> set[str]:
    return set(models.Suppression.objects.filter(lifted_at=None).values_list("number", flat=True))


def test_who_is_talked_with_is_named_from_the_conversation(shop, bob: Client) -> None:  # type: ignore[no-untyped-def]
    unnamed, hidden = shop.conversation(131), shop.conversation(132)
    models.Contact.objects.filter(id=hidden.contact_id).update(number="withheld")
    there = re.search(r'id="to-contact" href="([^"]+)"[^>]*>([^<]+)<', bob.get(f"/c/{unnamed.id}").content.decode())
    assert there is not None
    assert there[2] == "Add a name"
    page = bob.get(there[1])
    form = re.search(r'<details class="card" open><summary>Name and address</summary>', page.content.decode())
    assert form is not None
    bob.post(f"/contacts/{unnamed.contact_id}/name", {"name": "Ann Baker"})
    named = bob.get(f"/c/{unnamed.id}").content.decode()
    assert re.findall(r'id="to-contact" href="[^"]+"[^>]*>([^<]+)<', named) == ["Ann Baker"]
    assert "to-contact" not in bob.get(f"/c/{hidden.id}").content.decode()


def test_a_contacts_page_begins_with_what_to_do_next(shop, alice: Client, now) -> None:  # type: ignore[no-untyped-def]
    old = shop.conversation(131, name="Eve", at=now - timedelta(days=9), phase="closed")
    new = shop.conversation(132, at=now)
    models.Conversation.objects.filter(id=old.id).update(ended_at=now)
    models.Conversation.objects.filter(id=new.id).update(contact=old.contact)
    page = alice.get(f"/contacts/{old.contact_id}").content.decode()
    head = page.partition('class="page-head"')[2].partition("</header>")[0]
    assert re.findall(r'<a class="button[^"]*" id="([\w-]+)" href="([^"]+)"', head) == [
        ("contact-call", "tel:+15125550131"),
        ("contact-talk", f"/c/{new.id}"),
    ]
