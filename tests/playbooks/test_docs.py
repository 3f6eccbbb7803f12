"""The owner's page names every key and every blank there is, and its examples are read as they stand."""

import re
from pathlib import Path

import pytest
import yaml

from answerback.engine.playbook import BLANKS
from answerback.store.playbook_keys import KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "playbooks.md").read_text("utf-8")


@pytest.mark.parametrize("name", KEYS)
def test_every_key_stands_in_a_table_with_its_meaning(name: str) -> None:
    rows = {row.replace(" *", "") for row in re.findall(r"^\| (`\w+`(?: \*)? \| [^|]+) \|", PAGE, re.MULTILINE)}
    assert [key for key, meaning in KEYS[name].items() if f"`{key}` | {meaning}" not in rows] == []


def test_every_blank_is_explained() -> None:
    assert re.findall(r"^\| `\{(\w+)\}` \|", PAGE, re.MULTILINE) == list(BLANKS)


def test_the_examples_are_yaml() -> None:
    blocks = re.findall(r"\n\n((?:    (?:- id|services|thanks).*\n)(?:    .*\n)*)", PAGE)
    assert [type(yaml.safe_load(re.sub(r"^    ", "", block, flags=re.MULTILINE))).__name__ for block in blocks] == [
        "dict",
        "list",
        "dict",
    ]
