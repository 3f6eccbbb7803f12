"""Icons say what they show; how their lines are drawn stands in the stylesheets of every page that shows some."""

import re
from pathlib import Path

import answerback
from answerback.server.icons import lucide

ROOT = Path(answerback.__file__).parent
SHEET = re.compile(r"static '([a-z]+/[a-z]+\.css)'")
RULE = ':where(svg[viewBox="0 0 24 24"]) { fill: none; stroke: currentColor;'


def test_an_icon_is_its_paths_and_its_size() -> None:
    drawn = lucide("phone", size=16, aria_hidden="true")
    assert re.match(
        r'<svg width="16" height="16" viewBox="0 0 24 24" aria-hidden="true"><path d="[^"]+" ?/></svg>$', drawn
    )


def test_every_page_with_a_stylesheet_draws_their_lines() -> None:
    pages = [each.read_text(encoding="utf-8") for each in ROOT.glob("*/templates/**/*.html")]
    linked = [set(SHEET.findall(page)) - {"api/docs.css"} for page in pages]
    sheets = {name: sheet(name) for names in linked for name in names}
    assert len(sheets) > 3
    assert [names for names in linked if names and not any(RULE in sheets[name] for name in names)] == []


def sheet(name: str) -> str:
    return next(ROOT.glob(f"*/static/{name}")).read_text(encoding="utf-8")
