"""The decision receipt: our word on why a text was sent or not, why a person was woken or not.

Kept for ever, shown to staff in plain words, never holding the customer's words.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["sent", "not_sent", "withdrawn", "recorded", "paged", "handed_over", "opted_out", "ended"]
"""`sent` means queued for sending by this decision; delivery adds its own receipt when it takes a text back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One check that was made: its name, whether it let the text through, and what it saw."""

    name: str
    passed: bool
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReceipt:
    """Which rule decided what, after which guards, on what evidence, and what would have changed it.

    `why` is one plain sentence for the owner; `would_change` names the setting or fact that would have led elsewhere.
    `text` is the key of the text it is about, `call` that of the call, where there is one.
    """

    at: datetime
    rule: str
    verdict: Verdict
    why: str
    guards: tuple[Guard, ...] = ()
    would_change: str = ""
    text: str | None = None
    call: str = ""
