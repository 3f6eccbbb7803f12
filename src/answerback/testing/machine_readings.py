"""What pretend customers' texts are taken to mean: any reading there is, and those of most customers.

Never here: what follows from a reading.
"""

from typing import get_args

from hypothesis import strategies as st

from answerback.engine.reading import Hazard, Intent, Reading, Sensitive, Slots, Urgency

readings = st.builds(
    Reading,
    intent=st.one_of(st.sampled_from(("answer", "book", "other", "ack")), st.sampled_from(get_args(Intent))),
    urgency=st.sampled_from(("unknown", "unknown", *get_args(Urgency))),
    sensitive=st.one_of(st.just(()), st.just(()), st.just(()), st.tuples(st.sampled_from(get_args(Sensitive)))),
    hazards=st.one_of(st.just(()), st.just(()), st.just(()), st.tuples(st.sampled_from(get_args(Hazard)))),
    opt_out=st.sampled_from((False,) * 9 + (True,)),
    opt_in=st.sampled_from((False,) * 5 + (True,)),
    service=st.sampled_from((None, "drain", "heater", "remodel", "drain", "heater", "elsewhere", "septic")),
    slots=st.builds(
        Slots,
        city=st.sampled_from((None, "Austin", "Round Rock", "Dallas")),
        zip=st.sampled_from((None, "78701", "10001")),
        contact_pref=st.sampled_from((None, "call", "link", "text")),
        option=st.sampled_from((None, "1", "2", "9", "²", "")),
        yes_no=st.sampled_from((None, "yes", "no")),
    ),
    language=st.sampled_from(("en", "es", "und", "other")),
    confidence=st.sampled_from((0.0, 0.3, 0.9)),
)

rarely = st.sampled_from((False, False, True))
"""Keeps what ends a conversation from ending nearly all of them."""

plain_readings = st.builds(
    Reading,
    intent=st.sampled_from(("answer", "book")),
    urgency=st.sampled_from(("unknown", "soon", "can_wait")),
    service=st.sampled_from((None, "drain", "heater")),
    slots=st.builds(
        Slots,
        city=st.sampled_from((None, "Austin")),
        contact_pref=st.sampled_from((None, "link", "call")),
        option=st.sampled_from((None, "1")),
    ),
    confidence=st.just(0.9),
)
"""What most customers write: answers to what was asked."""
