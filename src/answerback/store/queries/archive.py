"""Which rows are a business's, or one contact's, in every table there is, and how they are read and written as JSON.

A table belongs to a business when a chain of its foreign keys leads there; so a new table is exported without being
named here, and one that no chain reaches must be named in `LEFT_OUT` with the reason (a test holds that). Every
function takes a cursor inside a transaction that `workflow.archives` opened.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from psycopg import sql

from answerback.store import models
from answerback.store.queries.rows import Cursor

Table: TypeAlias = type[Model]

LEFT_OUT = {
    "account": "sign-ins; those of the business's members are written apart, without their passwords",
    "act_once": "keys of acts that must not be done twice, for some days",
    "agency_admin": "who works for an agency; that is the agency's own",
    "agency": "looks after several businesses; the one of this business is written apart",
    "attempt": "counts tries by digests of addresses, for an hour",
    "counted": "counts tries and codes that opened by digests of addresses, for some minutes",
    "monthly_letter": "which agency admins were told of a month; that is the agency's own",
    "push_keys": "the keys this installation signs notifications with; a browser switches them on anew at another one",
    "number_key": "what numbers were digested with before the secret was replaced; they go along with every business",
    "receipt": "the providers' words on texts, written apart by the business's connections",
    "security_event": "requests that were turned away; they are nobody's",
    "sign_in": "open sessions; nobody stays signed in across installations",
    "worker_beat": "which processes of this installation work",
}
"""Tables no foreign key leads from to the business, and why that is right."""

APART = {
    "account": "t.id IN (SELECT user_id FROM member WHERE business_id = %(root)s)",
    "agency": "t.id = (SELECT agency_id FROM business WHERE id = %(root)s)",
    "number_key": "true",
    "receipt": "t.connection_id IN (SELECT id FROM connection WHERE business_id = %(root)s)",
}

BY_NUMBER = ("consent", "suppression", "known_number")
"""What is kept of a number rather than of a contact."""

UNSAID = {"account": ("password", "is_superuser", "last_login")}
"""Columns that leave the installation with nobody."""


def tables() -> list[Table]:
    """Every table of ours, by name."""
    return sorted(apps.get_app_config("store").get_models(), key=name)


def name(table: Table) -> str:
    """The table's name in the database."""
    return table._meta.db_table  # noqa: SLF001  Django's documented name


def columns(table: Table) -> dict[str, str]:
    """The table's columns and their types in the database."""
    from django.db import connection  # noqa: PLC0415  its types depend on the database

    return {column: str(field.db_type(connection)) for column, field in _fields(table).items()}


def of_business(table: Table) -> str | None:
    """The condition on `t` for the rows of one business (`%(root)s`), None where no key leads there."""
    if table is models.Business:
        return "t.id = %(root)s"
    return APART.get(name(table)) or _chain(table, models.Business)


def of_contact(table: Table) -> str | None:
    """The condition on `t` for the rows about one contact (`%(root)s`), None for tables that hold nothing of one."""
    if table is models.Contact:
        return "t.id = %(root)s"
    if name(table) in BY_NUMBER:
        return (
            "(t.business_id, t.number) IN (SELECT business_id, number FROM contact WHERE id = %(root)s)"  # no key leads
        )
    return _chain(table, models.Contact)


def read(cursor: Cursor, table: Table, condition: str, root: int) -> Iterator[bytes]:
    """Its rows, each as a JSON object, in the order of their keys; as many as there are, few in memory."""
    left = "".join(f" - '{column}'" for column in UNSAID.get(name(table), ()))
    row = f"(to_jsonb(t){left})::text" if left else "row_to_json(t)::text"
    key = table._meta.pk.column  # noqa: SLF001
    query = f'SELECT {row} FROM "{name(table)}" t WHERE {condition} ORDER BY t."{key}"'
    for (line,) in cursor.stream(query, {"root": root}):
        yield line.encode()


def write(cursor: Cursor, table: Table, lines: Iterable[bytes], given: Iterable[str]) -> int:
    """Write these rows, which have the columns `given`; a column that is newer gets its default. Returns how many."""
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS coming (n bigserial, line json) ON COMMIT DROP")
    cursor.execute("TRUNCATE coming")
    with cursor.copy("COPY coming (line) FROM STDIN") as copy:
        for line in lines:
            copy.write_row([line.decode()])
    known = set(given)
    fields = _fields(table)
    ours = [column for column in fields if column in known]
    newer = [column for column, field in fields.items() if column not in known and _must_be_said(field)]
    statement = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM coming c, json_populate_record(NULL::{table}, c.line) r "
        "ORDER BY c.n"
    ).format(
        table=sql.Identifier("public", name(table)),  # `line` alone is a type of PostgreSQL
        columns=sql.SQL(", ").join(sql.Identifier(column) for column in ours + newer),
        values=sql.SQL(", ").join(
            [
                *(sql.Identifier("r", column) for column in ours),
                *(sql.Literal(fields[column].get_default()) for column in newer),
            ]
        ),
    )
    cursor.execute(statement)
    return cursor.rowcount


def count_on(cursor: Cursor) -> None:
    """Let the next row of each table be numbered after those that were written with their numbers."""
    for table in tables():
        if table._meta.auto_field:  # noqa: SLF001
            quoted = name(table)
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{quoted}', 'id'), GREATEST(max(id), 1), max(id) IS NOT NULL) "
                f'FROM "{quoted}"'
            )


def let_triggers(cursor: Cursor, *, work: bool) -> None:
    """Whether triggers of ours work: they write down what rows that are only copied have written down already."""
    if work:  # the keys are looked at now, because nothing may be left to look at while a table is altered
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables():
        cursor.execute(f'ALTER TABLE "{name(table)}" {"ENABLE" if work else "DISABLE"} TRIGGER USER')


def keys_to(table: Table, target: str) -> list[str]:
    """The columns of this table that point at rows of `target`."""
    return [key.column for key in _keys(table) if name(key.related_model) == target]


def _chain(table: Table, root: Table, seen: frozenset[str] = frozenset()) -> str | None:
    """The shortest chain of keys from this table to the root, as a condition; keys that are always set come first."""
    keys = sorted(_keys(table), key=lambda key: key.null)
    for key in keys:
        if key.related_model is root:
            return f't."{key.column}" = %(root)s'
    for key in keys:
        parent = key.related_model
        if parent is table or name(parent) in seen | {"account", "agency", "business", "member", "line", "connection"}:
            continue
        if further := _chain(parent, root, seen | {name(table)}):
            return f't."{key.column}" IN (SELECT t."{parent._meta.pk.column}" FROM "{name(parent)}" t WHERE {further})'  # noqa: SLF001
    if root is models.Business:
        for key in keys:
            parent = key.related_model
            if name(parent) in {"member", "line", "connection"} and name(table) not in APART:
                return f't."{key.column}" IN (SELECT id FROM "{name(parent)}" WHERE business_id = %(root)s)'
    return None


def _keys(table: Table) -> "list[ForeignKey[Model, Model]]":
    return [field for field in _fields(table).values() if isinstance(field, ForeignKey)]


def _fields(table: Table) -> "dict[str, Field[object, object]]":
    """The table's columns with what the model says of them."""
    return {str(field.column): field for field in table._meta.concrete_fields}  # noqa: SLF001


def _must_be_said(field: "Field[object, object]") -> bool:
    return not field.null and field.has_default() and not field.has_db_default()
