"""Did the sender ask for no more texts, or to have them again?

Layers that may only add: the exact keyword, a phrase that names the texts or the sender's number, a bare "stop" aimed
at us. Look-alikes ("stop by tomorrow", "stop the leak") silence the last layer only where they stand. A missed opt-out
breaks the law; a false one loses a customer for ever: when a phrase names the texts, it is believed.
47 CFR 64.1200(a)(10) names the keywords; each counts by itself whatever was asked.
"""

import re

from answerback.engine.reading import Asked
from answerback.understanding.heard import Heard, hear, overlap
from answerback.understanding.lexicon import KEYWORDS, WORDS
from answerback.understanding.phrases import Hit

_POLITE = WORDS["opt_out.polite"]
_CUES = WORDS["opt_out.cues"]
_POSTED = frozenset({"bill", "bills", "invoice", "invoices", "statements", "flyers", "mail", "letters"})
_EVER = frozenset({"you", "ever", "yall"})
_START = frozenset({"start", "unstop", "resume", "subscribe", "resubscribe", "optin", "iniciar", "comenzar"})


def opt_out(heard: Heard, asked: Asked) -> str | None:
    """The words that ask for no more texts, or None."""
    if heard.plain.reaction or not heard.words:
        return None
    if _is_keyword(heard):
        return heard.plain.original.strip()
    if heard.has("opt_out.calls_only"):
        return None
    if asked.about == "followup" and heard.has("opt_out.sending_them") and not _POSTED & set(heard.texts):
        return heard.quote(heard.all("opt_out.sending_them")[0])  # we have sent nothing else that they answer
    meant = _meant(heard, "opt_out.phrase") + _meant(heard, "opt_out.aimed")
    return heard.quote(max(meant, key=lambda hit: hit.last - hit.first)) if meant else None


def stop_words(text: str) -> tuple[str, bool] | None:
    """(the words that ask for no more texts, do they say so for the writer alone?) of a text that was asked nothing.

    "Stop texting me" and a bare "stop" do; "no more texts" may be what a colleague tells a customer.
    """
    heard = hear(text)
    words = opt_out(heard, Asked())
    if words is None:
        return None
    return words, _is_keyword(heard) or bool(_MYSELF.search(" ".join(heard.texts)))


_MYSELF = re.compile(r"\b(?:me|my|mi|\w{3,}(?:[ae]n?|r)me)\b")


def no_offers(heard: Heard) -> bool:
    """Do they want no advertising, and say in so many words that other texts may come?

    Without those words a stop to one kind is a stop to all (47 CFR 64.1200(a)(12): silence means all).
    """
    said = " ".join(heard.texts)
    return bool(_NO_OFFERS.search(said) and _KEEP.search(said)) and not _is_keyword(heard)


_KIND = (
    r"(?:promos?|promotions?|promotional|offers?|deals?|specials|marketing|ads?|advertising"
    r"|ofertas?|promociones|promocion|publicidad)\b"
)
_NO_OFFERS = re.compile(
    r"\b(?:no (?:more )?|stop (?:only )?(?:sending )?(?:me )?(?:the |your |all )?|only stop (?:the )?"
    r"|dont (?:send|text) (?:me )?(?:any )?(?:more )?"
    rf"|(?:ya )?no (?:me )?(?:manden|mande|envien|envie|quiero) (?:mas )?){_KIND}"
)
_VISIT = r"\b.*\b(?:appointments?|reminders?|confirmations?|visits?|citas?|recordatorios?|confirmaciones)\b"
_KEEP = re.compile(
    rf"(?:(?<!you )(?<!they )(?<!dont )\bkeep|\bstill (?:want|need)|\bcontinue|\bbut (?:do |please )?(?:send|text)"
    rf"|\bpero (?:si|sigan|siga)|\bsigan|\bquiero (?:seguir|todavia)){_VISIT}"
)
"""What they keep is named: "you keep sending", "I still get" are complaints."""


def opt_in(heard: Heard) -> str | None:
    """The words that ask for texts again; a bare yes is never that."""
    if heard.bare in _START:
        return heard.plain.original.strip()
    hits = [] if heard.plain.asks else heard.live("opt_out.opt_in")
    return heard.quote(hits[0]) if hits else None


def looks_like_stop(heard: Heard) -> bool:
    """Is there a word of stopping in it, whatever it is about?"""
    return heard.has("opt_out.weak") or heard.has("opt_out.unlike")


def speaks_of_texts(heard: Heard) -> bool:
    """Does any word speak of texts, numbers, lists or of ending? Without one, hardly anything asks for no more."""
    return not _CUES.isdisjoint(heard.texts)


def _is_keyword(heard: Heard) -> bool:
    bare = heard.bare
    if bare in KEYWORDS:
        return True
    rest = [word for word in heard.texts if word not in _POLITE]
    kept = " ".join(rest)
    return kept in KEYWORDS or (len(rest) > 1 and len(set(rest)) == 1 and rest[0] in KEYWORDS)


def _meant(heard: Heard, label: str) -> list[Hit]:
    """The hits that no look-alike covers and that nobody else is blamed for."""
    shadows = heard.all("opt_out.unlike")
    others = heard.has("opt_out.others")
    return [
        hit
        for hit in heard.all(label)
        if not any(_covers(shadow, hit) for shadow in shadows)
        and not _undone(heard, hit)
        and not (others and hit.last - hit.first < 3)
        and not (label == "opt_out.aimed" and hit.last - hit.first == 1 and _shouted_at_damage(heard))
    ]


def _covers(shadow: Hit, hit: Hit) -> bool:
    """A look-alike covers a hit that it overlaps and that is not clearly longer."""
    return overlap(shadow, hit) and shadow.last - shadow.first >= hit.last - hit.first


def _shouted_at_damage(heard: Heard) -> bool:
    """ "Stop! Water is everywhere" is about the water."""
    return len(heard.words) > 4 and any(label.startswith("hazards.") for label in heard.hits)


def _undone(heard: Heard, hit: Hit) -> bool:
    """ "Don't you ever stop texting me" and "if I want you to stop texting me" ask for nothing yet."""
    texts = heard.texts
    said = [word for word in texts[hit.first : hit.last] if word not in _EVER]
    if said[0] in {"dont", "never"} and said[1:2] == ["stop"]:
        return True
    clause = heard.words[hit.first].clause
    ahead = [word.text for word in heard.words[max(0, hit.first - 4) : hit.first] if word.clause == clause]
    before = [word for word in ahead if word not in _EVER][-2:]
    return heard.words[hit.first].text in {"stop", "quit"} and any(word in _NEGATIONS for word in before)


_NEGATIONS = frozenset({"dont", "wont", "never", "not", "wouldnt"})
