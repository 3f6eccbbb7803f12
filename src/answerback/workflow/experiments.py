"""Wording experiments and the hold-out: how variants do, what may be said about them, and what follows.

Variants stand in the playbook; the engine shares people out among them and every receipt names the choice. A variant
that makes people say stop or complain is paused by itself. Never here: the statistics (`engine.sequential`).
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.engine import rewording
from answerback.engine.playbook import Playbook
from answerback.engine.rehearsal import spoken
from answerback.engine.sequential import ALPHA, Group, Verdict, compare
from answerback.engine.variants import digest
from answerback.store import codec, models
from answerback.store.playbook_file import dump
from answerback.store.queries import experiments
from answerback.store.queries.experiments import Did, Told
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, one_by_one, publishing, transaction
from answerback.workflow.actors import Actor, NotAllowed

log = logging.getLogger("answerback.experiments")

REPLY_WITHIN = timedelta(days=1)
"""Who was told a wording less than this ago is not counted yet: they may still answer."""

BOOK_WITHIN = timedelta(days=14)
"""Whose call is less than this ago is not counted in a hold-out yet: they may still book."""

PLACES = ("greet", "learn", "nudges", "routes")
"""Whose wordings may be compared: what is said first, and what asks for an answer."""

SHARES = (0, 5, 10, 20)
"""How many callers in a hundred a hold-out may text late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One variant and how it does against the first; `harm` is the guard-rail's verdict, None for the first."""

    digest: str
    text: str
    told: Group
    stopped: int
    complained: int
    paused: bool
    verdict: Verdict | None = None
    harm: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The variants of one wording in one language, as the playbook has them now."""

    place: str
    language: str
    weeks: float
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOut:
    """Those texted at once against those texted late: bookings, and where the true difference is."""

    share: int
    late: Group
    at_once: Group
    verdict: Verdict | None


def comparisons(business: int) -> list[Comparison]:
    """Every wording of the published playbook that has variants, with what can be said of them now."""
    now = clock.now()
    row = models.Business.objects.select_related("playbook").get(id=business)
    if row.playbook is None:
        return []
    playbook = _playbook(row.playbook)
    told: dict[tuple[str, str], dict[str, Told]] = {}
    for each in experiments.counts(business, now - REPLY_WITHIN):
        told.setdefault((each.place, each.language), {})[each.variant] = each
    paused = frozenset(row.settings.get("paused_wordings", ()))
    return [
        _comparison(place, language, texts, told.get((place, language), {}), paused=paused, now=now)
        for place, language, texts in _with_variants(playbook)
    ]


def hold_out(business: int) -> HoldOut:
    """What the hold-out has shown so far; leads that may still book are not counted."""
    now = clock.now()
    arms = {arm.arm: arm for arm in experiments.arms(business, now - BOOK_WITHIN)}
    late, at_once = (
        Group(arms[name].people, arms[name].booked) if name in arms else Group(0, 0) for name in ("late", "at_once")
    )
    share = models.Business.objects.values_list("settings__hold_out_share", flat=True).get(id=business)
    weeks = (now - min(arm.since for arm in arms.values())).days / 7 if arms else 0.0
    verdict = compare(late, at_once, weeks) if late.people and at_once.people else None
    return HoldOut(share=int(share or 0), late=late, at_once=at_once, verdict=verdict)


def behind_variant(business: int, of: tuple[str, str, str], did: Did) -> tuple[int, ...]:
    """The leads behind one number of a variant, which is `of` (place, language, digest)."""
    return experiments.behind_variant(business, clock.now() - REPLY_WITHIN, of, did)


def behind_arm(business: int, arm: str, *, booked: bool) -> tuple[int, ...]:
    """The leads behind one number of the hold-out."""
    return experiments.behind_arm(business, clock.now() - BOOK_WITHIN, arm, booked=booked)


def set_hold_out(business: int, share: int) -> None:
    """Text so many callers in a hundred late from now on; 0 switches it off."""
    transaction.run(lambda cursor: hold_out_set(cursor, business, share))


def hold_out_set(cursor: Cursor, business: int, share: int) -> None:
    """As `set_hold_out`, for callers in a transaction of theirs."""
    if share not in SHARES:
        raise NotAllowed(f"A hold-out may be {', '.join(map(str, SHARES))} callers in a hundred.", "share")
    _set(cursor, business, "hold_out_share", codec.encode(share))


def add(business: int, actor: Actor, place: str, language: str, text: str) -> None:
    """Publish the playbook with one more variant of this wording. Raises `NotAllowed`, `publishing.NotPublishable`."""
    if not text.strip():
        raise NotAllowed("Write the new words.", "text")
    if place.split(" > ", maxsplit=1)[0] not in PLACES:
        raise NotAllowed("Only greetings, questions, routes and nudges are compared.", "place")
    changed = rewording.with_variant(_published(business), place, language, " ".join(text.split()))
    if changed is None:
        raise NotAllowed("There is no such wording, or it says exactly this already.", "text")
    publishing.publish(business, dump(changed), member=actor.member)


def keep(business: int, actor: Actor, place: str, language: str, kept: str) -> None:
    """Publish the playbook with only this variant left there."""
    changed = rewording.with_only(_published(business), place, language, kept)
    if changed is None:
        raise NotAllowed("The playbook has changed meanwhile. Look again.")
    publishing.publish(business, dump(changed), member=actor.member)


def guard_all() -> int:
    """Pause every variant that certainly makes more people say stop or complain; returns how many."""
    businesses = models.Business.objects.exclude(playbook=None).values_list("id", flat=True)
    return sum(one_by_one.each(guard, businesses, "experiment.broken business=%s"))


def guard(business: int) -> int:
    """Pause the harmful variants of this business."""
    harmful = {
        variant.digest
        for comparison in comparisons(business)
        for variant in comparison.variants
        if variant.harm is not None and variant.harm.call == "worse" and not variant.paused
    }
    if harmful:
        stored = models.Business.objects.values_list("settings__paused_wordings", flat=True).get(id=business) or []
        transaction.run(
            lambda cursor: _set(cursor, business, "paused_wordings", codec.encode(sorted({*stored, *harmful})))
        )
        log.warning("experiment.paused business=%s variants=%s", business, len(harmful))
    return len(harmful)


def _with_variants(playbook: Playbook) -> list[tuple[str, str, list[str]]]:
    """Places with several variants in one language, in the order of the playbook."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in spoken(playbook):
        parts = each.where.split(" > ")
        if each.kind == "choice" or parts[0] not in PLACES:
            continue
        place = " > ".join(parts[: parts.index(each.language)])
        found.setdefault((place, each.language), []).append(each.text)
    return [(place, language, texts) for (place, language), texts in found.items() if len(texts) > 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """What the variants of one wording share: the first one's numbers, how long, who is paused, how wrong we may be."""

    first: Told | None
    weeks: float
    paused: frozenset[str]
    alpha: float


def _comparison(
    place: str, language: str, texts: list[str], told: dict[str, Told], *, paused: frozenset[str], now: datetime
) -> Comparison:
    """Several variants share one chance to be wrong (Bonferroni)."""
    since = max((each.since for each in told.values()), default=now)
    weeks = max(0.0, (now - since) / timedelta(weeks=1))
    alpha = ALPHA / max(1, len(texts) - 1)
    trial = _Trial(first=told.get(digest(texts[0])), weeks=weeks, paused=paused, alpha=alpha)
    variants = (_variant(text, told.get(digest(text)), trial, is_first=at == 0) for at, text in enumerate(texts))
    return Comparison(place=place, language=language, weeks=weeks, variants=tuple(variants))


def _variant(text: str, told: Told | None, trial: _Trial, *, is_first: bool) -> Variant:
    """One variant against the first. Harm is compared turned round: how many it did not drive away."""
    verdict = harm = None
    if not is_first and trial.first is not None and told is not None:
        verdict = compare(_replied(trial.first), _replied(told), trial.weeks, alpha=trial.alpha)
        harm = compare(_unharmed(trial.first), _unharmed(told), trial.weeks, alpha=trial.alpha)
    return Variant(
        digest=digest(text),
        text=text,
        told=_replied(told) if told else Group(0, 0),
        stopped=told.stopped if told else 0,
        complained=told.complained if told else 0,
        paused=digest(text) in trial.paused,
        verdict=verdict,
        harm=harm,
    )


def _replied(told: Told) -> Group:
    return Group(told.people, told.replied)


def _unharmed(told: Told) -> Group:
    return Group(told.people, told.people - min(told.people, told.stopped + told.complained))


def _published(business: int) -> Playbook:
    row = models.PlaybookVersion.objects.filter(business_id=business).order_by("-number").first()
    if row is None:
        raise NotAllowed("This business has no playbook yet.")
    return _playbook(row)


def _playbook(row: models.PlaybookVersion) -> Playbook:
    return codec.decode_playbook(codec.encode(row.body))


def _set(cursor: Cursor, business: int, name: str, value: str) -> None:
    cursor.execute(
        "UPDATE business SET settings = jsonb_set(settings, ARRAY[%s::text], %s::jsonb) WHERE id = %s",
        [name, value, business],
    )
