"""Hands letters to a mail server; an invitation goes as an alternative part, which is what makes programs offer an
answer.

Never here: a header put together from a customer's words without the library's own quoting.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage

from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unavailable, Unclear
from answerback.ports.mail import Letter

TIMEOUT = 20.0


class Smtp:
    """The adapter."""

    name = "smtp"

    def send(self, connection: Connection, letter: Letter) -> None:
        """Hand the letter over; what is lost after the last dot of it may have gone out."""
        made = message(letter)
        with _at_the_rim():
            server = _open(connection)
        try:
            with _at_the_rim():
                _prepare(server, connection)
            _hand_over(server, made)
        finally:
            server.close()


def _hand_over(server: smtplib.SMTP, made: EmailMessage) -> None:
    try:
        server.send_message(made)
    except smtplib.SMTPRecipientsRefused as problem:
        code = max((answer[0] for answer in problem.recipients.values()), default=550)
        raise _said(code, "The mail server does not take this address.") from problem
    except smtplib.SMTPResponseException as problem:
        raise _said(problem.smtp_code, f"The mail server refused the letter ({problem.smtp_code}).") from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Unclear(f"The connection to the mail server broke ({type(problem).__name__}).") from problem


def _said(code: int, words: str) -> Refused | Unavailable:
    return Unavailable(words) if 400 <= code < 500 else Refused(words, code=str(code))


@contextmanager
def _at_the_rim() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPAuthenticationError as problem:
        raise Refused("The mail server does not accept the user name and password.", code="535") from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Unavailable(f"The mail server could not be reached ({type(problem).__name__}).") from problem


def _open(connection: Connection) -> smtplib.SMTP:
    settings = connection.settings
    host, port = settings.get("host", ""), int(settings.get("port") or 587)
    if settings.get("security") == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=TIMEOUT)


def _prepare(server: smtplib.SMTP, connection: Connection) -> None:
    settings = connection.settings
    if settings.get("security", "starttls") == "starttls":
        server.starttls(context=ssl.create_default_context())
    if settings.get("username"):
        server.login(settings["username"], settings.get("password", ""))


def message(letter: Letter) -> EmailMessage:
    """The letter as it goes over the wire; raises `Refused` where a header cannot be written."""
    made = EmailMessage()
    try:
        made["From"] = Address(letter.sender_name, addr_spec=letter.sender)
        made["To"] = Address(letter.to_name, addr_spec=letter.to)
        made["Subject"] = letter.subject
        made["Message-ID"] = f"<{letter.key}@{letter.sender.rpartition('@')[2]}>"
    except (ValueError, IndexError) as problem:  # not an address, or a line break in a header
        raise Refused("This is no e-mail address that can be written to.", code="address") from problem
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.body)
    if letter.html:
        made.add_alternative(letter.html, subtype="html")
    if letter.invitation:
        text = letter.invitation.decode("utf-8")
        made.add_alternative(text, subtype="calendar", params={"method": letter.method, "name": "invitation.ics"})
    for each in letter.attachments:
        kind, _slash, subkind = each.kind.partition("/")
        made.add_attachment(each.content, maintype=kind, subtype=subkind, filename=each.name)
    return made
