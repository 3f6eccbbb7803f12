"""What a turn writes down of why: decision receipts, and changes of consent. Never here: deciding either."""

from answerback.engine.effects import KeepConsent
from answerback.engine.receipt import DecisionReceipt
from answerback.store import codec
from answerback.store.queries.rows import raw
from answerback.store.queries.turns import ConsentRow, ReasonRow, Woken


def of(woken: Woken, receipt: DecisionReceipt) -> ReasonRow:
    """A decision receipt of this conversation as a row."""
    return ReasonRow(
        business=woken.business,
        conversation=woken.id,
        at=receipt.at,
        rule=receipt.rule[:40],
        verdict=receipt.verdict,
        why=receipt.why[:400],
        guards=raw(codec.encode_guards(receipt)),
        would_change=receipt.would_change[:400],
        text=receipt.text or "",
        call=receipt.call[:200],
    )


def consent(woken: Woken, kept: KeepConsent, n: int) -> ConsentRow:
    """The `n`-th change of consent of a turn as a row."""
    return ConsentRow(
        business=woken.business,
        contact=woken.contact,
        number=woken.number,
        at=kept.at,
        state=kept.state,
        source=kept.source,
        evidence=kept.evidence[:300],
        disclosure=kept.disclosure,
        n=n,
    )
