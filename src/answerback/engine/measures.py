"""The eight measures: their definitions, as data that the code reads, the reports show and docs/measures.md prints.

Whoever changes what a measure counts raises `VERSION`. Never here: what one lead's history comes to (`engine.history`)
or adding up many leads (`store.queries.reports`).
"""

from dataclasses import dataclass
from typing import Literal

VERSION = 2
"""Rises with every change of what a measure counts; a report says which version it was made with."""

MeasureName = Literal["captured", "replied", "qualified", "booked", "callbacks", "sold", "response", "revenue"]

Excluded = Literal["vendor", "job_seeker", "wrong_number", "spam", "staff", "customer"]

EXCLUDED: dict[Excluded, str] = {
    "vendor": "Sellers and suppliers",
    "job_seeker": "People who look for work",
    "wrong_number": "Wrong numbers",
    "spam": "Spam",
    "staff": "Your own people",
    "customer": "Customers with an open appointment",
}
"""Why a lead is no chance to sell and counts in no measure."""

LOST_REASONS: dict[str, str] = {
    "price": "Too expensive",
    "elsewhere": "Went to somebody else",
    "too_slow": "We answered too late",
    "no_time": "No time that suited",
    "not_offered": "We do not offer it",
    "out_of_area": "Outside our area",
    "no_need": "Not needed any more",
    "no_answer": "Never reached",
    "duplicate": "The same person again",
    "other": "Another reason",
}
"""Why a lead was lost, for people to choose from; whatever else they write counts as `other`."""

WAITS: dict[int, str] = {5: "5 s", 15: "15 s", 30: "30 s", 60: "1 min", 300: "5 min", 900: "15 min", 3600: "1 h"}
"""Bounds in seconds by which the time to first response is sorted, and how each is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure in the words of its definition: what counts, out of what, when, and what every edge does to it."""

    name: MeasureName
    title: str
    counts: str
    out_of: tuple[str, ...]
    window: str
    cohort: str
    left_out: str
    repeats: str
    merges: str
    refunds: str
    late: str


_COHORT = "A lead belongs to the day of its first missed call or text, on the business's own clock."
_WHENEVER = "Open: whatever follows counts for that day, whenever it comes."
_NO_CHANCE = (
    "Sellers, suppliers, job seekers, wrong numbers, spam and your own people, and callers who had an open appointment "
    "when they called: they are customers already."
)
_ONE_LEAD = "Several calls of one person while the conversation is open are one lead."
_MERGES = "Merging two contacts merges no leads: each stays with the day it began; one can be marked a duplicate."
_NO_MONEY = "No money is counted, so a refund changes nothing."
_LATE = (
    "A late receipt, reply or correction moves the number of that day, within a minute; a mark is replaced by the next."
)

MEASURES: tuple[Measure, ...] = (
    Measure(
        name="captured",
        title="Missed calls captured",
        counts="Missed calls that belong to a lead.",
        out_of=("All missed calls, those of callers who hide their number included",),
        window="Open: a repeat call counts for the day its lead began.",
        cohort=_COHORT,
        left_out=f"{_NO_CHANCE} Calls while an appointment of theirs stands.",
        repeats="Each call counts once; repeats add calls, not leads.",
        merges="Calls stay with the lead they came to.",
        refunds=_NO_MONEY,
        late="A call that a person corrects to answered leaves the count.",
    ),
    Measure(
        name="replied",
        title="Reply rate",
        counts="Leads that texted us after our first text was delivered.",
        out_of=("Leads whose first text was delivered", "All leads that began with a missed call"),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=_NO_CHANCE,
        repeats=f"{_ONE_LEAD} Many replies are one.",
        merges=_MERGES,
        refunds=_NO_MONEY,
        late=_LATE,
    ),
    Measure(
        name="qualified",
        title="Qualified rate",
        counts="Leads whose need is understood: every required answer known, or a person marked it so (shown apart).",
        out_of=("Leads that replied", "All leads"),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=_NO_CHANCE,
        repeats=_ONE_LEAD,
        merges=_MERGES,
        refunds=_NO_MONEY,
        late=f"{_LATE} Leads with nothing but a mark, and leads marked again and again, are counted apart.",
    ),
    Measure(
        name="booked",
        title="Appointments booked",
        counts="Leads with an appointment: gross is ever booked, net still stands, attended took place.",
        out_of=("Leads that are qualified", "All leads"),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=f"{_NO_CHANCE} Holds that were never confirmed.",
        repeats=f"{_ONE_LEAD} An appointment moved to another time stays one.",
        merges=_MERGES,
        refunds="A cancelled appointment leaves net and stays in gross.",
        late=_LATE,
    ),
    Measure(
        name="callbacks",
        title="Human callbacks completed",
        counts="Promised phone calls in which a person reached the customer.",
        out_of=("All promised phone calls",),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=_NO_CHANCE,
        repeats="Each promise counts once, however often somebody dialled.",
        merges=_MERGES,
        refunds=_NO_MONEY,
        late=_LATE,
    ),
    Measure(
        name="sold",
        title="Jobs sold",
        counts="Leads that are won now; visits and consultations that took place stand beside them.",
        out_of=("All leads",),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=_NO_CHANCE,
        repeats=f"{_ONE_LEAD} A job that is given up and sold again counts once.",
        merges=_MERGES,
        refunds="A sale stays sold when its money is refunded; marked lost, it is none.",
        late=f"{_LATE} Sales without an amount are counted apart.",
    ),
    Measure(
        name="response",
        title="Time to first response",
        counts="From the missed call to the first delivered text or the first talk with a person: median and p90.",
        out_of=("Leads that got a response; those without one are counted beside it",),
        window=_WHENEVER,
        cohort="A lead belongs to the day of its first missed call; leads that texted first have no waiting time.",
        left_out=f"{_NO_CHANCE} A text the provider never reported as delivered is no response.",
        repeats="The first missed call of a lead.",
        merges=_MERGES,
        refunds=_NO_MONEY,
        late="A delivery receipt that comes late counts with the time it names.",
    ),
    Measure(
        name="revenue",
        title="Revenue recovered",
        counts="Money of jobs sold after our text or a person's call reached the customer.",
        out_of=("All money entered; what came without us and what was taken back stand beside it",),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=f"{_NO_CHANCE} Jobs booked before we reached them, and money that came before, are not ours.",
        repeats="One job number counts once, however many numbers or channels the person used.",
        merges="A job entered under both numbers is refused the second time.",
        refunds="What is taken back, whole or in part, leaves the sum and is shown beside it; no entry is ever edited.",
        late="An entry counts from the minute it is made, for the day its lead began.",
    ),
)
