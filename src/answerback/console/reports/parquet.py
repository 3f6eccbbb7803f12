"""Writes a table as a Parquet file: required and optional columns of five types, one row group, gzip.

The subset of the format (parquet-format 2.12) that an export needs, in the standard library. A test reads it back with
DuckDB. Never here: reading Parquet, nesting, dictionaries, statistics.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

Type = Literal["bool", "int", "text", "date", "moment"]

MAGIC = b"PAR1"
_GZIP, _PLAIN, _RLE, _DATA_PAGE = 2, 0, 3, 0
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, and its values (None where there is none)."""

    name: str
    type: Type
    values: Sequence[Any]


def parquet(columns: Sequence[Column]) -> bytes:
    """The file. Every column must have as many values as the first."""
    body, chunks = MAGIC, []
    rows = len(columns[0].values) if columns else 0
    for column in columns:
        page = _page(column)
        chunks.append(_chunk(column, page, len(body)))
        body += page.bytes
    schema = [_struct((4, "answerback"), (5, len(columns))), *(_schema(column) for column in columns)]
    size = sum(len(chunk) for chunk in chunks)
    group = _struct((1, _List(_STRUCT, chunks)), (2, _Long(size)), (3, _Long(rows)))
    footer = _struct(
        (1, 2), (2, _List(_STRUCT, schema)), (3, _Long(rows)), (4, _List(_STRUCT, [group])), (6, "answerback")
    )
    return body + footer + struct.pack("<I", len(footer)) + MAGIC


# Physical type, and the converted type that says what it means (0 UTF8, 6 DATE, 10 TIMESTAMP_MICROS).
_TYPES: dict[Type, tuple[int, int | None]] = {
    "bool": (0, None),
    "int": (2, None),
    "text": (6, 0),
    "date": (1, 6),
    "moment": (2, 10),
}


def _plain_bools(values: Iterable[bool]) -> bytes:
    bits = "".join("1" if value else "0" for value in values)
    return b"".join(int(bits[at : at + 8][::-1], 2).to_bytes(1) for at in range(0, len(bits), 8))


def _plain_texts(values: Iterable[str]) -> bytes:
    return b"".join(struct.pack("<I", len(raw)) + raw for raw in (value.encode() for value in values))


def _micros(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=at.tzinfo) - (at.utcoffset() or timedelta())) // timedelta(microseconds=1)


_PLAIN_OF: dict[Type, Callable[[list[Any]], bytes]] = {
    "bool": _plain_bools,
    "int": lambda values: struct.pack(f"<{len(values)}q", *values),
    "text": _plain_texts,
    "date": lambda values: struct.pack(f"<{len(values)}i", *((value - _EPOCH).days for value in values)),
    "moment": lambda values: struct.pack(f"<{len(values)}q", *map(_micros, values)),
}


@dataclass(frozen=True, slots=True)
class _Page:
    bytes: bytes
    uncompressed: int


def _page(column: Column) -> _Page:
    """One data page with all values of the column; every column may hold nothing in a row."""
    levels = _levels([value is not None for value in column.values])
    plain = levels + _PLAIN_OF[column.type]([value for value in column.values if value is not None])
    packed = _gzip(plain)
    data = _struct((1, len(column.values)), (2, _PLAIN), (3, _RLE), (4, _RLE))
    header = _struct((1, _DATA_PAGE), (2, len(plain)), (3, len(packed)), (5, _Raw(data)))
    return _Page(header + packed, len(header) + len(plain))


def _levels(there: list[bool]) -> bytes:
    """Which values are there, as runs of one bit (RLE), with the length before."""
    runs, at = b"", 0
    while at < len(there):
        end = at
        while end < len(there) and there[end] == there[at]:
            end += 1
        runs += _varint((end - at) << 1) + bytes([there[at]])
        at = end
    return struct.pack("<I", len(runs)) + runs


def _chunk(column: Column, page: _Page, offset: int) -> bytes:
    physical, _ = _TYPES[column.type]
    meta = _struct(
        (1, physical),
        (2, _List(_I32, [_zigzag(_PLAIN), _zigzag(_RLE)])),
        (3, _List(_BINARY, [_binary(column.name)])),
        (4, _GZIP),
        (5, _Long(len(column.values))),
        (6, _Long(page.uncompressed)),
        (7, _Long(len(page.bytes))),
        (9, _Long(offset)),
    )
    return _struct((2, _Long(offset)), (3, _Raw(meta)))


def _schema(column: Column) -> bytes:
    physical, converted = _TYPES[column.type]
    fields: list[tuple[int, Any]] = [(1, physical), (3, 1), (4, column.name)]
    return _struct(*fields, *([(6, converted)] if converted is not None else []))


# Thrift's compact protocol, as far as the metadata needs it.
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12


@dataclass(frozen=True, slots=True)
class _Long:
    value: int


@dataclass(frozen=True, slots=True)
class _Raw:
    """A struct that is written already."""

    bytes: bytes


@dataclass(frozen=True, slots=True)
class _List:
    type: int
    items: Sequence[bytes]


def _struct(*fields: tuple[int, Any]) -> bytes:
    out, last = b"", 0
    for id, value in fields:
        kind, raw = _field(value)
        out += bytes([(id - last) << 4 | kind]) + raw
        last = id
    return out + b"\0"


def _field(value: Any) -> tuple[int, bytes]:
    match value:
        case _Long():
            return _I64, _zigzag(value.value)
        case _Raw():
            return _STRUCT, value.bytes
        case _List():
            many = len(value.items)
            head = bytes([many << 4 | value.type]) if many < 15 else bytes([0xF0 | value.type]) + _varint(many)
            return _LIST, head + b"".join(value.items)
        case str():
            return _BINARY, _binary(value)
        case _:
            return _I32, _zigzag(value)


def _binary(text: str) -> bytes:
    raw = text.encode()
    return _varint(len(raw)) + raw


def _zigzag(value: int) -> bytes:
    return _varint(value << 1 if value >= 0 else (-value << 1) - 1)


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _gzip(plain: bytes) -> bytes:
    packer = zlib.compressobj(level=6, wbits=31)
    return packer.compress(plain) + packer.flush()
