"""The eight measures: their definitions, as data that the code reads, the reports show and docs/measures.md prints.

Whoever changes what a measure counts raises `VERSION`. Never here: what one lead's history comes to (`engine.history`)
or adding up many leads (`store.queries.reports`).
"""

from dataclasses import dataclass
from typing import Literal


def _(text: str) -> str:
    """Marks a sentence for the catalogue of the console, which translates it where it is shown."""
    return text


VERSION = 5
"""Rises with every change of what a measure counts; a report says which version it was made with."""

MeasureName = Literal["captured", "replied", "qualified", "booked", "callbacks", "sold", "response", "revenue"]

Excluded = Literal["vendor", "job_seeker", "wrong_number", "spam", "staff", "customer"]

EXCLUDED: dict[Excluded, str] = {
    "vendor": _("Sellers and suppliers"),
    "job_seeker": _("People who look for work"),
    "wrong_number": _("Wrong numbers"),
    "spam": _("Spam"),
    "staff": _("Your own people"),
    "customer": _("Customers with an open appointment"),
}
"""Why a lead is no chance to sell and counts in no measure."""

LOST_REASONS: dict[str, str] = {
    "price": _("Too expensive"),
    "elsewhere": _("Went to somebody else"),
    "too_slow": _("We answered too late"),
    "no_time": _("No time that suited"),
    "not_offered": _("We do not offer it"),
    "out_of_area": _("Outside our area"),
    "no_need": _("Not needed any more"),
    "no_answer": _("Never reached"),
    "duplicate": _("The same person again"),
    "other": _("Another reason"),
}
"""Why a lead was lost, for people to choose from; whatever else they write counts as `other`."""

WAITS: dict[int, str] = {
    5: _("5 s"),
    15: _("15 s"),
    30: _("30 s"),
    60: _("1 min"),
    300: _("5 min"),
    900: _("15 min"),
    3600: _("1 h"),
}
"""Bounds in seconds by which the time to first response is sorted, and how each is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure in the words of its definition: what counts, out of what, when, and what every edge does to it.

    What takes several sentences has each by itself, as each is translated by itself.
    """

    name: MeasureName
    title: str
    counts: str
    out_of: tuple[str, ...]
    window: str
    cohort: str
    left_out: tuple[str, ...]
    repeats: tuple[str, ...]
    merges: str
    refunds: str
    late: tuple[str, ...]


_COHORT = _("A lead belongs to the day of its first missed call or text, on the business's own clock.")
_WHENEVER = _("Open: whatever follows counts for that day, whenever it comes.")
_NO_CHANCE = _(
    "Sellers, suppliers, job seekers, wrong numbers, spam and your own people, and callers who had an open appointment "
    "when they called: they are customers already."
)
_ONE_LEAD = _("Several calls of one person while the conversation is open are one lead.")
_MERGES = _("Merging two contacts merges no leads: each stays with the day it began; one can be marked a duplicate.")
_NO_MONEY = _("No money is counted, so a refund changes nothing.")
_LATE = _(
    "A late receipt, reply or correction moves the number of that day, within a minute; a mark is replaced by the next."
)

MEASURES: tuple[Measure, ...] = (
    Measure(
        name="captured",
        title=_("Missed calls captured"),
        counts=_("Missed calls that belong to a lead."),
        out_of=(_("All missed calls, those of callers who hide their number included"),),
        window=_("Open: a repeat call counts for the day its lead began."),
        cohort=_COHORT,
        left_out=(_NO_CHANCE, _("Calls while an appointment of theirs stands.")),
        repeats=(_("Each call counts once; repeats add calls, not leads."),),
        merges=_("Calls stay with the lead they came to."),
        refunds=_NO_MONEY,
        late=(_("A call that a person corrects to answered leaves the count."),),
    ),
    Measure(
        name="replied",
        title=_("Reply rate"),
        counts=_("Leads that texted us after our first text was delivered."),
        out_of=(_("Leads whose first text was delivered"), _("All leads")),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=(_NO_CHANCE,),
        repeats=(_ONE_LEAD, _("Many replies are one.")),
        merges=_MERGES,
        refunds=_NO_MONEY,
        late=(_LATE,),
    ),
    Measure(
        name="qualified",
        title=_("Qualified rate"),
        counts=_(
            "Leads whose need is understood: every required answer known, or a person marked it so (shown apart)."
        ),
        out_of=(_("Leads that replied, of whom only those who replied count"), _("All leads")),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=(_NO_CHANCE,),
        repeats=(_ONE_LEAD,),
        merges=_MERGES,
        refunds=_NO_MONEY,
        late=(_LATE, _("Leads with nothing but a mark, and leads marked again and again, are counted apart.")),
    ),
    Measure(
        name="booked",
        title=_("Appointments booked"),
        counts=_("Leads with an appointment: gross is ever booked, net still stands, attended took place."),
        out_of=(_("Leads that are qualified"), _("All leads")),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=(_NO_CHANCE, _("Holds that were never confirmed.")),
        repeats=(_ONE_LEAD, _("An appointment moved to another time stays one.")),
        merges=_MERGES,
        refunds=_("A cancelled appointment leaves net and stays in gross."),
        late=(_LATE,),
    ),
    Measure(
        name="callbacks",
        title=_("Human callbacks completed"),
        counts=_("Promised phone calls in which a person reached the customer."),
        out_of=(_("All promised phone calls"),),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=(_NO_CHANCE,),
        repeats=(_("Each promise counts once, however often somebody dialled."),),
        merges=_MERGES,
        refunds=_NO_MONEY,
        late=(_LATE,),
    ),
    Measure(
        name="sold",
        title=_("Jobs sold"),
        counts=_("Leads that are won now; visits and consultations that took place stand beside them."),
        out_of=(_("All leads"),),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=(_NO_CHANCE,),
        repeats=(_ONE_LEAD, _("A job that is given up and sold again counts once.")),
        merges=_MERGES,
        refunds=_("A sale stays sold when its money is refunded; marked lost, it is none."),
        late=(_LATE, _("Sales without an amount are counted apart.")),
    ),
    Measure(
        name="response",
        title=_("Time to first response"),
        counts=_("From the missed call to the first delivered text or the first talk with a person: median and p90."),
        out_of=(_("Leads that got a response; those without one are counted beside it"),),
        window=_WHENEVER,
        cohort=_("A lead belongs to the day of its first missed call; leads that texted first have no waiting time."),
        left_out=(_NO_CHANCE, _("A text the provider never reported as delivered is no response.")),
        repeats=(_("The first missed call of a lead."),),
        merges=_MERGES,
        refunds=_NO_MONEY,
        late=(_("A delivery receipt that comes late counts with the time it names."),),
    ),
    Measure(
        name="revenue",
        title=_("Revenue recovered"),
        counts=_("Money of jobs sold after our text or a person's call reached the customer."),
        out_of=(_("All money entered; what came without us and what was taken back stand beside it"),),
        window=_WHENEVER,
        cohort=_COHORT,
        left_out=(_NO_CHANCE, _("Jobs booked before we reached them, and money that came before, are not ours.")),
        repeats=(
            _("One job counts once, however many numbers or channels the person used."),
            _("It is known by its number, and without one by its person, its amount and its days."),
        ),
        merges=_("A job entered under both numbers is refused the second time."),
        refunds=_(
            "What is taken back, whole or only a part, leaves the sum and is shown beside it; no entry is ever edited."
        ),
        late=(_("An entry counts from the minute it is made, for the day its lead began."),),
    ),
)
