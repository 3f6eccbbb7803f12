"""What the owner of a line may choose: whom to ring and for how long, what callers hear, whether they leave a message.

Declared once for every provider of the family; the console draws the form from it. Here values become a `Script`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from answerback.ports.connection import Setting
from answerback.ports.lines import OurLine
from answerback.ports.settings import effective, phones, problems

MOST_PHONES = 10
"""The family rings at most ten numbers at once."""

MENU_DOES = {"ring": "ring the phones", "message": "take a message", "text": "say that a text comes, and hang up"}

SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="ring",
        label="Phones to ring",
        help="The shop's own phones, with commas between. Leave empty where the shop forwards its missed calls to us.",
        kind="phones",
        required=False,
    ),
    Setting(
        name="ring_order",
        label="Order",
        help="Ring them all at once, or one after the other.",
        kind="choice",
        choices=(("together", "all at once"), ("in_turn", "one after the other")),
        default="together",
    ),
    Setting(
        name="ring_seconds",
        label="Ring for (seconds)",
        help="18 is short enough that a cell phone's own voicemail does not pick up.",
        kind="number",
        default="18",
        least=5,
        most=60,
    ),
    Setting(
        name="ring_closed",
        label="Ring after hours too",
        kind="yes_no",
        default="no",
    ),
    Setting(
        name="press_1",
        label='Ask whoever picks up to press 1 ("whisper")',
        help="The one sure proof that a person answered, and not a voicemail. Turn it off for phones without one.",
        kind="yes_no",
        default="yes",
    ),
    Setting(
        name="whisper",
        label="What they hear before they press 1",
        default="Call for {business}. Press 1 to take it.",
        kind="words",
    ),
    Setting(
        name="detect_machines",
        label="Listen for machines",
        help="Where the provider offers it; it costs a little for each call. For phones that are not asked to press 1.",
        kind="yes_no",
        default="no",
    ),
    Setting(
        name="show_line",
        label="Show our number to the phones that ring",
        help="Otherwise they see the caller's number.",
        kind="yes_no",
        default="no",
    ),
    Setting(name="welcome", label="Said before the phones ring", kind="words", required=False),
    Setting(
        name="missed_words",
        label="Said when nobody can take the call",
        default="Thanks for calling {business}. Sorry, nobody can take your call right now.",
        kind="words",
    ),
    Setting(
        name="closed_words",
        label="Said after hours",
        default="Thanks for calling {business}. We are closed right now.",
        kind="words",
    ),
    Setting(
        name="consent_words",
        label="What callers are told about texts",
        help="Said after either greeting. Carriers ask for it before a business may text its callers.",
        default="We will text you at this number about your call. Message and data rates may apply. "
        "Reply stop to that text to get no more of them.",
        kind="words",
        required=False,
    ),
    Setting(name="voicemail", label="Take a message", kind="yes_no", default="yes"),
    Setting(
        name="voicemail_words",
        label="Said before the beep",
        default="Or leave a message after the tone. It is recorded and transcribed.",
        kind="words",
    ),
    Setting(
        name="voicemail_seconds",
        label="Longest message (seconds)",
        help="Words are made of messages of up to 120 seconds.",
        kind="number",
        default="120",
        least=10,
        most=600,
    ),
    Setting(name="transcribe", label="Have messages written down", kind="yes_no", default="yes"),
    Setting(
        name="menu_words",
        label="Short menu",
        help="For example: For an emergency press 1. To get a text from us press 2. Or stay on the line.",
        kind="words",
        required=False,
    ),
    Setting(
        name="menu_keys",
        label="What the keys do",
        help="Such as 1=ring, 2=text, 3=message. Whoever presses nothing is put through as without a menu.",
        required=False,
    ),
    Setting(
        name="fallback_url",
        label="Address of the fallback document",
        help="Of the document, kept at the provider (a TwiML Bin), that rings the shop while we are down.",
        required=False,
    ),
    Setting(
        name="language",
        label="Language it is spoken in",
        help="Such as en-US, es-US or es-MX.",
        default="en-US",
    ),
    Setting(name="voice", label="Voice", help="A voice of the provider's, such as Polly.Joanna.", required=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What a line does with a call, read from its settings. Words have the business's name in them already."""

    ring: tuple[str, ...]
    in_turn: bool
    ring_seconds: int
    ring_closed: bool
    whisper: str
    listens: bool
    show_line: bool
    welcome: str
    sorry: str
    missed: str
    closed: str
    voicemail: str
    voicemail_seconds: int
    transcribe: bool
    menu: str
    keys: Mapping[str, str]
    fallback_url: str
    language: str
    voice: str


def script(line: OurLine) -> Script | None:
    """What this line does; None when its owner has set nothing, so that we only listen."""
    if not line.settings:
        return None
    told = effective(SETTINGS, line.settings)
    say = {name: value.replace("{business}", line.business).strip() for name, value in told.items()}
    consent = f" {say['consent_words']}" if say["consent_words"] else ""
    return Script(
        ring=phones(told["ring"]),
        in_turn=told["ring_order"] == "in_turn",
        ring_seconds=int(told["ring_seconds"]),
        ring_closed=told["ring_closed"] == "yes",
        whisper=say["whisper"] if told["press_1"] == "yes" else "",
        listens=told["detect_machines"] == "yes",
        show_line=told["show_line"] == "yes",
        welcome=say["welcome"],
        sorry=say["missed_words"],
        missed=say["missed_words"] + consent,
        closed=say["closed_words"] + consent,
        voicemail=say["voicemail_words"] if told["voicemail"] == "yes" else "",
        voicemail_seconds=int(told["voicemail_seconds"]),
        transcribe=told["transcribe"] == "yes",
        menu=say["menu_words"],
        keys=menu_keys(told["menu_keys"]) if say["menu_words"] else {},
        fallback_url=told["fallback_url"].strip(),
        language=told["language"],
        voice=told["voice"],
    )


def disclosure(line: OurLine) -> str:
    """The sentence about texts, where the line picks up itself and says it."""
    if not line.settings:
        return ""
    return effective(SETTINGS, line.settings)["consent_words"].replace("{business}", line.business).strip()


def line_problems(line: OurLine) -> dict[str, str]:
    """What is wrong with a line's settings, by name."""
    wrong = problems(SETTINGS, line.settings)
    told = effective(SETTINGS, line.settings)
    ring = phones(told["ring"])
    if "ring" not in wrong and len(ring) > MOST_PHONES:
        wrong["ring"] = f"At most {MOST_PHONES} phones can ring."
    if line.number in ring:
        wrong["ring"] = f"{line.number} is this line itself: a call would ring in a circle. Write the shop's own phone."
    try:
        keys = menu_keys(told["menu_keys"])
    except ValueError as problem:
        wrong["menu_keys"] = str(problem)
    else:
        if told["menu_words"] and not keys:
            wrong["menu_keys"] = "The menu names keys, so say what they do, such as 1=ring, 2=text."
    if told["fallback_url"] and not told["fallback_url"].startswith("https://"):
        wrong["fallback_url"] = "The fallback document's address begins with https://."
    return wrong


def menu_keys(written: str) -> dict[str, str]:
    """What each key does, from `1=ring, 2=text`; raises `ValueError` in words for the owner."""
    keys: dict[str, str] = {}
    for part in phones(written):
        key, _, does = (word.strip() for word in part.partition("="))
        if len(key) != 1 or key not in "0123456789" or does not in MENU_DOES:
            raise ValueError(f"{part!r} is no key. Write a digit, = and one of {', '.join(MENU_DOES)}: 1=ring, 2=text.")
        keys[key] = does
    return keys
