"""What a mail says as a page of HTML, in the looks of the brand its reader knows; the plain text stands beside it.

Programs that read mail know little: tables, styles on the tags themselves, nothing fetched. Never here: what is said.
"""

import re
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from answerback.engine.wording import phone
from answerback.workflow.palette import theme

ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on it. `colour` is the brand's own, empty for ours; `brand` may be a business's name."""

    language: str
    brand: str
    colour: str
    subject: str
    body: str
    call: str = ""
    """A phone number that the body says as people write it: there it is one press away."""


def drawn(sheet: Sheet) -> str:
    """The page. An address on a line of its own becomes a button, one amid words a link."""
    colour = theme(sheet.colour)
    with override(sheet.language):
        told = "".join(_paragraph(each, colour, sheet.call) for each in sheet.body.strip().split("\n\n"))
    return _PAGE.format(
        language=escape(sheet.language), brand=escape(sheet.brand), subject=escape(sheet.subject), told=told
    )


def _paragraph(written: str, colour: str, call: str) -> str:
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    words = [line for line in lines if not ADDRESS.fullmatch(line)]
    told = _WORDS.format("<br>".join(_linked(line, colour, call) for line in words)) if words else ""
    return told + "".join(_button(line, colour) for line in lines if ADDRESS.fullmatch(line))


def _button(address: str, colour: str) -> str:
    plain = escape(address)
    if address.count("/") < 3:  # where the mail came from, at its end
        return _ROOT.format(plain)
    return _BUTTON.format(plain, colour, escape(_("Open the link"))) + _ROOT.format(plain)


def _linked(line: str, colour: str, call: str) -> str:
    """The line with its addresses as links, and the number to call where it stands amid the words."""
    told, at = "", 0
    for found in ADDRESS.finditer(line):
        told += _callable(line[at : found.start()], colour, call)
        told += _LINK.format(escape(found[0]), colour, escape(found[0]))
        at = found.end()
    return told + _callable(line[at:], colour, call)


def _callable(words: str, colour: str, call: str) -> str:
    """The words with this number one press away; without one as they are."""
    if not call:
        return escape(words)
    spoken = escape(phone(call))
    return escape(words).replace(spoken, _CALL.format(escape(call), colour, spoken))


_WORDS = '<p class="ink" style="margin:0 0 16px;color:#16202c;font-size:15px;line-height:1.5">{}</p>\n'
_ROOT = '<p class="soft" style="margin:0 0 16px;color:#5b6875;font-size:12px;word-break:break-all">{}</p>\n'
_LINK = '<a class="ink" href="{}" style="color:{};overflow-wrap:anywhere">{}</a>'
_CALL = '<a class="ink" href="tel:{}" style="color:{};white-space:nowrap">{}</a>'
_BUTTON = """<p style="margin:0 0 12px"><a href="{}" style="display:inline-block;padding:12px 20px;border-radius:8px;\
background:{};color:#ffffff;font-size:15px;font-weight:700;text-decoration:none">{}</a></p>
"""
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>@media (prefers-color-scheme: dark) {{ .room {{ background: #10151c !important }}
.sheet {{ background: #1a222d !important }} .ink {{ color: #eef2f6 !important }}
.soft {{ color: #a3b0bd !important }} }}
</style><title>{subject}</title></head>
<body class="room" style="margin:0;background:#f2f4f7">
<table class="room" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7"><tr>\
<td align="center" style="padding:24px 12px">
<table class="sheet" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;\
background:#ffffff;border-radius:12px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;\
text-align:left"><tr><td style="padding:24px 24px 8px">
<p class="soft" style="margin:0 0 4px;color:#5b6875;font-size:14px">{brand}</p>
<h1 class="ink" style="margin:0 0 16px;color:#16202c;font-size:20px">{subject}</h1>
{told}</td></tr></table>
</td></tr></table></body></html>
"""
