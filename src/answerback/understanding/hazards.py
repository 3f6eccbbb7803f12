"""Which dangers a text names, and whether they are real now.

A danger needs its cue and its subject (the phrase lists hold both together) and no calming context: denied, only
supposed, past, over, or a look-alike. Self-harm and violence are never calmed by "if", "last year" or "just kidding":
a false alarm costs a person a glance, a miss may cost a life.
"""

from dataclasses import dataclass

from answerback.engine.reading import Hazard, Sensitive
from answerback.understanding.evidence import names_danger
from answerback.understanding.heard import Heard, overlap
from answerback.understanding.phrases import Hit
from answerback.understanding.scenes import Scene, scenes

_KINDS: tuple[Hazard, ...] = (
    "gas",
    "carbon_monoxide",
    "fire",
    "electric",
    "flood",
    "medical_emergency",
    "self_harm",
    "violence",
)
_UNLIKE: dict[Hazard | None, tuple[str, ...]] = {
    None: ("urgency.unlike_stranded", "hazards.unlike_medical"),
    "gas": ("hazards.unlike_gas",),
    "carbon_monoxide": ("hazards.unlike_carbon_monoxide",),
    "fire": ("hazards.unlike_fire",),
    "flood": ("hazards.unlike_flood",),
    "electric": ("hazards.unlike_electric",),
    "medical_emergency": ("hazards.unlike_medical",),
    "self_harm": ("hazards.unlike_self_harm",),
    "violence": ("hazards.unlike_violence",),
}
_FAILED = frozenset({"cant", "cannot", "couldnt", "wont", "unable", "to", "how"})
_NEVER_CALM = frozenset({"self_harm"})
_OWN = frozenset({"my", "our", "his", "her", "me", "im", "mi", "we", "hes", "shes", "still", "now"})
_PAST_COUNTS = frozenset({"self_harm", "violence"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dangers:
    """The dangers that count now, the words that say so, and whether others were calmed away.

    `sure` tells that a plight stands by its words alone.
    """

    hazards: tuple[Hazard, ...]
    evidence: tuple[str, ...]
    calmed: bool
    plight: str | None = None
    tags: tuple[Sensitive, ...] = ()
    sure: bool = False


def dangers(heard: Heard, industry: str = "") -> Dangers:
    """Every danger in a text that is real by what it says; `plight` quotes an emergency that is none of the hazards."""
    found = _phrased(heard)
    seen = list(scenes(heard, industry))
    meant = [scene for scene in seen if not _looks_alike(heard, scene) and not _calm_scene(heard, scene)]
    more = {scene.hazard: scene for scene in reversed(meant) if scene.hazard and scene.hazard not in found.hazards}
    plight = next((scene for scene in meant if scene.hazard is None), None)
    return Dangers(
        hazards=(*found.hazards, *(kind for kind in _KINDS if kind in more)),
        evidence=(*found.evidence, *(_says(heard, kind, more[kind].span) for kind in _KINDS if kind in more)),
        calmed=found.calmed or len(meant) < len(seen),
        plight=heard.quote(plight.span) if plight else None,
        tags=tuple(dict.fromkeys(tag for scene in meant for tag in scene.tags)),
        sure=any(scene.sure for scene in meant),
    )


def _looks_alike(heard: Heard, scene: Scene) -> bool:
    """Does a look-alike cover any of its words ("cable snapped, door's down")? Of a body only what is wrong counts.

    "My crown cut my gum and the bleeding won't slow" names a gum, and bleeds for all that.
    """
    return any(
        overlap(hit, shadow)
        for name in _UNLIKE.get(scene.hazard, ())
        for shadow in heard.all(name)
        for hit in ((scene.cue,) if name == "hazards.unlike_medical" else scene.hits)
    )


def _calm_scene(heard: Heard, scene: Scene) -> bool:
    if scene.soft and (heard.has("urgency.can_wait") or heard.has("urgency.safe_place")):
        return True
    thought_of = scene.hazard in {None, "flood"} and any(heard.supposed(hit) for hit in scene.hits)
    return thought_of or _calm(heard, scene.hazard, scene.cue)


def _says(heard: Heard, kind: Hazard, hit: Hit) -> str:
    return names_danger(heard.quote(hit), kind)


def _phrased(heard: Heard) -> Dangers:
    """The dangers that one phrase holds by itself."""
    real: list[Hazard] = []
    evidence: list[str] = []
    calmed = False
    for kind in _KINDS:
        hits = heard.clear_of(f"hazards.{kind}", _UNLIKE.get(kind, ()))
        meant = [hit for hit in hits if not _calm(heard, kind, hit)]
        calmed = calmed or len(meant) < len(heard.all(f"hazards.{kind}"))
        if meant:
            real.append(kind)
            evidence.append(_says(heard, kind, meant[0]))
    return Dangers(hazards=tuple(real), evidence=tuple(evidence), calmed=calmed)


def _calm(heard: Heard, kind: Hazard | None, hit: Hit) -> bool:
    if kind in _NEVER_CALM:
        return kind == "self_harm" and _denied_outright(heard, hit)
    if heard.negated(hit):
        return True
    if kind in _PAST_COUNTS:
        return False
    if kind == "medical_emergency":
        return _past(heard, hit) or _only_asked(heard, hit)
    return _past(heard, hit) or _over(heard, hit) or _only_supposed(heard, kind, hit) or _slight(heard, kind, hit)


def _denied_outright(heard: Heard, hit: Hit) -> bool:
    """ "I am not suicidal" is still shown to a person through the words; only the plain denial calms."""
    before = [word.text for word in heard.words[max(0, hit.first - 2) : hit.first]]
    return "not" in before and "sure" not in before


def _past(heard: Heard, hit: Hit) -> bool:
    return long_ago(heard, hit) and not heard.live("hazards.still")


def long_ago(heard: Heard, hit: Hit) -> bool:
    """Is it in a sentence that tells of something old? A "3 year old" is somebody."""
    sentence = heard.words[hit.first].sentence
    calm = heard.clear_of("hazards.calm", ("hazards.aged",))
    return any(heard.words[each.first].sentence == sentence for each in calm)


def _over(heard: Heard, hit: Hit) -> bool:
    """Over counts when it is said after the danger and nothing says it goes on."""
    if heard.live("hazards.still"):
        return False
    return any(
        over.last > hit.first
        and not overlap(over, hit)
        and not (_FAILED & set(heard.texts[max(0, over.first - 2) : over.first]))
        for over in heard.live("hazards.over")
    )


def _only_supposed(heard: Heard, kind: Hazard | None, hit: Hit) -> bool:
    """ "What should I do if I smell gas" is most likely asked by somebody who does."""
    return kind in {None, "flood"} and (heard.supposed(hit) or _only_asked(heard, hit))


def _only_asked(heard: Heard, hit: Hit) -> bool:
    """ "Does it bleed a lot?" asks about what has not happened; with "my" in it somebody tells of themselves."""
    clause = heard.words[hit.first].clause
    asked = any(ask.last <= hit.first and heard.words[ask.first].clause == clause for ask in heard.all("hazards.asks"))
    return asked and not _OWN & {word.text for word in heard.words if word.clause == clause}


def _slight(heard: Heard, kind: Hazard | None, hit: Hit) -> bool:
    """ "Leaking a little" is no flood, whatever it leaks on; a second sign of it outweighs the "little"."""
    if kind != "flood" or heard.has("hazards.still") or len(heard.all("hazards.flood")) > 1:
        return False
    return any(abs(small.first - hit.last) <= 3 or overlap(small, hit) for small in heard.all("hazards.slight"))
