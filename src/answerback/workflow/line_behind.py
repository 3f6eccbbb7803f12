"""What the counts in a line's findings are made of: the same rows that `workflow.line_health` counted, one by one."""

from answerback.store import models
from answerback.store.queries import line_behind, line_health
from answerback.store.queries.line_behind import Behind, What
from answerback.store.queries.rows import Cursor
from answerback.workflow import transaction
from answerback.workflow.line_health import LATELY, MONTH, SILENT_AFTER, WEEK, voicemail_point

_COUNTS: dict[tuple[str, str], What] = {
    ("calls", "green"): "calls",
    ("calls", "red"): "always",
    ("texting", "green"): "sent",
    ("filtering", "amber"): "filtered",
    ("filtering", "red"): "filtered",
    ("receipts", "amber"): "silent",
    ("voicemail", "red"): "boxed",
}
"""By a finding's name and level; the sentences of others hold no count."""


def counts(finding: models.LineFinding) -> What | None:
    """What this finding's sentence counts; None where it counts nothing."""
    said = any(each.isdigit() for each in finding.says)
    return _COUNTS.get((finding.name, finding.level)) if said else None


def listed(finding: models.LineFinding, before: int | None = None) -> list[Behind]:
    """The texts or calls that it counts, one more than a page holds; with `before` the older ones."""
    what, line, at = counts(finding), finding.line, finding.checked_at
    if what is None:
        return []
    back = {"calls": WEEK, "always": WEEK, "boxed": MONTH}.get(what, LATELY)
    asked = {"line": line.id, "number": line.number, "connection": line.connection_id, "since": at - back}

    def read(cursor: Cursor) -> list[Behind]:
        point = None
        if what == "boxed":
            rings = line_health.rings_before_answer(cursor, line.connection_id, line.number, at - back)
            point = voicemail_point(rings)
        more = {"seconds": point, "silent_before": at - SILENT_AFTER, "before": before}
        return line_behind.listed(cursor, what, asked | more)

    return transaction.run(read)
