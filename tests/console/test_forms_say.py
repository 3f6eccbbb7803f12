"""Every form of the console that shows what stands says what it showed, so that nobody overwrites what they never saw.

Mechanical on purpose: the templates are read, and a form that asks for something either bears `{% shown %}` or stands
on the list below with the reason why. Two people with each such form open: `test_stale_pages`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import answerback

TEMPLATES = Path(answerback.__file__).parent / "console" / "templates" / "console"

FORM = re.compile(r'<form\b(?=[^>]*method="post").*?</form>', re.DOTALL)
ACTION = re.compile(r"""{% url ['"]console:([\w:]+)['"]""")
ASKS = re.compile(r"""<select|<textarea|<input(?![^>]*(?:type="(?:hidden|submit)"|readonly))|<button[^>]*value="{{""")
INCLUDED = re.compile(r"""{% include ['"]([\w/.-]+)['"]""")

NEEDS_NONE: dict[str, set[str]] = {}


def forms() -> Iterator[tuple[str, str]]:
    """Where each form leads, and its template with what is included."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        for form in FORM.findall(path.read_text()):
            head, _, rest = form.partition("{% csrf_token %}")
            found = ACTION.search(head)
            yield found[1] if found else path.relative_to(TEMPLATES).as_posix(), rest


def _whole(text: str) -> str:
    return INCLUDED.sub(lambda found: (TEMPLATES.parent / found[1]).read_text(), text)


def test_every_form_that_shows_what_stands_says_what_it_showed() -> None:
    bare = {name for name, text in forms() if ASKS.search(_whole(text)) and "{% shown " not in text}
    assert bare == {name for names in NEEDS_NONE.values() for name in names}
