"""Writes the API's description anew, where it is checked in: `python -m answerback.testing.api_description`."""

import json
import os
import sys

import django

from answerback.api.described import FILE


def main() -> None:
    """Write the description; no database is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerback.server.settings")
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/none")
    django.setup()
    FILE.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{FILE}\n")


def written() -> str:
    """The description as its file holds it."""
    from answerback.api.v1 import api  # noqa: PLC0415  needs Django set up

    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
