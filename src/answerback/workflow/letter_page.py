"""An owner's weekly letter as a page of HTML, for programs that show one; the plain text stands beside it.

Programs that read mail know little: tables, styles on the tags themselves, nothing fetched. Never here: what is said in
the letter (`workflow.weekly`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of the letter, what it was the week before, and where the leads behind it are listed."""

    name: str
    now: str
    before: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands in the letter, in the order it is read."""

    language: str
    business: str
    days: str
    numbers: Sequence[Number]
    fix_title: str
    fix: str
    report: str
    report_href: str
    why: str


def drawn(page: Page) -> str:
    """The letter as HTML."""
    numbers = "".join(
        _NUMBER.format(*map(escape, (each.href, each.now, each.name, each.before))) for each in page.numbers
    )
    said = {
        "language": page.language,
        "business": page.business,
        "days": page.days,
        "fix_title": page.fix_title,
        "fix": page.fix,
        "report": page.report,
        "href": page.report_href,
        "why": page.why,
    }
    return _PAGE.format(numbers=numbers, **{name: escape(words) for name, words in said.items()})


_NUMBER = """<tr><td class="line" style="padding:12px 0;border-bottom:1px solid #dfe3e8">\
<a class="ink" href="{}" style="color:#16202c;font-size:28px;font-weight:700;text-decoration:none">{}</a><br>\
<span class="ink" style="font-size:15px">{}</span><br><span class="soft" style="color:#5b6875;font-size:13px">{}</span>\
</td></tr>
"""

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>@media (prefers-color-scheme: dark) {{ .room {{ background: #10151c !important }}
.sheet {{ background: #1a222d !important }} .ink {{ color: #eef2f6 !important }}
.soft {{ color: #a3b0bd !important }} .line {{ border-color: #33404e !important }}
.link {{ color: #8db8ff !important }} }}
</style><title>{business}</title></head>
<body class="room" style="margin:0;background:#f2f4f7">
<table class="room" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7"><tr>\
<td align="center" style="padding:24px 12px">
<table class="sheet" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;\
background:#ffffff;border-radius:12px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;\
text-align:left"><tr><td style="padding:24px">
<h1 class="ink" style="margin:0;color:#16202c;font-size:20px">{business}</h1>
<p class="soft" style="margin:4px 0 8px;color:#5b6875;font-size:14px">{days}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0">
{numbers}</table>
<h2 class="ink" style="margin:20px 0 4px;color:#16202c;font-size:15px">{fix_title}</h2>
<p class="ink" style="margin:0 0 20px;color:#16202c;font-size:15px;line-height:1.5">{fix}</p>
<p style="margin:0"><a class="link" href="{href}" style="color:#1559c0;font-size:15px">{report}</a></p>
</td></tr></table>
<p class="soft" style="margin:16px 0 0;color:#5b6875;font-size:12px;\
font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">{why}</p>
</td></tr></table></body></html>
"""
