"""No address in what is texted, pushed or mailed has a dot glued to it: phones take it into the link."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from scripts import catalogue

import answerback

HOME = Path(answerback.__file__).parent
GLUED = re.compile(
    r"%\((?:address|url|root|base|here|page)\)s[.,;:!?](?:\s|$)"  # a sentence of ours
    r"|\{\{[^}]*(?:url|link|root|address)[^}]*\}\}[.,;:!?](?:\s|$)"  # a mail of allauth's
    r"|\{(?:address|link|url|root|base|video|BLANK)\}(?:/[\w/{}-]*)?[.,;:!?](?:\s|$)"  # put together
)
SAID_OF_ONE = {
    "It holds the public link shortener {link}, which carriers block.",
    "It holds the unprotected address {link}; use https.",
    "Carriers block texts with the link shortener {link}. Write the whole address instead.",
}
"""What is said of an address that shall not be opened."""


def _sentences() -> Iterator[str]:
    for message in catalogue.read(HOME / "console" / "locale" / "es" / "LC_MESSAGES" / "django.po"):
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        yield from (each for each in (*ids, *said) if each)


def _code(folder: str) -> Iterator[str]:
    """Every string of the code, an f-string with its blanks by the last name they are written with."""
    for path in sorted((HOME / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(
                    str(each.value) if isinstance(each, ast.Constant) else f"{{{_name(each)}}}" for each in node.values
                )


def _name(blank: ast.expr) -> str:
    written = ast.unparse(blank)
    return "BLANK" if "ways_in.root" in written else re.sub(r"[^\w].*", "", written.strip("f'\"{} "))


def _files(folder: str, *kinds: str) -> Iterator[str]:
    for kind in kinds:
        for path in sorted((HOME / folder).rglob(kind)):
            yield from path.read_text(encoding="utf-8").splitlines()


def test_no_sentence_of_ours_ends_an_address_with_a_mark() -> None:
    found = [each for each in _sentences() if GLUED.search(each)]
    assert found == []


def test_no_text_mail_or_playbook_does() -> None:
    code = [each for folder in ("engine", "workflow") for each in _code(folder)]
    mails = [each for each in _files("console/templates", "*.txt") if "{% comment" not in each]
    wordings = list(_files("playbooks", "*.yaml"))
    assert min(len(code), len(mails), len(wordings)) > 40
    found = [each for each in (*code, *mails, *wordings) if GLUED.search(each) and each not in SAID_OF_ONE]
    assert found == []
