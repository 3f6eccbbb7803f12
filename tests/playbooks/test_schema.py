"""The published schema is drawn from the classes, and refuses what `load` refuses."""

import json
from dataclasses import fields
from importlib import resources

import jsonschema
import pytest
import yaml

from answerback.engine import playbook as classes
from answerback.store.playbook_file import BadPlaybook, load, pack_text, schema, schema_text
from answerback.store.playbook_keys import KEYS


def test_the_published_schema_is_up_to_date() -> None:
    published = (resources.files("answerback") / "playbooks" / "schema.json").read_text("utf-8")
    assert published == schema_text(), (
        "Draw it anew: python -m answerback.store.playbook_file > src/answerback/playbooks/schema.json"
    )


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_key_is_explained_and_nothing_else() -> None:
    explained = {name: list(keys) for name, keys in KEYS.items()}
    known = {name: sorted(field.name for field in fields(getattr(classes, name))) for name in KEYS}
    assert {name: sorted(keys) for name, keys in explained.items()} == known


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hold_seconds: 15", "hold_secs: 15"),
        ("hold_seconds: 15", "hold_seconds: soon"),
        ("  closed:", "  shut:"),
        ("then: link", "then: shop"),
        ("industry: plumbing", "trade: plumbing"),
        ("answerback: 1", "answerback: 2"),
        ("    minutes: 90", "    minutes: [90]"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    text = pack_text("plumbing").replace(old, new, 1)
    assert text != pack_text("plumbing")
    assert not jsonschema.Draft202012Validator(schema()).is_valid(yaml.safe_load(text))
    with pytest.raises(BadPlaybook):
        load(text, "changed.yaml")


def test_a_wording_may_be_one_text_or_several() -> None:
    one = {"anyOf": [{"type": "string"}, {"minItems": 1, "type": "array", "items": {"type": "string"}}]}
    say = json.loads(schema_text())["$defs"]["Route"]["properties"]["say"]
    assert say["additionalProperties"] == one
