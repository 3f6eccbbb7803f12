"""Hands texts over, and finds out whether one went out. No text is sent twice on a guess."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from answerback.adapters.twiml_family import rest, texts
from answerback.ports.errors import Unavailable, Unclear
from answerback.ports.phone import HandedOver, OutgoingText

CLOCKS_DIFFER = timedelta(seconds=60)
"""How far our clock may be ahead of theirs when a text is looked for: finding an older one is the lesser evil."""

PAGE = 100
MOST_PAGES = 10


def send(at: rest.Account, text: OutgoingText, service: str = "") -> HandedOver:
    """Hand one text over, from its line or from a messaging service; raises `Refused`, `Unavailable` or `Unclear`."""
    fields = [("To", text.to), ("Body", text.body)]
    fields.append(("MessagingServiceSid", service) if service else ("From", text.sender))
    if text.receipts_url:
        fields.append(("StatusCallback", text.receipts_url))
    fields += [("MediaUrl", link) for link in text.media]
    return _handed_over(rest.post_message(at, fields))


def find(
    at: rest.Account, text: OutgoingText, since: datetime, known: frozenset[str], service: str = ""
) -> HandedOver | None:
    """The text as the provider has it, if it took one to this recipient with these words since then; else None.

    The filter by the date of sending passes over texts that still wait, so the time is compared here.
    """
    query = {"To": text.to, "PageSize": str(PAGE)} | ({} if service else {"From": text.sender})
    path, earliest = f"{at.path}/Messages.json", since - CLOCKS_DIFFER
    title = at.dialect.title
    for _ in range(MOST_PAGES):
        page = rest.get(at, path, query)
        recent = [message for message in _messages(page, title) if _created(message, title) >= earliest]
        found = next((each for each in recent if _is_it(each, text) and each.get("sid") not in known), None)
        if found:
            return _handed_over(found)
        if any(not message.get("body") for message in recent):
            raise Unclear(
                f"{title} keeps no words of this account's texts, so it cannot say whether this one went out."
            )
        path, query = str(page.get("next_page_uri") or ""), {}
        if not path.startswith(at.path.rpartition("/")[0]) or not recent:
            return None
    raise Unclear("There are too many texts to this number to find one among them.")


def _handed_over(message: dict[str, Any]) -> HandedOver:
    segments = str(message.get("num_segments") or "")
    status = texts.STATUSES.get(str(message.get("status")), "queued")
    return HandedOver(
        message=message["sid"],
        status=status,
        segments=int(segments) if segments.isdigit() and segments != "0" else None,
    )


def _messages(page: dict[str, Any], title: str) -> list[dict[str, Any]]:
    messages = page.get("messages")
    if not isinstance(messages, list):
        raise Unavailable(f"{title}'s list of messages could not be read.")
    return [
        message
        for message in messages
        if isinstance(message, dict)
        and isinstance(message.get("sid"), str)
        and str(message.get("direction", "")).startswith("outbound")
    ]


def _is_it(message: dict[str, Any], text: OutgoingText) -> bool:
    """Same recipient and words; a trial account puts a sentence of its own before ours."""
    words = str(message.get("body") or "").strip()
    return message.get("to") == text.to and bool(words) and words.endswith(text.body.strip())


def _created(message: dict[str, Any], title: str) -> datetime:
    try:
        created = parsedate_to_datetime(str(message.get("date_created")))
        return created.replace(tzinfo=created.tzinfo or UTC)
    except ValueError as wrong:
        raise Unavailable(f"{title}'s list of messages carries no time that could be read.") from wrong
