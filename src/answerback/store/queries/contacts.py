"""Finds people by any spelling of a number or a name, tells who may be the same, and shows one with all they have.

Searching uses the index `contact_found`: what it holds for each contact `contact_found_by` says. One person may have
several numbers (`contact.merged_into`), and one number several people (`contact_person`).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from answerback.ports import numbers as numbers_written
from answerback.store import models
from answerback.store.queries import names, spelled

ROWS = 50
FEWEST_DIGITS = 4
LONG = 8
MOST_DUPLICATES = 100
CANDIDATES = 400
"""So many of those that match a word half the town is called by are put in order; who is not among them is found by
writing a little more."""
MOST_ALIKE = 5
"""What more contacts than these share is no sign of one person: a common name, or the address of an office."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person in the list. In the order of `_SHOWN`."""

    id: int
    name: str
    number: str
    email: str
    numbers: int
    people: str
    stopped: bool
    conversation: int | None
    last_at: datetime | None
    status: str
    service: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts that may be one person, and what they share: `address` or `name`. In the order of `_PAIRS`."""

    first: int
    first_name: str
    first_number: str
    second: int
    second_name: str
    second_number: str
    shares: str
    value: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of a person, under whichever of their numbers. In the order of `_TALKS`."""

    id: int
    number: str
    opened_at: datetime
    last_at: datetime
    phase: str
    status: str
    service: str
    cents: int


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment of a person. In the order of `_VISITS`."""

    id: int
    starts_at: datetime
    service: str
    status: str
    member: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a person; `merge` is what brought it here, None for the first. In the order of `_NUMBERS`."""

    contact: int
    number: str
    line_type: str
    consent: str
    consent_at: datetime | None
    stopped_at: datetime | None
    evidence: str
    merge: int | None


def newest(business: int, before: int | None = None) -> list[Found]:
    """People of this business, the newest first; with `before` those older than that one. One more than a page."""
    wanted = "k.merged_into_id IS NULL AND k.number NOT LIKE 'erased %%' AND k.number <> 'staff'"  # our own people
    wanted += " AND (%(before)s::bigint IS NULL OR k.id < %(before)s)"
    picked = (
        f"SELECT k.id FROM contact k WHERE k.business_id = %(business)s AND {wanted} ORDER BY k.id DESC LIMIT %(rows)s"
    )
    values = {"business": business, "before": before, "rows": ROWS + 1}
    return [Found(*row) for row in _rows(_SHOWN.format(picked=picked, order="k.id DESC"), values)]


def search(business: int, asked: str) -> list[Found]:
    """People by a number in any spelling or part of it (four digits at least), or by words of a name or address."""
    values: dict[str, Any] = {"business": business, "rows": ROWS + 1}
    digits, words = _asked(asked, business)
    conditions = [_condition(n, spellings, business, values) for n, spellings in enumerate(words)]
    if digits:
        conditions.append(_of_digits(digits, business, values, _named(asked)))
    if "@" in asked:
        conditions = [_at_address(asked.strip(), business, values)]
    if not conditions:
        return []
    every = " AND ".join(conditions)
    by_contact = every.format(f=_BY_CONTACT, number="c.number", mail="c.email", name="c.name")
    picked = f"""
        (SELECT COALESCE(c.merged_into_id, c.id) FROM contact c WHERE {by_contact} AND c.business_id = %(business)s
         AND c.number <> 'staff' LIMIT {CANDIDATES})"""
    if ((words and not digits) or _named(asked)) and "@" not in asked:
        picked += f"""
        UNION (SELECT COALESCE(c.merged_into_id, c.id) FROM contact_person p JOIN contact c ON c.id = p.contact_id
               WHERE {every.format(f=_BY_PERSON, number="c.number", name="p.name")} AND p.business_id = %(business)s
               LIMIT {CANDIDATES})"""
    order = "plain_name(k.name) LIKE %(begin)s DESC, plain_name(k.name), k.id"
    values["begin"] = f"{words[0][0]}%" if words else "%"
    return [Found(*row) for row in _rows(_SHOWN.format(picked=picked, order=order), values)]


def duplicates(business: int) -> list[Pair]:
    """Contacts that share an address or a whole name in any spelling and order, and of whom nobody has said that they
    are two; the first hundred pairs.
    """
    values = {"business": business, "rows": MOST_DUPLICATES, "most": MOST_ALIKE}
    return [Pair(*row) for row in _rows(_PAIRS, values)]


def numbers(contact: int) -> list[Number]:
    """Every number of this person, the first one first."""
    return [Number(*row) for row in _rows(_NUMBERS, {"contact": contact})]


def talks(contact: int) -> list[Talk]:
    """Every conversation of this person, the newest first."""
    return [Talk(*row) for row in _rows(_TALKS, {"contact": contact})]


def visits(contact: int) -> list[Visit]:
    """Every appointment of this person, the newest first."""
    return [Visit(*row) for row in _rows(_VISITS, {"contact": contact})]


def _asked(asked: str, business: int) -> tuple[list[str], list[list[str]]]:
    """The digits a number may hold, and the words that were asked for; few digits are no part of a number.

    What is a whole number is read as one, and looked for as it was typed too: it may be one of another country.
    """
    typed = unicodedata.normalize("NFKC", asked)
    digits = "".join(str(unicodedata.decimal(each)) for each in typed if each.isdecimal())
    if len(digits) >= LONG:  # a whole number as it is dialled at home, with the zero that is not dialled from abroad
        digits = digits.lstrip("0")
    words = names.asked(asked)[:6]
    if any(each.isdecimal() for each in typed) and "@" not in asked:
        home = models.Business.objects.get(id=business).country
        if whole := numbers_written.typed(asked, home):
            return list(dict.fromkeys([whole[1:], *([] if words else [digits])])), []
    return ([digits] if len(digits) >= FEWEST_DIGITS else []), words


def _named(asked: str) -> list[str]:
    """Digits that may stand in a name, as in `Unit 4021`: such as are written beside nothing but spaces."""
    found = [word for word in unicodedata.normalize("NFKC", asked).split() if word.isdecimal() and len(word) < LONG]
    return [names.plain(word)[: names.BEGINNING] for word in found if len(word) > 1]


def _of_digits(digits: list[str], business: int, values: dict[str, Any], named: list[str]) -> str:
    """Any of these digits in a row in a number, or all of `named` as words of the name."""
    each = []
    if named:
        values["named"] = [f"{business}:{word}" for word in named]
        each.append("{f} @> %(named)s::text[]")
    for n, run in enumerate(digits):
        values[f"runs{n}"] = [f"{business}:#{run[at : at + 4]}" for at in range(len(run) - 3)]
        values[f"digits{n}"] = f"%{run}%"
        each.append(f"{{f}} @> %(runs{n})s::text[] AND {{number}} LIKE %(digits{n})s")
    return "(" + " OR ".join(each) + ")"


def _condition(n: int, spellings: list[str], business: int, values: dict[str, Any]) -> str:
    values |= {f"begin{n}": [f"{business}:{word}" for word in spellings], "sounds": f"{business}:~"}
    heard = {f"heard{n}_{m}": word for m, word in enumerate(names.heard(spellings[0]))}
    values |= heard
    # Written out, it is worked out before the plan is made.
    sounds = ", ".join(f"%(sounds)s::text || name_sound(%({each})s::text)" for each in heard)
    ways = [f"{{f}} && (%(begin{n})s::text[] || ARRAY[{sounds}])"]
    for m, each in enumerate(spelled.of(spellings[0])):
        values[f"begin{n}_{m}"] = [f"{business}:{sign}" for sign in each.begins]
        values[f"shape{n}_{m}"] = each.shape
        ways.append(f"(plain_name({{name}}) ~ %(shape{n}_{m})s::text AND {{f}} && %(begin{n}_{m})s::text[])")
    return f"({' OR '.join(ways)})"


def _at_address(address: str, business: int, values: dict[str, Any]) -> str:
    """The beginning of an address; one with a single letter before the @ is found whole."""
    values |= {"of": f"{business}:", "mail": address, "name": address.partition("@")[0]}
    if len(values["name"]) < 2:
        return "lower({mail}) = lower(%(mail)s) AND {mail} <> '' AND c.merged_into_id IS NULL"
    values["mail"] = re.sub(r"([\\%_])", r"\\\1", address) + "%"
    begins = f"ARRAY[%(of)s::text || left(lower(%(name)s), {names.BEGINNING})]"
    return f"{{f}} @> {begins} AND lower({{mail}}) LIKE lower(%(mail)s)"


def _rows(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found


_BY_CONTACT = "contact_found_by(c.business_id, c.number, c.name, c.email)"
_BY_PERSON = "contact_found_by(p.business_id, '', p.name, '')"

_SHOWN = """
SELECT k.id, k.name, k.number, k.email, 1 + (SELECT count(*) FROM contact m WHERE m.merged_into_id = k.id),
    COALESCE((SELECT string_agg(p.name, ', ' ORDER BY p.id) FROM contact_person p WHERE p.contact_id = k.id), ''),
    EXISTS (SELECT 1 FROM suppression s
            WHERE s.business_id = k.business_id AND s.number = k.number AND s.lifted_at IS NULL),
    t.id, t.last_at, COALESCE(t.status, ''), COALESCE(t.service, '')
FROM (SELECT * FROM contact k WHERE k.id IN ({picked}) ORDER BY {order} LIMIT %(rows)s) k
LEFT JOIN LATERAL (
    SELECT v.id, v.last_at, l.status, l.service FROM conversation v LEFT JOIN lead l ON l.conversation_id = v.id
    WHERE v.contact_id = ANY(k.id || ARRAY(SELECT m.id FROM contact m WHERE m.merged_into_id = k.id))
    ORDER BY v.last_at DESC LIMIT 1) t ON true
ORDER BY {order}
"""

# Which names and addresses there are more than once an index tells by itself, once and for all: without MATERIALIZED
# PostgreSQL, which cannot know how rare they are, may ask again for each contact. Whose they are is asked of these few:
# a list for each of the many that one contact alone has takes longer than counting them. Only the hundred shown are
# looked up.
_SAME = """
SELECT '{shares}' AS shares, several.value,
    ARRAY(SELECT k.id FROM contact k WHERE {theirs} AND {what} = several.value) AS ids
FROM (SELECT {what} AS value FROM contact k WHERE {theirs}
      GROUP BY {what} HAVING count(*) BETWEEN 2 AND %(most)s) several
"""
_ADDRESSES = "k.business_id = %(business)s AND k.merged_into_id IS NULL AND k.email <> ''"
_NAMES = "k.business_id = %(business)s AND k.merged_into_id IS NULL AND same_name(k.name) IS NOT NULL"
_SAME_ADDRESS = _SAME.format(shares="address", what="lower(k.email)", theirs=_ADDRESSES)
_SAME_NAME = _SAME.format(shares="name", what="same_name(k.name)", theirs=_NAMES)

_PAIRS = f"""
WITH same AS MATERIALIZED ({_SAME_ADDRESS} UNION ALL {_SAME_NAME}),
pair AS MATERIALIZED (
    SELECT DISTINCT ON (f.id, o.id) f.id AS first, o.id AS second, s.shares, s.value
    FROM same s CROSS JOIN unnest(s.ids) f (id) JOIN unnest(s.ids) o (id) ON o.id > f.id
    WHERE NOT EXISTS (SELECT 1 FROM contact_apart x WHERE x.first_id = f.id AND x.second_id = o.id)
    ORDER BY f.id, o.id, s.shares LIMIT %(rows)s)
SELECT a.id, a.name, a.number, b.id, b.name, b.number, p.shares, CASE p.shares WHEN 'name' THEN a.name ELSE p.value END
FROM pair p JOIN contact a ON a.id = p.first JOIN contact b ON b.id = p.second
ORDER BY a.id, b.id
"""

_THEIRS = "(k.id = %(contact)s OR k.merged_into_id = %(contact)s)"

_NUMBERS = f"""
SELECT k.id, k.number, COALESCE(k.line_type, ''), k.consent, k.consent_at, s.at, COALESCE(s.evidence, ''), m.id
FROM contact k
LEFT JOIN suppression s ON s.business_id = k.business_id AND s.number = k.number AND s.lifted_at IS NULL
LEFT JOIN contact_merge m ON m.gone_id = k.id AND m.undone_at IS NULL
WHERE {_THEIRS} ORDER BY k.merged_into_id NULLS FIRST, k.id
"""

_TALKS = f"""
SELECT v.id, k.number, v.opened_at, v.last_at, v.phase, COALESCE(l.status, ''), COALESCE(l.service, ''),
    COALESCE((SELECT sum(r.cents) FROM revenue_entry r WHERE r.lead_id = l.id), 0)
FROM contact k JOIN conversation v ON v.contact_id = k.id LEFT JOIN lead l ON l.conversation_id = v.id
WHERE {_THEIRS} ORDER BY v.last_at DESC, v.id DESC LIMIT 100
"""

_VISITS = f"""
SELECT a.id, lower(a.during), a.service, a.status, n.name
FROM contact k JOIN appointment a ON a.contact_id = k.id JOIN member n ON n.id = a.member_id
WHERE {_THEIRS} AND a.status <> 'held' ORDER BY lower(a.during) DESC LIMIT 50
"""
