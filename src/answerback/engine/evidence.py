"""What an amount in the revenue ledger rests on, in plain words; where no document shows it, whose word it is.

Days are written as 2026-03-10 and shown as the reader writes days (`console.retold`). Never here: whether the amount
is true, or whose doing it was (`engine.history`).
"""

from datetime import date

CORRECTED, REFUNDED = "Corrected: ", "Refunded "
"""How what takes an entry back begins, where another stands in its place."""


def rests_on(job: str, evidence: str, author: str, *, at_the_desk: bool) -> str:
    """What shows an amount: a number, what was written beside it, and who entered it; else only who said so."""
    shown = [f"Invoice, receipt or job {job}."] if job else []
    if evidence:
        shown.append(evidence if evidence.endswith((".", "!", "?")) else f"{evidence}.")
    if not shown:
        return _said_by(author, at_the_desk=at_the_desk)
    return " ".join([*shown, f"Entered by {author}."] if author else shown)


def of_appointment(number: int, day: date) -> str:
    """It was kept, and somebody said what it brought. The day is the business's."""
    return f"Appointment {number}, {day}"


def of_sale(crm: str, id: str, title: str, day: date) -> str:
    """A CRM tells of it; the day is the business's."""
    return f"{crm} {id}: “{title}”, sold {day}"


def entered(amount: str, who: str, day: date) -> str:
    """What stands in the ledger already."""
    return f"{amount} of {who}, entered for {day}"


def refunded(amount: str, why: str) -> str:
    """A part was given back; begins with `REFUNDED`."""
    return f"Refunded {amount}. {why}".strip()


def corrected(wrong: str, right: str, why: str) -> str:
    """What was entered was wrong: both amounts as they are said; begins with `CORRECTED`."""
    return f"Corrected: {wrong} is {right}. {why}".strip()


def _said_by(author: str, *, at_the_desk: bool) -> str:
    if not author:
        return "No document, and nobody wrote down who said so."
    return f"Said by {author} at the desk, no document." if at_the_desk else f"Said by {author}, no document."
