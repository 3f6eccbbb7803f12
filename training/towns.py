"""Writes `data/towns.bin`: postal codes, towns and time zones of the United States, from the package `zipcodes` (MIT).

    uv run --no-project --with zipcodes==3.0.0 python training/towns.py

The package itself would cost every process 38 MB and 0.3 s for a table that changes by a few codes a month
(docs/decisions/0031-postal-codes-are-baked-in.md).
"""

import lzma
from pathlib import Path

import zipcodes  # type: ignore[import-not-found]  # only where this is run

FILE = Path(__file__).parent.parent / "src" / "answerback" / "understanding" / "data" / "towns.bin"


def main() -> None:
    """Read the package and write the table."""
    rows = sorted({row["zip_code"]: row for row in zipcodes.list_all() if row["active"]}.items())
    towns = sorted({row["city"] for _, row in rows})
    zones = sorted({row["timezone"] or "" for _, row in rows})
    codes = "".join(code for code, _ in rows)
    town_of = b"".join(towns.index(row["city"]).to_bytes(2, "big") for _, row in rows)
    zone_of = bytes(zones.index(row["timezone"] or "") for _, row in rows)
    head = "\n".join((str(len(rows)), "\t".join(zones), "\t".join(towns), codes)) + "\n"
    FILE.write_bytes(lzma.compress(head.encode() + town_of + zone_of))
    print(f"{len(rows)} codes, {len(towns)} towns, {len(zones)} zones, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
