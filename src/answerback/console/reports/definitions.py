"""The definitions of the measures in the language of whoever reads them."""

from dataclasses import dataclass

from django.utils.translation import gettext

from answerback.engine.measures import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What stands under "How is this counted?": what counts, out of what, when, what is left out, and every edge."""

    title: str
    counts: str
    out_of: tuple[str, ...]
    when: str
    left_out: str
    edges: str


def defined(measure: Measure) -> Definition:
    """The definition of a measure."""
    return Definition(
        title=gettext(measure.title),
        counts=gettext(measure.counts),
        out_of=tuple(map(gettext, measure.out_of)),
        when=_joined(measure.cohort, measure.window),
        left_out=_joined(*measure.left_out),
        edges=_joined(*measure.repeats, measure.merges, measure.refunds, *measure.late),
    )


def _joined(*sentences: str) -> str:
    return " ".join(map(gettext, sentences))
