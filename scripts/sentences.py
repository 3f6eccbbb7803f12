"""Draws `console/retold.txt` from the code: every sentence that people read and that is not written in the console.

Reasons and to-dos of the engine, errors of the workflow, titles of the timeline, and what each key of a playbook means.
`scripts.catalogue` runs it.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

from answerback.console.playbooks import plain
from answerback.engine import playbook
from answerback.engine.forwarding import CARRIERS
from answerback.store.playbook_file import pack, packs
from answerback.store.playbook_keys import KEYS
from answerback.store.queries.keeping import ERASED, GONE
from answerback.store.roles import ACTS

ROOT = Path(__file__).resolve().parent.parent / "src" / "answerback"
RETOLD = ROOT / "console" / "retold.txt"
ENGINE = (
    "answered", "appointments", "asides", "calls", "choosing", "coverage", "currency", "draft", "evidence", "failures",
    "forms", "forwarding", "greeting", "guards", "handoff", "holding_back", "learning", "missed", "nudges", "reach",
    "reply", "returning", "route", "sending", "triggers", "undone", "unsaid", "videos",
)  # fmt: skip
"""The modules whose receipts, to-dos and pages are read."""

CHECKS = (
    "engine/lint", "engine/proof", "engine/proof_routes", "engine/proof_texts", "engine/proof_videos",
    "engine/storyboard", "store/playbook_file", "store/storyboard_file",
)  # fmt: skip
"""The modules that judge what somebody made, a playbook or a storyboard, and tell them what is wrong with it."""

READ = ("engine/advice", "engine/reading", "engine/thought", "understanding/evidence")
"""The modules that say which words of a text said what."""

TIMELINE = ("timeline", "timeline_events", "timeline_wakes", "timeline_words")
WORKFLOW = ("desk", "kinds", "leaving", "line_health", "line_tests", "sweeps")
GUARDS = {"_pass", "_stop", "Guard"}
RIM = {"Refused", "Unavailable", "Unclear"}
ERRORS = {"NotAllowed", "NotAPicture", "NotPossible", "NotYet", "Outdated", "Unreadable", *RIM}
WHOSE = re.compile(r"%\((?:title|server|BOTTLE|provider)\)s|\b(?:Telnyx|Aircall|Quo|Google|Microsoft|HubSpot)\b")
"""The blank, or the make, that says whose program it is."""

SENTENCE = re.compile(r"^[A-Z{%][^\\|]*(?: [^\\|]*)+$")
"""Begins with a capital or a blank, and is more than one word; no pattern for a search."""

SQL = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|WITH) ")


FILLING = re.compile(r"^[A-Za-z][a-z]*(?: [^\\|{}_]+)+$")
"""More than one word."""

KEPT_OUT = re.compile(
    r"^Paste (a|the) current .+\.$|^\S+ refused with [^.]+\.$|^Asterisk does not let|^\S+ does not let us in\.$"
    r"|^Check host and port|^The page docs/connect/"
)
"""What is said where a phone system refuses our keys, and how to put that right."""

STATEMENT = re.compile(r"[.?!]$|[.:] %\(\w+\)s$")
"""Ends as a sentence does, or with a sentence in a blank."""

NO_NAME = re.compile(r"[ (][a-z]{3,}")
"""More than the name of a make."""


def drawn() -> str:
    """The file as it should be."""
    found = [
        *(each for name in ENGINE for each in _said(ROOT / "engine" / f"{name}.py")),
        *(each for name in ENGINE for each in _fillings(ROOT / "engine" / f"{name}.py")),
        *(each for name in TIMELINE for each in _fillings(ROOT / "store" / "queries" / f"{name}.py")),
        *(each for name in WORKFLOW for each in _fillings(ROOT / "workflow" / f"{name}.py")),
        *(each for name in TIMELINE for each in _said(ROOT / "store" / "queries" / f"{name}.py")),
        *(each for name in WORKFLOW for each in _said(ROOT / "workflow" / f"{name}.py")),
        *_said(ROOT / "ports" / "registry.py"),
        *(each for path in sorted((ROOT / "workflow").glob("*.py")) for each in (*_refusals(path), *_todos(path))),
        *unsent(),
        *(each for name in ("notices", "targets") for each in _given_up(ROOT / "workflow" / f"{name}.py")),
        *_refused(ROOT / "store" / "queries" / "imports.py"),
        *_refused(ROOT / "ports" / "settings.py"),
        *_refused(ROOT / "adapters" / "twiml_family" / "line_settings.py"),
        *_columns(ROOT / "workflow" / "csv_imports.py"),
        *ACTS.values(),
        *(GONE, ERASED),
        *(each.says for each in CARRIERS if each.says),
        *(route.todo for name in packs() for route in pack(name).routes if route.todo),
        *_values(ROOT / "workflow" / "tokens.py", "SCOPES"),
        *_values(ROOT / "adapters" / "hubspot" / "fields.py", "_OF_A_LEAD"),
        *_findings(ROOT / "adapters" / "simulator" / "adapter.py"),
        *(each for name in ("quo", "aircall") for each in _findings(ROOT / "adapters" / name / "phone.py")),
        *(each for path in sorted((ROOT / "adapters").rglob("*.py")) for each in (*_kept_out(path), *_by_hand(path))),
        *(each for path in sorted((ROOT / "adapters").rglob("*.py")) for each in _troubles(path)),
        *(each for path in sorted((ROOT / "adapters").rglob("*.py")) for each in _numbered(path)),
        *(each for name in CHECKS for each in (*_judged(ROOT / f"{name}.py"), *_fillings(ROOT / f"{name}.py"))),
        *(each for name in READ for each in (*_evidence(ROOT / f"{name}.py"), *_fillings(ROOT / f"{name}.py"))),
        *_values(ROOT / "engine" / "playbook.py", "BLANKS"),
        *_must_be_written(),
        *_values(ROOT / "engine" / "rehearsal.py", "LANGUAGES"),
        *(each for name in ("rehearsal", "play") for each in _notes(ROOT / "engine" / f"{name}.py")),
        *(each for path in sorted((ROOT / "adapters").rglob("*.py")) for each in _named(path)),
        *(each for path in (ROOT / "adapters").rglob("*.py") for each in _asked(path)),
        *(name.replace("_", " ") for path in (ROOT / "engine").glob("*.py") for name in _guards(path)),
        *(plain.short(about) for each in KEYS.values() for key, about in each.items() if key not in plain.HELPS),
    ]
    return "".join(f"{each}\n" for each in sorted({each.strip() for each in found}))


def _said(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    silent = {id(part) for node in ast.walk(tree) for part in _no_words(node)}
    for node in ast.walk(tree):
        words = _words(node) if id(node) not in silent else ""
        if (
            SENTENCE.match(words.strip())
            and not SQL.match(words.strip())
            and re.search("[a-z]{2}", re.sub(r"%\(\w+\)s", "", words))
        ):
            yield words


def _fillings(path: Path) -> Iterator[str]:
    """What stands in the blanks of sentences: words of a table at the top of a module, and words chosen in a blank."""
    tree = ast.parse(path.read_text("utf-8"))
    tables = [node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    chosen: list[ast.AST] = [each for each in ast.walk(tree) if isinstance(each, ast.FormattedValue)]
    chosen += [each.value for each in ast.walk(tree) if isinstance(each, ast.Assign) and each not in tree.body]
    for part in (
        *(value for each in tables if isinstance(each, ast.Dict) for value in each.values),
        *(
            value
            for each in chosen
            for way in ast.walk(each)
            if isinstance(way, ast.IfExp)
            for value in (way.body, way.orelse)
        ),
    ):
        if FILLING.match(words := _words(part)):
            yield words


def _evidence(path: Path) -> Iterator[str]:
    """What words of a customer said: constants of a module, and sentences with blanks."""
    tree = ast.parse(path.read_text("utf-8"))
    named = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    for node in (*named, *(each for each in ast.walk(tree) if isinstance(each, ast.JoinedStr))):
        if re.search("[a-z] [a-z]|s [%]", words := _words(node)) and not isinstance(node, ast.Name):
            yield words


def _given_up(path: Path) -> Iterator[str]:
    """Why a webhook is told nothing more."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if named and node.func.attr in {"give_up", "switch_off"}:
            yield from filter(None, map(_words, node.args[1:3]))


def _refusals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            yield from filter(None, map(_words, node.args[:1]))


def unsent() -> Iterator[str]:
    """Why a text was taken back or did not leave, as workflow and engine write it beside the text."""
    for path in (*sorted((ROOT / "workflow").glob("*.py")), *sorted((ROOT / "engine").glob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found = [words for given in _details(node) for part in ast.walk(given) for words in _whole(part, given)]
                yield from (words for words in found if SENTENCE.match(words) and not SQL.match(words))


def _details(call: ast.Call) -> list[ast.expr]:
    """What is given as the reason in this call."""
    name = getattr(call.func, "attr", "") or getattr(call.func, "id", "")
    if name in {"withdraw", "_record", "spoke"}:
        return call.args[1:]
    if name == "execute" and call.args and "status = 'withdrawn', detail = %s" in _words(call.args[0]):
        return call.args[1:]
    return [each.value for each in call.keywords if each.arg == "detail" and name in {"outcome", "_outgoing"}]


def _whole(part: ast.AST, given: ast.expr) -> Iterator[str]:
    """The sentence this part is, unless it is a piece of one."""
    pieces = {id(each) for node in ast.walk(given) for each in _no_words(node)}
    if id(part) not in pieces:
        yield _words(part)


def _todos(path: Path) -> Iterator[str]:
    """What a person is asked to do where something outside changed."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Ask", "TodoRow"}:
            yield from filter(None, (_words(each.value) for each in node.keywords if each.arg == "title"))


def _asked(path: Path) -> Iterator[str]:
    """What a provider's settings are called, what helps to fill them in, and what may be chosen."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Setting", "Field"}:
            yield from filter(None, (_words(each.value) for each in node.keywords if each.arg in {"label", "help"}))
            yield from (label for each in node.keywords if each.arg == "choices" for label in _labels(each.value))


def _labels(choices: ast.expr) -> Iterator[str]:
    """What may be chosen, in words; a name is the same in every language."""
    for each in ast.walk(choices):
        if isinstance(each, ast.Tuple) and len(each.elts) == 2 and isinstance(label := each.elts[1], ast.Constant):
            yield from (word for word in [str(label.value)] if " " in word)


def _columns(path: Path) -> Iterator[str]:
    """What the kinds of tables that are imported, and their columns, are called."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Column", "Kind"}:
            yield from filter(None, map(_words, node.args[1:2]))


def _refused(path: Path) -> Iterator[str]:
    """Why a row is not taken in, or settings of a line are not kept: what its functions say (what stands outside of
    them is SQL), and constants.
    """
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Expr):  # says what the module or the constant above it is
            continue
        parts = list(ast.walk(node)) if isinstance(node, ast.FunctionDef) else [getattr(node, "value", node)]
        silent = {id(part) for each in parts for part in _no_words(each)}
        words = (_words(each) for each in parts if id(each) not in silent)
        yield from (each for each in words if each.endswith(".") and len(each) < 200)


def _named(path: Path) -> Iterator[str]:
    """What adapters are called (`title`), and why one refuses to go on before somebody has signed in."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and any(getattr(each, "id", "") == "title" for each in node.targets):
            yield from (each for each in [_words(node.value)] if NO_NAME.search(each))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SignInNeeded":
            yield from filter(None, map(_words, node.args[:1]))


def _kept_out(path: Path) -> Iterator[str]:
    """How a phone system says that our keys are wrong."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if KEPT_OUT.search(words := _words(node)):
            yield words


def _by_hand(path: Path) -> Iterator[str]:
    """What a person does at a phone system: where they enter our address, and where its keys stand."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and "hook_says" in {getattr(each, "id", "") for each in node.targets}:
            yield _words(node.value)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "fixes":
            yield from (words for each in node.args if " " in (words := _words(each)))


def _troubles(path: Path) -> Iterator[str]:
    """What went wrong with somebody else's program, as pages, calendars, CRMs, videos and alarms tell it; whoever it
    is stands in a blank. Never the pretend phones, which do as they are told."""
    if path.parent.name == "simulator":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RIM and node.args:
            words = WHOSE.sub("%(provider)s", _words(node.args[0]), count=1)
            if len(re.findall("[a-z]{2,}", re.sub(r"%\(\w+\)s", "", words))) > 2:
                yield words


def _numbered(path: Path) -> Iterator[str]:
    """What a provider's number of an error means, and what to do about it; the number stands alone where nothing is."""
    if path.name == "failures.py":
        yield from _judged(path)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        words = _words(node)
        if " error %(code" in words:
            yield WHOSE.sub("%(provider)s", STATEMENT.sub(".", words) if words.endswith("s") else words, count=1)


def _findings(path: Path) -> Iterator[str]:
    """What a check of the connection found, and what to do about it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
            yield from filter(None, (_words(each.value) for each in node.keywords if each.arg in {"says", "fix"}))


def _judged(path: Path) -> Iterator[str]:
    """What is wrong and what to do: whatever ends as a sentence does, but for what is said in an example."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {id(part) for node in ast.walk(tree) for part in (*_no_words(node), *_spoken(node))}
    for node in ast.walk(tree):
        words = _words(node) if id(node) not in silent else ""
        if STATEMENT.search(words) and re.search("[A-Za-z]{2} ", words) and not re.search(r"\\| > |\)s%\(", words):
            yield words


def _spoken(node: ast.AST) -> Iterator[ast.AST]:
    """What a customer or the business says in an example, each in their own language."""
    name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
    notes = [each for each in getattr(node, "keywords", []) if each.arg == "who" and _words(each.value) == "note"]
    if name == "answer" or (name == "Line" and not notes):
        yield from ast.walk(node)


def _must_be_written() -> Iterator[str]:
    """What belongs under each key that a playbook's file has to have."""
    for name, about in KEYS.items():
        for each in fields(getattr(playbook, name)):
            if each.default is MISSING and each.default_factory is MISSING:
                yield re.sub(r"\{(\w+)\}", r"%(\1)s", about[each.name])


def _notes(path: Path) -> Iterator[str]:
    """What is said beside a conversation that is played: `Line(who="note", text=...)`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Line":
            given = {each.arg: _words(each.value) for each in node.keywords}
            yield from (given["text"] for _ in range(1) if given.get("who") == "note")


def _values(path: Path, name: str) -> Iterator[str]:
    """The values of a dictionary of a module, or the first of each where they are several."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        targets = [*getattr(node, "targets", []), getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AnnAssign) and name in {getattr(each, "id", "") for each in targets}:
            yield from (_words(getattr(each, "elts", [each])[0]) for each in getattr(node.value, "values", []))


def _guards(path: Path) -> Iterator[str]:
    """Names of guards, of one word or several: `_pass(name, ...)`, `_stop(name, ...)`, `Guard(name=...)`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GUARDS:
            named = [each.value for each in node.keywords if each.arg == "name"]
            yield from (each.value for each in (*node.args[:1], *named) if isinstance(each, ast.Constant))  # type: ignore[misc]


def _no_words(node: ast.AST) -> Iterator[ast.AST]:
    """What inside this is no sentence by itself: docstrings, and the parts of one with blanks."""
    if isinstance(node, ast.Expr):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from (part for part in ast.walk(node) if part is not node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"compile", "match"}:
        yield from node.args


def _words(node: ast.AST) -> str:
    """The sentence this makes, blanks as %(name)s; empty where it makes none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{(\w+)\}", r"%(\1)s", node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    taken: list[str] = []
    return "".join(_part(part, taken) for part in node.values)


def _part(part: ast.expr, taken: list[str]) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    names = [
        each.attr if isinstance(each, ast.Attribute) else each.id
        for each in ast.walk(part)
        if isinstance(each, ast.Attribute | ast.Name)
    ]
    name = (names or ["it"])[0].strip("_")
    taken.append(name)
    return f"%({name}{taken.count(name) if taken.count(name) > 1 else ''})s"
