"""Fills a database with years of a large business: contacts, calls, texts, reasons, to-dos, appointments and money.

Set-based SQL, a share of the leads a statement, so that 100,000 leads with 2 million texts take some minutes of one
core. What a row says follows from its number alone: two runs make the same database.
"""

import gzip
import sys
import time as stopwatch
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from answerback.store import models, storyboard_file
from answerback.store.playbook_file import pack_text
from answerback.store.queries import rollup
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import seal
from answerback.testing import each_table
from answerback.workflow import clock, people, setup, transaction

YEARS = timedelta(days=730)
AT_ONCE = 5_000
SHOPS = 100
ADMIN, TECHNICIAN = "kim@example.com", "technician@example.com"
PEOPLE = 8
"""Members of each business; appointments are spread over them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much: leads, and how many texts each of them has on average."""

    leads: int
    texts_each: int


def open_business(name: str, phone: str, email: str) -> models.Business:
    """A business that is set up, with three lines, an owner who signs in with `email`, and people to book."""
    business = setup.open_business(
        setup.NewBusiness(name=name, zone="America/Chicago", phone=phone, playbook=pack_text("plumbing"))
    )
    account = setup.connect(business.id, "simulator", "Pretend", {})
    for number, source in enumerate(("Website", "Google listing", "Trucks")):
        setup.add_line(business.id, account.id, f"{phone[:-1]}{number}", source)
    owner = models.User.objects.filter(email=email).first() or models.User.objects.create_user(email, name="Dana")
    models.Member.objects.create(business=business, user=owner, name="Dana Rivera", role="owner")
    for number in range(1, PEOPLE):
        setup.add_member(business.id, f"Person {number}", "technician" if number % 2 else "desk")
    return business


def fill(business: int, size: Size, now: datetime, *, quiet: bool = False) -> None:
    """Give the business this many leads, the oldest two years before `now`, and add its days up."""
    began = stopwatch.perf_counter()
    values: dict[str, int | datetime] = {
        "b": business, "n": size.leads, "now": now, "since": now - YEARS, "each": size.texts_each
    }  # fmt: skip
    for start in range(0, size.leads, AT_ONCE):
        end = min(start + AT_ONCE, size.leads)
        share = values | {"start": start, "end": end - 1}
        with connection.cursor() as cursor:
            for statement in (_TALKS, _TEXTS, _LEDGER, _REASONS):
                cursor.execute(statement, share)
        if not quiet:
            sys.stdout.write(f"\r{end:,} leads in {stopwatch.perf_counter() - began:.0f} s ")
            sys.stdout.flush()
    with connection.cursor() as cursor:
        for statement in (_WORK, _PAGES, _MONEY, _APPOINTMENTS, _NOTES, _STOPS, _LOOKS, _MEASURES):
            cursor.execute(statement, values)
    add_up([business])
    if not quiet:
        sys.stdout.write(f"\r{size.leads:,} leads in {stopwatch.perf_counter() - began:.0f} s\n")


def add_up(businesses: list[int]) -> None:
    """Add up every day that has measured leads, by the product's own statement."""

    def work(cursor: Cursor) -> None:
        days = models.LeadMeasure.objects.filter(business_id__in=businesses).values_list("business_id", "day")
        rollup.make(cursor, set(days.distinct()))
        for business in businesses:
            cursor.execute("INSERT INTO measured_up_to (business_id, at) VALUES (%s, %s)", [business, clock.now()])

    transaction.run(work)


def one_each(business: int, var: Path, now: datetime, shops: int = SHOPS) -> None:
    """A row of the business in every table that has none, so that every address shows something; and an agency of so
    many shops whose admin signs in with `ADMIN`. Ids are those of the first business.
    """
    each_table.fill(each_table.tables(), business, "Ordinary", now)
    for table in each_table.tables():
        if any(each.name == "id" for each in table._meta.concrete_fields):  # noqa: SLF001
            with connection.cursor() as cursor:  # the next row has the next number
                name = table._meta.db_table  # noqa: SLF001
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
        if any(each.name == "sealed" for each in table._meta.concrete_fields):  # noqa: SLF001  Django's
            table.objects.update(sealed=seal({"world": str(var / "phones"), "secret": "it", "private": "it"}))
    _stands(business, now)
    agency = models.Agency.objects.order_by("id")[0]
    models.Business.objects.update(agency=agency)
    for number in range(shops):
        shop = open_business(f"Shop {number}", f"+1512556{number:03}0", f"shop{number}@example.com")
        fill(shop.id, Size(leads=20, texts_each=4), now, quiet=True)
    models.Business.objects.update(agency=agency)
    admin = models.User.objects.create_user(ADMIN, name="Kim")
    people.add_agency_admin(agency.id, admin.id, "Kim")
    technician = models.Member.objects.filter(business=business, role="technician").order_by("id")[0]
    user = models.User.objects.create_user(TECHNICIAN, name=technician.name)
    models.Member.objects.filter(id=technician.id).update(user=user)


def _stands(business: int, now: datetime) -> None:
    """What was taken out stands again, the video can be watched, and of two tables one is taken in and one is not."""
    drawn = storyboard_file.starters()[0].storyboards["en"]
    models.Target.objects.update(removed_at=None)
    models.Notice.objects.update(status="sent", body="{}")
    body = storyboard_file.encode(drawn)
    models.Video.objects.update(removed_at=None, made_by="studio", kind=drawn.kind, storyboard=body)
    models.VideoFile.objects.update(role="vertical")
    models.Release.objects.update(withdrawn_at=None)
    table = gzip.compress(b"name,phone\nMaria Lopez,+15125550177\n")
    models.Upload.objects.update(kind="contacts", content=table, state="", at=now)
    models.Upload.objects.create(
        business_id=business, member_id=models.Member.objects.filter(business=business).order_by("id")[0].id,
        kind="contacts", name="old.csv", content=table, at=now, state="done",
    )  # fmt: skip


def settle() -> None:
    """What PostgreSQL does by itself in time: write hint bits, mark pages all visible, count what is there."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


# `i` numbers the leads from the oldest, `r` from the newest; `h` is chance, 0 to 1023, that is the same in every run.
_NUMBERED = """
n AS (
    SELECT i, %(n)s - 1 - i AS r, hashint8(i) & 1023 AS h,
           %(since)s::timestamptz + i * ((%(now)s::timestamptz - interval '40 minutes' - %(since)s::timestamptz)
                                         / %(n)s) AS at
    FROM generate_series(%(start)s, %(end)s) i)"""

_TALKS = f"""
WITH {_NUMBERED},
k AS (
    INSERT INTO contact (business_id, number, name, email, created_at, consent, consent_at)
    SELECT %(b)s, '+1915' || lpad(i::text, 7, '0'),
           CASE WHEN h %% 5 < 4 THEN
             (ARRAY['Maria','James','Linda','Robert','Patricia','John','Jennifer','Michael','Elizabeth','David','Sofia',
                    'William','Barbara','Richard','Susan','José','Jessica','Thomas','Sarah','Carlos','Karen','Ana',
                    'Nancy','Daniel','Lisa','Matthew','Betty','Anthony','Lucía','Mark'])[1 + (h * 7 + i) %% 30] || ' '
             || (ARRAY['Smith','Johnson','Williams','Brown','Jones','Garcia','Miller','Davis','Rodriguez','Martinez',
                       'Hernandez','Lopez','Gonzalez','Wilson','Anderson','Thomas','Taylor','Moore','Jackson','Martin',
                       'Lee','Perez','Thompson','White','Harris','Sanchez','Clark','Ramirez','Lewis','Robinson',
                       'Walker','Young','Allen','King','Wright','Scott','Torres','Nguyen','Hill','Flores','Green',
                       'Adams','Nelson','Baker','Hall'])[1 + (h * 3 + i / 7) %% 45] || CASE WHEN i %% 3 = 0 THEN '' ELSE
             '-' || (ARRAY['Ortiz','Cole','Fox','Reyes','West','Ford','Cruz'])[1 + i %% 7] END ELSE '' END,
           CASE WHEN h %% 3 = 0 THEN 'customer' || i || '@example.com' ELSE '' END, at, 'inquiry', at
    FROM n RETURNING id, number)
INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, phase, epoch, opened_at, last_at, ended_at,
    stuck, held_by_id, assigned_to_id, state)
SELECT %(b)s, k.id, (SELECT id FROM line WHERE business_id = %(b)s ORDER BY id OFFSET i %% 3 LIMIT 1),
       (SELECT playbook_id FROM business WHERE id = %(b)s),
       CASE WHEN r >= 600 THEN 'closed' WHEN r < 80 THEN 'human' WHEN r < 250 THEN 'learning'
            WHEN r < 400 THEN 'offered' ELSE 'resting' END,
       0, at, at + interval '30 minutes', CASE WHEN r >= 600 THEN at + interval '30 minutes' END, 0,
       CASE WHEN r < 80 THEN (SELECT min(id) FROM member WHERE business_id = %(b)s) + r %% 3 END,
       CASE WHEN h BETWEEN 150 AND 249 THEN (SELECT min(id) FROM member WHERE business_id = %(b)s) + h %% 8 END,
       CASE WHEN h %% 40 = 9 THEN jsonb_build_object('noise', jsonb_build_array('call-' || i)) ELSE
       jsonb_build_object('judged', jsonb_build_array('call-' || i)) || CASE WHEN h %% 4 = 0 THEN '{{}}' ELSE
           jsonb_build_object('misses', jsonb_build_array(jsonb_build_object('call', 'call-' || i, 'at', at, 'line', '',
               'reason', (ARRAY['no_answer', 'busy', 'after_hours', 'abandoned'])[1 + h %% 4]))) END END
FROM n JOIN k ON k.number = '+1915' || lpad(i::text, 7, '0')
"""

_OF_TALKS = f"""
WITH {_NUMBERED},
c AS (
    SELECT n.*, c.id, c.contact_id, c.line_id, k.number FROM n
    JOIN contact k ON k.business_id = %(b)s AND k.number = '+1915' || lpad(i::text, 7, '0')
    JOIN conversation c ON c.contact_id = k.id)"""

# The texts of a conversation take half an hour; the newest forty end with the customer's word.
_TEXTS = f"""
{_OF_TALKS}
INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class, body,
                     status, epoch, priority, attempt, failure, detail, created_at, sent_at, delivered_at)
SELECT %(b)s, id, contact_id, line_id, author, CASE WHEN author = 'customer' THEN '' ELSE number END, 'text:' || g,
       CASE WHEN author = 'machine' THEN 'question' ELSE '' END, 'reply',
       (ARRAY['Hi, it is Rivera Plumbing. Sorry we missed your call. What can we help with?',
              'My water heater is leaking from the bottom and the floor is wet already.',
              'Thank you. Is it urgent, or can it wait until tomorrow?',
              'Tomorrow morning is fine, any time after nine.',
              'Which city are you in?', 'Round Rock, close to the old mill. There is a green gate.',
              'You can choose a time here: https://example.com/b/AbCdEf123', 'Great, booked it. See you then!'
       ])[1 + g %% 8],
       CASE WHEN author = 'customer' THEN 'received' WHEN (h + g) %% 97 = 0 THEN 'undelivered' ELSE 'delivered' END,
       0, 1, 1, '', '', at + g * (interval '29 minutes' / most), at + g * (interval '29 minutes' / most), at
FROM (
    SELECT c.*, g, %(each)s / 2 + h %% (%(each)s + 1) AS most,
           CASE WHEN g %% 2 = 0 OR (r < 40 AND g = %(each)s / 2 + h %% (%(each)s + 1)) THEN 'customer'
                WHEN g > 12 THEN 'staff' ELSE 'machine' END AS author
    FROM c CROSS JOIN LATERAL generate_series(1, %(each)s / 2 + h %% (%(each)s + 1)) g) c
"""

_LEDGER = f"""
{_OF_TALKS}
INSERT INTO event (business_id, conversation_id, kind, at, due_at, handled_at, body)
SELECT %(b)s, id, kind, at, CASE WHEN kind = 'TimerDue' THEN %(now)s::timestamptz + interval '2 hours' ELSE at END,
       CASE WHEN kind <> 'TimerDue' THEN at END,
       CASE kind WHEN 'TimerDue' THEN jsonb_build_object('at', at, 'timer', 'nudge', 'number', 1)
            WHEN 'TextReceived' THEN jsonb_build_object('at', at, 'line', '', 'text', 'Tomorrow morning is fine.')
            ELSE jsonb_build_object('at', at, 'call', 'call-' || i, 'line', '', 'outcome', 'no_answer',
                                    'rang_seconds', 20) END
FROM c CROSS JOIN LATERAL (
    SELECT 'CallEnded' AS kind UNION ALL SELECT 'TextReceived' FROM generate_series(1, 4)
    UNION ALL SELECT 'TimerDue' WHERE r BETWEEN 80 AND 250) e
"""

_REASONS = f"""
{_OF_TALKS}, d AS (
    INSERT INTO decision_receipt (business_id, conversation_id, at, rule, verdict, why, guards, would_change, text)
    SELECT %(b)s, id, at, CASE WHEN g = 0 AND h %% 40 = 9 THEN 'call.noise' ELSE 'first_text' END, 'sent',
           'Nobody answered the call.',
           '[{{"name": "quiet_hours", "passed": true, "evidence": "It is 10:04 there."}}]', 'An answered call.',
           'text:' || g * 2 + 1
    FROM c, generate_series(0, 4) g),
l AS (
    INSERT INTO lead (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason,
        priority, answers, next_step, next_step_at, owner_id, value_cents, created_at, updated_at)
    SELECT %(b)s, contact_id, id, line_id,
           CASE WHEN r < 30 THEN 'new' WHEN r < 600 THEN (ARRAY['contacted', 'qualified', 'booked', 'contacted'])
               [1 + h %% 4]
               WHEN h < 450 THEN 'lost' WHEN h < 750 THEN 'won' WHEN h < 800 THEN 'not_served'
               WHEN h < 960 THEN 'contacted' ELSE 'qualified' END,
           (ARRAY['water_heater', 'drain', 'leak', 'toilet', 'sewer', ''])[1 + h %% 6],
           (ARRAY['soon', 'can_wait', 'unknown', 'emergency'])[1 + h %% 4],
           (ARRAY['no_answer', 'busy', 'after_hours', 'abandoned'])[1 + h %% 4], 0,
           '{{"area": "Round Rock", "urgency": "soon"}}', 'Call them back', at + interval '1 day',
           CASE WHEN h < 200 THEN (SELECT min(id) FROM member WHERE business_id = %(b)s) + h %% 8 END,
           CASE WHEN h %% 3 = 0 THEN h * 100 END, at, at + interval '30 minutes'
    FROM c RETURNING id, contact_id, created_at)
INSERT INTO consent (business_id, number, at, state, source, evidence, disclosure)
SELECT %(b)s, k.number, l.created_at, 'inquiry', 'call', 'They called.', ''
FROM l JOIN contact k ON k.id = l.contact_id
"""

_LEADS = """
SELECT l.*, row_number() OVER (ORDER BY l.id DESC) - 1 AS r, hashint8(l.id) & 1023 AS h FROM lead l
WHERE l.business_id = %(b)s"""

_WORK = f"""
INSERT INTO todo (business_id, conversation_id, key, kind, title, urgent, due_at, opened_at, team, closed_at, outcome)
SELECT %(b)s, conversation_id, 'callback', 'callback', 'Call back about the water heater', h < 40,
       created_at + interval '2 hours', created_at, 'desk', CASE WHEN r >= 600 THEN created_at + interval '3 hours' END,
       CASE WHEN r >= 600 THEN 'reached' ELSE '' END
FROM ({_LEADS}) l WHERE h < 300
"""

_PAGES = f"""
INSERT INTO page (business_id, conversation_id, key, reason, summary, opened_at, next_at, taken_at, taken_by_id)
SELECT %(b)s, conversation_id, 'page', 'urgent', 'Water everywhere', created_at,
       CASE WHEN r < 300 THEN %(now)s::timestamptz + interval '1 hour' END,
       CASE WHEN r >= 300 THEN created_at + interval '3 minutes' END,
       CASE WHEN r >= 300 THEN (SELECT min(id) FROM member WHERE business_id = %(b)s) END
FROM ({_LEADS}) l WHERE h < 12
"""

_MONEY = f"""
INSERT INTO revenue_entry (business_id, lead_id, cents, currency, at, member_id, evidence, job, round)
SELECT %(b)s, id, 10000 + h * 90, 'USD', created_at + interval '3 days',
       (SELECT min(id) FROM member WHERE business_id = %(b)s), 'Invoice', 'J-' || id, 0
FROM ({_LEADS}) l WHERE status = 'won'
"""

# Five a day for each member, the last ones two weeks from now.
_APPOINTMENTS = f"""
INSERT INTO appointment (business_id, member_id, conversation_id, contact_id, during, blocked, service, status, name,
                         address, area, notes, created_at, updated_at, version)
SELECT %(b)s, (SELECT min(id) FROM member WHERE business_id = %(b)s) + turn %% {PEOPLE}, conversation_id, contact_id,
       tstzrange(start, start + interval '1 hour'), tstzrange(start, start + interval '1 hour'), service,
       CASE WHEN start < %(now)s THEN 'done' ELSE 'booked' END, '', '1 Mill Road', 'Round Rock', '', created_at,
       created_at, 1
FROM (
    SELECT b.*, date_trunc('day', %(now)s::timestamptz, 'America/Chicago') + interval '14 days 8 hours'
                - (turn / ({PEOPLE} * 5)) * interval '1 day' + (turn / {PEOPLE} %% 5) * interval '2 hours' AS start
    FROM (SELECT l.*, row_number() OVER (ORDER BY id DESC) - 1 AS turn FROM ({_LEADS}) l
          WHERE status IN ('won', 'booked')) b) a
"""

_NOTES = f"""
INSERT INTO note (business_id, conversation_id, member_id, kind, body, at)
SELECT %(b)s, conversation_id, (SELECT min(id) FROM member WHERE business_id = %(b)s), 'note', 'Has a dog.', created_at
FROM ({_LEADS}) l WHERE h < 200
"""

_STOPS = """
INSERT INTO suppression (business_id, number, at, evidence, lifted_by)
SELECT %(b)s, number, created_at, 'They texted STOP.', '' FROM contact
WHERE business_id = %(b)s AND hashint8(id) & 63 = 0
"""

_LOOKS = f"""
INSERT INTO audit_entry (business_id, name, at, act, what, subject, seen_as)
SELECT %(b)s, 'Dana Rivera', created_at, 'looked', 'conversation', conversation_id, '' FROM ({_LEADS}) l
"""

MEASURED = """
INSERT INTO lead_measure (lead_id, business_id, version, began_at, day, hour, line_id, service, reason, language,
    excluded, calls, texted, response_seconds, replied, qualified, qualified_by_label, booked, booked_by_label, stands,
    attended, callbacks_owed, callbacks_made, sold, sold_by_label, relabelled, lost_reason, recovered, not_ours,
    taken_back, member_id)
SELECT id, %(b)s, 2, created_at, (created_at AT TIME ZONE 'America/Chicago')::date,
       (EXTRACT(isodow FROM created_at AT TIME ZONE 'America/Chicago') - 1) * 24
           + EXTRACT(hour FROM created_at AT TIME ZONE 'America/Chicago'),
       line_id, (ARRAY['water_heater', 'drain', 'leak', 'toilet', 'sewer', ''])[1 + h %% 6],
       (ARRAY['no_answer', 'busy', 'after_hours', 'abandoned', 'voicemail'])[1 + h %% 5],
       (ARRAY['en', 'en', 'en', 'es'])[1 + h %% 4], CASE WHEN h < 40 THEN 'vendor' ELSE '' END, 1 + (h %% 9 = 0)::int,
       h > 60, CASE WHEN h > 60 THEN 18 + h %% 30 + CASE WHEN h %% 17 = 0 THEN h * 9 ELSE 0 END END, h > 400, h > 500,
       false, h > 600, false, h > 640, h > 700, (h %% 5 = 0)::int, (h %% 10 = 0)::int, h > 760, false, h %% 50 = 0,
       CASE WHEN h %% 7 = 0 THEN 'price' ELSE '' END, CASE WHEN h > 760 THEN h * 40 ELSE 0 END, 0, 0,
       (SELECT id FROM member WHERE business_id = %(b)s LIMIT 1)
FROM l
"""
"""Measures the leads of `l`, each by the chance `h` it has, 0 to 1023."""

_MEASURES = f"""
WITH l AS (SELECT id, line_id, created_at, h FROM ({_LEADS}) l)
{MEASURED}
"""
