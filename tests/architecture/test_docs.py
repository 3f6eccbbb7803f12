"""The pages say what is true: names exist, links lead somewhere, drawings are the code's, words are the glossary's."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import answerback
from answerback.engine import guards
from answerback.engine.rules import Settings
from answerback.testing import drawings

SOURCE = Path(answerback.__file__).parent
ROOT = SOURCE.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))

OUR_OWN_VARIABLES = {"ANSWERBACK_PARENT"}
"""Set by our processes for those they start; nobody sets it by hand."""

OTHER_WORDS = {
    "adapters.simulator.webhooks.Webhook": "what the pretend phone system sends; a hook is where we take it",
    "adapters.simulator.webhooks.Webhooks": "as above",
    "adapters.signalwire.phone.SignalWirePhone": "the provider's name",
    "adapters.twiml_family.fields.Fields": "the fields of Twilio's form",
    "adapters.twiml_family.rest.Account": "Twilio's own word for what the keys open",
    "adapters.webhook.hooks.WebhookHooks": "the provider's name; a webhook is what a program of the business's sends",
    "adapters.webhook.phone.WebhookPhone": "as above",
    "engine.reading.Slots": "slots in the glossary's sense: what we want to learn",
    "ports.crm.Field": "a field of a CRM's record; a slot is something we want to learn",
    "api.crm.CrmField": "as above",
    "api.crm.FieldChoice": "as above",
    "store.models.desk.SavedView": "a filter of the board kept under a name; not somebody who watched a video",
    "store.sessions.SessionStore": "Django looks for a class of this name",
    "store.management.commands.migrate.Command": "Django looks for a class of this name",
    "server.embedded_account.Account": "an account of the operating system",
    "adapters.programs.post.StandardWebhooks": "the name of the specification",
    "api.webhooks.WebhookMade": "what programs' people call a target",
    "api.webhooks.WebhookWanted": "as above",
    "store.queries.told.targets.Webhook": "as above",
    "store.models.rules.PlaybookVersion": "the glossary's word; only an epoch is not a version",
    "store.queries.told.setup.PlaybookVersion": "as above, told to programs",
    "store.models.tenancy.Accounts": "Django's accounts, the sign-ins of people",
    "testing.pretend_account.PretendAccount": "what the keys of a pretend Twilio open",
    "testing.machine_account.Account": "an account of what happened, which the machine is held to",
    "workflow.directory.Account": "an account at a provider, with its lines; not the tenant",
    "workflow.queue.TaskRunner": "runs tasks in the glossary's sense: Procrastinate's",
    "workflow.together._Ticket": "a place in the line of those who wait for a commit",
}
"""Classes that are called by a word the glossary gives up, each with the reason."""


def test_names_of_the_code_on_every_page_exist() -> None:
    named = {(page.name, name) for page in PAGES for name in re.findall(r"`(answerback(?:\.\w+)+)`", _text(page))}
    groups = set(_entry_points())
    assert sorted((page, name) for page, name in named if name not in groups and not _exists(name)) == []


def test_imports_shown_on_pages_work() -> None:
    shown = [(page.name, line) for page in PAGES for line in re.findall(r"(?m)^ *(from answerback.*)$", _text(page))]
    assert [(page, line) for page, line in shown if not _imports(line)] == []
    assert len(shown) > 3


def test_drawings_are_those_of_the_code() -> None:
    stale = [page.name for page in PAGES if drawings.redrawn(_text(page)) != _text(page)]
    assert stale == [], "Draw them anew: .venv/bin/python -m answerback.testing.drawings docs"
    drawn = [name for page in PAGES for name in drawings.drawings_in(_text(page))]
    assert sorted(drawn) == sorted(drawings.DRAWINGS), "Each drawing stands on one page."


def test_stale_drawing_is_found() -> None:
    page = "before <!-- drawn: phases -->\n| old |\n<!-- end --> after"
    drawn = drawings.redrawn(page)
    assert drawn == f"before <!-- drawn: phases -->\n\n{drawings.phases()}\n\n<!-- end --> after"
    with pytest.raises(KeyError):
        drawings.redrawn("<!-- drawn: nothing-we-know -->\n<!-- end -->")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert list(_broken_links(page)) == []


def test_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("## What is `known`, now\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md) [b](gone.md) [c](there.md#what-is-known-now) [d](there.md#else) [e](https://x.org) [f](#no)",
        encoding="utf-8",
    )
    assert list(_broken_links(page)) == ["gone.md", "there.md#else", "#no"]


def test_files_named_on_pages_exist() -> None:
    named = {name for page in PAGES for name in re.findall(r"\b((?:tests|src|docs|scripts)/[\w./-]*\w)", _text(page))}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_variables_are_those_of_the_settings_page() -> None:
    variable = re.compile(r"\b(?:ANSWERBACK_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b")
    read = {name for path in SOURCE.rglob("*.py") for name in variable.findall(_text(path))} - OUR_OWN_VARIABLES
    assert set(variable.findall(_read("docs/settings.md"))) == read


def test_sending_rules_name_every_guard_and_setting() -> None:
    page = set(re.findall(r"`(\w+)`", _read("docs/sending-rules.md")))
    guard_names = _guard_names()
    assert guard_names == set(guards.WOULD_CHANGE)
    assert (guard_names | {field.name for field in fields(Settings)} | set(guards.GUARDS)) - page == set()


def test_architecture_names_constraints_the_database_has() -> None:
    rows = [row.split("|") for row in _read("ARCHITECTURE.md").splitlines() if row.startswith("| ") and "`" in row]
    named = {name for row in rows if len(row) == 6 for name in re.findall(r"`(\w+_\w+)`", row[3])}
    migrations = "".join(_text(path) for path in (SOURCE / "store/migrations").glob("0*.py"))
    assert sorted(name for name in named if name not in migrations) == []
    assert len(named) > 5


def test_classes_are_named_with_the_words_of_the_glossary() -> None:
    given_up = _given_up(_read("docs/glossary.md"))
    found = {name for name, words in _classes() if any(_says(words, word) for word in given_up)}
    assert found == set(OTHER_WORDS), "Take the glossary's word (docs/glossary.md), or give the reason above."


def test_word_the_glossary_gives_up_is_found() -> None:
    given_up = _given_up(
        "| Word | Meaning | Not |\n|---|---|---|\n| Business | the tenant | account, rota entry (old) |\n"
    )
    assert given_up == {("account",), ("rota", "entry")}
    assert [_says(_words(name), word) for name in ("BusinessAccounts", "Accountant") for word in (("account",),)] == [
        True,
        False,
    ]
    assert _says(_words("RotaEntry"), ("rota", "entry"))


def test_changelog_has_a_place_for_what_comes() -> None:
    assert re.findall(r"(?m)^## (.*)$", _read("CHANGELOG.md"))[0] == "Unreleased"


def test_readme_names_what_to_run_first() -> None:
    commands = re.findall(r"(?m)^ {4}(make \w+)", _read("README.md"))
    assert commands[:2] == ["make demo", "make test"]
    targets = set(re.findall(r"(?m)^(\w+):", _read("Makefile")))
    made = {name for page in PAGES for name in re.findall(r"(?:^ {4}|`)make (\w+)", _text(page), re.MULTILINE)}
    assert made - targets == set()


def test_readme_leads_to_every_page() -> None:
    pages = {str(page.relative_to(ROOT)) for page in PAGES if page.name != "README.md" and page not in DECISIONS}
    linked = {target.split("#")[0] for target in re.findall(r"\]\(([^)]+)\)", _read("README.md"))}
    assert pages - linked == set()


def test_pages_name_no_place_of_one_machine() -> None:
    places = re.compile(r"(?<![\w.])(?:/work|/root|/home|/Users|/private)/\S*|(?<![\w.])/tmp/\S*")
    assert [(page.name, found) for page in PAGES for found in places.findall(_text(page))] == []


def test_decisions_are_numbered_dated_and_whole() -> None:
    for number, page in enumerate(DECISIONS, start=1):
        title, *_ = _text(page).splitlines()
        assert page.name.startswith(f"{number:04d}-")
        assert re.fullmatch(rf"# {number}\. [A-Z].*[^.]", title), page.name
        assert re.findall(r"(?m)^(?:Date: \d{4}-\d\d-\d\d|## .*)$", _text(page))[0].startswith("Date: ")
        assert re.findall(r"(?m)^## (.*)$", _text(page)) == ["Decision", "Why", "Price"]


def test_hooks_page_lists_every_provider() -> None:
    page = _read("docs/hooks.md")
    assert [name for name in _entry_points()["answerback.phone"] if f"| `{name}` |" not in page] == []


def _read(name: str) -> str:
    return _text(ROOT / name)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _entry_points() -> dict[str, dict[str, str]]:
    points: dict[str, dict[str, str]] = tomllib.loads(_read("pyproject.toml"))["project"]["entry-points"]
    return points


def _exists(dotted: str) -> bool:
    """Is there such a module, or such a thing inside one?"""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def _imports(line: str) -> bool:
    (statement,) = ast.parse(line.strip()).body
    assert isinstance(statement, ast.ImportFrom)
    return all(_exists(f"{statement.module}.{alias.name}") for alias in statement.names)


def _broken_links(page: Path) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", _text(page), flags=re.DOTALL)):
        if re.match(r"\w+:", link):
            continue
        name, _, section = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (section and section not in _sections(target)):
            yield link


def _sections(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    titles = re.findall(r"(?m)^#+ (.*)$", _text(page))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _guard_names() -> set[str]:
    """The names that the guards' module gives to guards."""
    calls = [node for node in ast.walk(ast.parse(_text(SOURCE / "engine/guards.py"))) if isinstance(node, ast.Call)]
    first = [call.args[0] for call in calls if _name(call) in {"_pass", "_stop"}]
    named = [word.value for call in calls if _name(call) == "Guard" for word in call.keywords if word.arg == "name"]
    return {str(node.value) for node in [*first, *named] if isinstance(node, ast.Constant)}


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _given_up(glossary: str) -> set[tuple[str, ...]]:
    """The words of the column "Not", each as its parts."""
    rows = [line.strip("|").split("|") for line in glossary.splitlines() if line.startswith("| ")][1:]
    words = [re.sub(r"\(.*?\)", "", word) for row in rows for word in row[2].split(",")]
    return {tuple(word.lower().split()) for word in words if word.strip()}


def _classes() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(SOURCE.rglob("*.py")):
        module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for node in ast.walk(ast.parse(_text(path))):
            if isinstance(node, ast.ClassDef):
                yield f"{module}.{node.name}", _words(node.name)


def _words(name: str) -> list[str]:
    return [word.lower().removesuffix("s") for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", name)]


def _says(words: list[str], given_up: tuple[str, ...]) -> bool:
    length = len(given_up)
    wanted = [word.removesuffix("s") for word in given_up]
    return any(words[at : at + length] == wanted for at in range(len(words)))
