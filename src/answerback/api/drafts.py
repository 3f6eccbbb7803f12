"""The playbook that is being worked on: read it, change it, try it out, publish it; and older versions again."""

from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id
from answerback.api.operations import acts, reads
from answerback.api.playbooks import Finding, Published, Source, findings, published
from answerback.api.problems import Problem
from answerback.store import models
from answerback.store.playbook_file import load
from answerback.store.queries.told.setup import PLAYBOOKS
from answerback.workflow import drafts, experiments, rehearsal, replaying

router = Router(tags=["Playbooks"])

Said = Annotated[str, Field(min_length=1, max_length=600, pattern=r"^[^\u0000]+$")]
Place = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\u0000]+$")]
Language = Annotated[str, Field(min_length=2, max_length=8, pattern=r"^[a-z-]+$")]


class DraftText(Asked):
    """What is being worked on. `revision` 0: nothing was changed since version `based_on` was published."""

    source: str
    revision: int
    based_on: int | None
    findings: list[Finding]


class DraftChange(Asked):
    """The whole playbook as YAML, and the `revision` it was made from: refused when somebody was faster."""

    source: Source
    revision: Annotated[int, Field(ge=0, le=2**31 - 1)]


class Rehearsal(Asked):
    """What a customer writes, one text after the other; `source` null tries the draft out."""

    said: Annotated[list[Said], Field(max_length=20)] = []
    source: Source | None = None


class RehearsedLine(Asked):
    """One line of a pretend conversation: who says what."""

    who: str
    text: str


class Rehearsed(Asked):
    """The pretend conversation after a missed call."""

    lines: list[RehearsedLine]


class Replay(Asked):
    """Over how many days, and by which playbook; `source` null: by the reader as it is now."""

    days: Literal[7, 14, 28] = 7
    source: Source | None = None


class ReplayedConversation(Asked):
    """One conversation that would have gone differently, and in what."""

    conversation_id: int
    differs: list[str]


class ReplayResult(Asked):
    """How many conversations were replayed, how many end by the old rules as they really did, and which differ."""

    conversations: int
    faithful: int
    different: list[ReplayedConversation]


class Variant(Asked):
    """One more wording for a place of the playbook."""

    place: Place
    language: Language
    text: Said


class Compared(Asked):
    """One wording of several: how many people got it, how many replied or stopped; `verdict` against the first."""

    digest: str
    text: str
    people: int
    replied: int
    stopped: int
    paused: bool
    verdict: str | None


class Trial(Asked):
    """A place of the playbook with several wordings."""

    place: str
    language: str
    weeks: float
    variants: list[Compared]


class Trials(Asked):
    """All comparisons, and how many callers in a hundred are texted late to measure what texting at once is worth."""

    items: list[Trial]
    hold_out: int


class Kept(Asked):
    """The wording that stays, by its `digest`."""

    place: Place
    language: Language
    digest: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\u0000]+$")]


class HoldOut(Asked):
    """So many callers in a hundred; 0 switches it off."""

    share: Annotated[int, Field(ge=0, le=100)]


@reads(router, "/playbook-draft", "playbooks:read", DraftText)
def get_draft(request: ApiRequest) -> dict[str, object]:
    """The playbook that is being worked on, or the published one where nothing was changed."""
    return _draft(request.auth.business)


@acts(router, "/playbook-draft", "playbooks:write", DraftText, method="PUT")
def change_draft(request: ApiRequest, change: DraftChange) -> dict[str, object]:
    """Keep this as the draft. It reaches nobody until it is published."""
    playbook = load(change.source, "draft")
    drafts.change(request.auth.business, playbook, seen=change.revision, member=request.auth.actor.member or 0)
    return _draft(request.auth.business)


@acts(router, "/playbook-draft", "playbooks:write", None, method="DELETE", status=204)
def discard_draft(request: ApiRequest) -> None:
    """Throw the draft away; what is published stands."""
    drafts.discard(request.auth.business)


@acts(router, "/playbook-draft/publish", "playbooks:write", Published)
def publish_draft(request: ApiRequest) -> dict[str, object]:
    """Publish the draft. Refused where the check finds an error: the draft's `findings` say what."""
    done = drafts.publish(request.auth.business, member=request.auth.actor.member or 0)
    return published(request.auth.business, done)


@acts(router, "/playbooks/{int:id}/publish-again", "playbooks:write", Published)
def publish_playbook_again(request: ApiRequest, id: Id) -> dict[str, object]:
    """Publish an older version again, as a new one."""
    old = PLAYBOOKS.one(request.auth.business, id)
    done = drafts.roll_back(request.auth.business, old.number, member=request.auth.actor.member or 0)
    return published(request.auth.business, done)


@acts(router, "/playbooks/rehearse", "playbooks:read", Rehearsed)
def rehearse_playbook(request: ApiRequest, asked: Rehearsal) -> dict[str, object]:
    """What would be said to a customer who writes this. Nothing is sent, nothing is kept."""
    name = models.Business.objects.values_list("name", flat=True).get(id=request.auth.business)
    playbook = load(asked.source, "playbook.yaml") if asked.source else _standing(request.auth.business).playbook
    lines = rehearsal.rehearse(playbook, name, asked.said)
    return {"lines": [{"who": each.who, "text": each.text} for each in lines]}


@acts(router, "/playbooks/replay", "playbooks:read", ReplayResult)
def replay_conversations(request: ApiRequest, asked: Replay) -> dict[str, object]:
    """How the last days' conversations would have gone by another playbook, or as texts are read now."""
    if asked.source is None:
        found = replaying.against_reader(request.auth.business, asked.days)
    else:
        found = replaying.against_playbook(request.auth.business, load(asked.source, "playbook.yaml"), asked.days)
    different = [{"conversation_id": each.conversation, "differs": list(each.differs)} for each in found.different]
    return {"conversations": len(found.pairs), "faithful": len(found.faithful), "different": different}


@reads(router, "/trials", "playbooks:read", Trials)
def list_trials(request: ApiRequest) -> dict[str, object]:
    """Wordings that are compared, and what can be said of each."""
    found = experiments.comparisons(request.auth.business)
    return {"items": [_trial(each) for each in found], "hold_out": experiments.hold_out(request.auth.business).share}


@acts(router, "/trials/variants", "playbooks:write", Trials, status=201)
def add_variant(request: ApiRequest, variant: Variant) -> dict[str, object]:
    """Publish the playbook with one more wording; callers are shared out between them from now on."""
    caller = request.auth
    experiments.add(caller.business, caller.actor, variant.place, variant.language, variant.text)
    return list_trials(request)


@acts(router, "/trials/keep", "playbooks:write", Trials)
def keep_variant(request: ApiRequest, kept: Kept) -> dict[str, object]:
    """Publish the playbook with only this wording left."""
    caller = request.auth
    experiments.keep(caller.business, caller.actor, kept.place, kept.language, kept.digest)
    return list_trials(request)


@acts(router, "/trials/hold-out", "playbooks:write", Trials, method="PUT")
def set_hold_out(request: ApiRequest, held: HoldOut) -> dict[str, object]:
    """Text so many callers in a hundred late, to measure what texting at once is worth."""
    experiments.set_hold_out(request.auth.business, held.share)
    return list_trials(request)


def _standing(business: int) -> drafts.Draft:
    try:
        return drafts.of(business)
    except LookupError as problem:
        raise Problem(409, "not_possible", str(problem)) from problem


def _draft(business: int) -> dict[str, object]:
    draft = _standing(business)
    return {
        "source": draft.source,
        "revision": draft.revision,
        "based_on": draft.based_on,
        "findings": findings(draft.source),
    }


def _trial(each: experiments.Comparison) -> dict[str, object]:
    variants = [
        {
            "digest": variant.digest,
            "text": variant.text,
            "people": variant.told.people,
            "replied": variant.told.did,
            "stopped": variant.stopped,
            "paused": variant.paused,
            "verdict": variant.verdict.call if variant.verdict else None,
        }
        for variant in each.variants
    ]
    return {"place": each.place, "language": each.language, "weeks": each.weeks, "variants": variants}
