"""What the parts of a breakdown are called."""

from django.utils.translation import gettext as _

from answerback.console import words
from answerback.console.reports import charts
from answerback.engine.measures import EXCLUDED, LOST_REASONS
from answerback.engine.rehearsal import spoken
from answerback.engine.variants import digest
from answerback.store import ids, models
from answerback.store.queries.offered import retired
from answerback.store.queries.reports import Dimension, Part
from answerback.workflow import directory, week

Services = dict[str, str]
"""The names of a business's services by id, and the words of its greetings by `wording` and their digest."""


def services(business: int) -> Services:
    """The services of a business as its playbook names them now."""
    row = models.Business.objects.filter(id=business).values_list("revision", "playbook_id").first()
    if row is None or row[1] is None:
        return {}
    playbook = directory.known(business, *row).rules.playbook
    gone = retired(business, row[1])
    named = {id: words.named(names, id) for id, names in gone.items()}
    named |= {each.id: words.named(each.name) for each in playbook.services}
    greetings = (each.text for each in spoken(playbook) if each.kind == "greet")
    return named | {f"wording {digest(text)}": text for text in greetings}


def row_name(by: Dimension, part: Part, named: Services) -> str:
    """The name of a row of a breakdown."""
    if by in {"service", "reason", "language", "wait", "lost", "wording"}:
        return part_name(by, part.key, named)
    return part.name or (_("Nobody, the machine alone") if by == "member" else _("No location"))


def part_name(by: Dimension | None, key: str, named: Services) -> str:
    """The name of a part by its key; empty where the key alone does not tell."""
    match by:
        case "service":
            return named.get(key, words.tidy(key)) or _("Not known yet")
        case "reason":
            return words.MISSED.get(key, _("They texted first") if not key else words.tidy(key))
        case "language":
            return {"en": _("English"), "es": _("Spanish")}.get(key, key or _("Not known"))
        case "wait":
            return charts.wait_name(key)
        case "wording":
            return named.get(f"wording {key}", _("A wording of an earlier playbook"))
        case "lost":
            return _(LOST_REASONS[key]) if key in LOST_REASONS else _("No reason given")
        case "left_out":
            return next((_(said) for why, said in EXCLUDED.items() if why == key), "")
        case "hour":
            hour = ids.whole(key, 0, 167)
            return "" if hour is None else week.hour_name(hour)
        case "day" | "week" | "month":
            return key
        case _:
            return ""
