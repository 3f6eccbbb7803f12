"""Mails to people who sign in: in the name of the brand they know, as plain text and as a page of HTML beside it.

Programs that read mail know little: tables, styles on the tags themselves, nothing fetched.
"""

from email.utils import parseaddr
from html import escape
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerback.console.brand import brand_of, theme

BY_ITSELF = {"Auto-Submitted": "auto-generated"}
"""So that an absence notice does not answer."""


def sender(request: HttpRequest) -> str:
    """Who it comes from: the brand's name before the installation's address."""
    name = brand_of(request).name.replace('"', "").replace("\\", "")
    return f'"{name}" <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>'


def letter(request: HttpRequest, to: str, subject: str, body: str) -> EmailMultiAlternatives:
    """A mail ready to be sent."""
    mail = EmailMultiAlternatives(subject, f"{body}\n", sender(request), [to], headers=BY_ITSELF)
    mail.attach_alternative(drawn(request, subject, body), "text/html")
    return mail


def drawn(request: HttpRequest, subject: str, body: str) -> str:
    """The same as a page; a paragraph that is nothing but an address becomes a button."""
    brand: Any = brand_of(request)
    told = "".join(_paragraph(each, theme(brand.colour)) for each in body.strip().split("\n\n"))
    language = get_language() or "en"
    return _PAGE.format(language=language, brand=escape(brand.name), subject=escape(subject), told=told)


def _paragraph(words: str, colour: str) -> str:
    plain = words.strip()
    if not plain.startswith(("http://", "https://")) or " " in plain:
        return _WORDS.format("<br>".join(escape(line) for line in plain.splitlines()))
    address = escape(plain)
    if plain.count("/") < 3:  # where it came from, at the end
        return _ROOT.format(address)
    return _BUTTON.format(address, colour, escape(_("Open the link"))) + _ROOT.format(address)


_WORDS = '<p class="ink" style="margin:0 0 16px;color:#16202c;font-size:15px;line-height:1.5">{}</p>\n'
_ROOT = '<p class="soft" style="margin:0 0 16px;color:#5b6875;font-size:12px;word-break:break-all">{}</p>\n'
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
