"""The step of the set-up about the first text: in which language it is sent, and its words in each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.console.guard import Visit
from answerback.console.playbooks import plain
from answerback.console.retold import retold
from answerback.console.set_up.begin import Wrong
from answerback.console.shown import Form
from answerback.engine.playbook import Playbook
from answerback.engine.rehearsal import examples
from answerback.store import models
from answerback.workflow import directory, drafts
from answerback.workflow.publishing import NotPublishable

SPOKEN = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}
USUAL = "usual"
"""The field of the language that is spoken to whoever has not written yet."""


def form(row: models.Business) -> Form:
    """What stands in this step."""
    playbook = drafts.of(row.id).playbook
    texts, first = _texts(playbook), _("First text")
    names = {each: f"{first} ({SPOKEN.get(code, code)}, {at})" for each, _text, code, at in texts}
    return Form(
        {USUAL: next(iter(playbook.languages), ""), **{each: text for each, text, *_rest in texts}},
        {USUAL: _("The usual language"), **names},
        {USUAL: dict(_spoken(playbook))},
    )


def show(visit: Visit, row: models.Business) -> dict[str, Any]:
    """The languages, each text, and the first one as a phone shows it."""
    playbook = drafts.of(row.id).playbook
    given = visit.request.POST
    texts = [
        (name, SPOKEN.get(code, code), given.get(name, text), code, at) for name, text, code, at in _texts(playbook)
    ]
    usual = given.get(USUAL) or next(iter(playbook.languages), "")
    blanks = {code: {**examples(code), "business": row.name} for code in {usual, *(each[3] for each in texts)}}
    return {
        "texts": texts,
        "several": any(at > 1 for *_others, at in texts),
        "languages": _spoken(playbook),
        "usual": usual,
        "blanks": blanks,
        "first": next((plain.shown(text, blanks[usual]) for name, _spoken, text, *_rest in texts if name == usual), ""),
    }


def first(row: models.Business) -> str:
    """The text for open hours, as a phone shows it."""
    playbook = drafts.of(row.id).playbook
    code = next(iter(playbook.languages), "")
    text = next(iter(playbook.greet["open"].get(code, ())), "")
    return plain.shown(text, {**examples(code), "business": row.name})


def keep(visit: Visit) -> bool:
    """Publish what was written; the step is over then. Raises `Wrong`."""
    business, given = visit.seat.business, visit.request.POST
    draft = drafts.of(business)
    greet = draft.playbook.greet
    written = {**greet["open"], **_written(given, draft.playbook)}
    playbook = replace(draft.playbook, greet={**greet, "open": written}, languages=_usual_first(given, draft.playbook))
    if playbook == draft.playbook:
        return False
    if draft.is_changed:
        raise Wrong(_("The playbook has a draft that is not published yet. Publish it or throw it away first."))
    try:
        drafts.change(business, playbook, seen=draft.revision, member=visit.seat.member)
        drafts.publish(business, member=visit.seat.member)
    except drafts.Outdated as problem:
        raise Wrong(str(problem)) from None
    except NotPublishable as problem:
        drafts.discard(business)
        said = [f"{retold(each.what)} {retold(each.fix)}".replace("`", '"') for each in problem.problems[:3]]
        raise Wrong("\n".join(said), _field_of(problem.problems[0].where, draft.playbook, given)) from None
    directory.forget()
    return False


def _spoken(playbook: Playbook) -> list[tuple[str, object]]:
    return [(code, SPOKEN.get(code, code)) for code in playbook.languages]


def _texts(playbook: Playbook) -> list[tuple[str, str, str, int]]:
    """The variants of the first text: the field of each, its words, language and number."""
    return [
        (_variant(code, at), text, code, at)
        for code in playbook.languages
        for at, text in enumerate(playbook.greet["open"].get(code, ()) or ("",), start=1)
    ]


def _variant(code: str, at: int) -> str:
    """The field of a language's first, second, ... variant of the first text."""
    return code if at == 1 else f"{code}-{at}"


def _usual_first(given: Mapping[str, str], playbook: Playbook) -> tuple[str, ...]:
    """The playbook's languages, the chosen one before the others."""
    return tuple(sorted(playbook.languages, key=lambda code: code != given.get(USUAL)))


def _field_of(where: str, playbook: Playbook, given: QueryDict) -> str:
    """The field a problem such as `greet > open > es > 2` is about; empty for another place of the playbook."""
    code, at = [*where.removeprefix("greet > open > ").split(" > "), "1"][:2]
    fields = [name for name, text, spoken, _at in _texts(playbook) if spoken == code and given.get(name, text).strip()]
    return dict(enumerate(fields, start=1)).get(int(at), "") if at.isdecimal() else ""


def _written(given: QueryDict, playbook: Playbook) -> dict[str, tuple[str, ...]]:
    """The variants that were written, by language; one that was emptied is gone, but never a language's last."""
    found = {}
    for code in playbook.languages:
        before = playbook.greet["open"].get(code, ()) or ("",)
        now = [given.get(_variant(code, at), text) for at, text in enumerate(before, start=1)]
        if left := tuple(text for each in now if (text := each.replace("\r\n", "\n").strip())):
            found[code] = left
    return found
