"""Knows which single words a provider, or the network behind a number, answers by itself: nobody is answered twice.

Only a whole text that is one of the words counts: providers leave `STOP PLEASE` to us. Never here: what other words
mean (`understanding`). Sources: help.twilio.com (opt-out keywords, toll-free), developers.telnyx.com (advanced
opt-in/out), support.quo.com (message opt-out).
"""

from collections.abc import Mapping

from answerback.adapters.numbers import is_toll_free
from answerback.engine.events import ProviderKeyword
from answerback.ports.connection import Connection, Setting

Words = Mapping[str, ProviderKeyword]

TWILIO: Words = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"), "stop"),
    **dict.fromkeys(("start", "unstop"), "start"),
    **dict.fromkeys(("help", "info"), "help"),
}
"""Twilio takes YES for START as well; here a yes is the answer to a question and changes no consent."""

USUAL: Words = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "cancel", "end", "quit"), "stop"),
    **dict.fromkeys(("start", "unstop"), "start"),
}

QUO: Words = USUAL

TELNYX: Words = {**USUAL, "stop all": "stop"}

TOLL_FREE: Words = {"stop": "stop", "start": "start", "unstop": "start"}
"""The network of toll-free numbers answers these, whatever the provider does; nobody can switch it off."""

SETTING = Setting(
    name="keywords",
    label="Who answers STOP, START and HELP",
    help="The provider does unless you had it switched off there. Nobody is answered twice.",
    kind="choice",
    choices=(("provider", "the provider"), ("us", "answerback")),
    required=False,
    default="provider",
)


def answered(text: str, line: str, words: Words) -> ProviderKeyword | None:
    """The keyword this text is and that was answered already; None for a text that nobody has answered."""
    said = text.strip().lower()
    return (TOLL_FREE if is_toll_free(line) else {}).get(said) or words.get(said)


def owned(connection: Connection, words: Words) -> Words:
    """The words this connection's provider answers: none where its owner says that answerback does."""
    return words if (connection.settings.get("keywords") or SETTING.default) == "provider" else {}
