"""`make eval`: what the reader makes of our held-out texts, as a table; nothing here was trained on.

A reading is *safe* when intent (or one that would do as well), opt-out, emergency or not, and sensitive or not are
all right.
"""

import json
import random
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, get_args

from answerback.engine.reading import Intent, Reading, Vocabulary
from answerback.understanding import read
from answerback.understanding.heard import Heard, hear
from answerback.understanding.leaning import leaning
from answerback.understanding.offers import Found, service, subjects
from training.examples import placed
from training.made import made
from training.seen import NOW, STRANGERS, VOCABULARIES, ZONE, asked
from training.texts import SLOTS, Labelled, labelled

SEED = 11
WORDS = {"name", "city", "address", "time"}
STRANGERS_TEXTS = {"fresh_read", "fresh_kept", "second_kept", "third_kept", "fourth_kept"}
NAMES_TEXTS = {"names_read", "names_kept", "odd_named", "odder_named"}
"""The files whose trades are known by the names of their services alone; they mark no slots."""
MARKED = {"slots", "read", "kept", *STRANGERS_TEXTS}
"""The files whose texts mark every slot they hold."""


class Judged(NamedTuple):
    """One labelled text and what it was read as."""

    gold: Labelled
    reading: Reading
    ms: float

    @property
    def intent(self) -> bool:
        """Is it what was wanted, or would it do as well?"""
        return self.reading.intent in {self.gold.intent, *self.gold.also}

    @property
    def urgent(self) -> bool:
        """Is it rightly taken for an emergency, or rightly not?"""
        same = (self.reading.urgency == "emergency") == (self.gold.urgency == "emergency")
        return same or self.reading.urgency in self.gold.alt_urg

    @property
    def safe(self) -> bool:
        """Is acting on it right?"""
        stop = self.reading.opt_out == (self.gold.intent == "opt_out")
        return self.intent and stop and self.urgent and bool(self.reading.sensitive) == bool(self.gold.tags)


class Score(NamedTuple):
    """How many of the true were found (recall), and how many of the found are true (precision)."""

    precision: float
    recall: float
    true: int


def held_out(*, parts: bool = False) -> list[Judged]:
    """Every held-out text, read; with `parts` also those put together."""
    chance = random.Random(SEED)
    texts = [one for one in labelled() if one.held_out]
    if parts:
        texts += [one for one in made(seed=SEED) if one.held_out]
    return [judge(placed(one, chance)) for one in texts]


def marked() -> list[Judged]:
    """Every text that marks its slots, read. Slots are read by rules alone, so none of these was trained on."""
    chance = random.Random(SEED)
    return [judge(placed(one, chance)) for one in labelled() if one.source == "slots"]


def judge(one: Labelled) -> Judged:
    """One text, read as its business would."""
    known = VOCABULARIES | STRANGERS if one.source in STRANGERS_TEXTS | NAMES_TEXTS else VOCABULARIES
    vocabulary = known.get(one.industry) or Vocabulary(industry=one.industry)
    begun = time.thread_time()
    reading = read(one.text, asked=asked(one), vocabulary=vocabulary, now=NOW, zone=ZONE)
    return Judged(one, reading, (time.thread_time() - begun) * 1000)


def share(right: Iterable[bool]) -> float:
    """The share that is right; 1 of nothing."""
    each = list(right)
    return sum(each) / len(each) if each else 1.0


def score(judged: Iterable[Judged], true: Callable[[Judged], bool], found: Callable[[Judged], bool]) -> Score:
    """Precision and recall of one question."""
    pairs = [(true(one), found(one)) for one in judged]
    both = sum(is_true and is_found for is_true, is_found in pairs)
    all_true, all_found = sum(is_true for is_true, _ in pairs), sum(is_found for _, is_found in pairs)
    return Score(both / all_found if all_found else 1.0, both / all_true if all_true else 1.0, all_true)


def stops(judged: list[Judged]) -> Score:
    """Opt-outs."""
    return score(judged, lambda one: one.gold.intent == "opt_out", lambda one: one.reading.opt_out)


def emergencies(judged: list[Judged]) -> Score:
    """Emergencies, without texts that may be taken either way."""
    clear = [one for one in judged if "emergency" not in one.gold.alt_urg]
    return score(clear, lambda one: one.gold.urgency == "emergency", lambda one: one.reading.urgency == "emergency")


def sensitives(judged: list[Judged]) -> Score:
    """Whatever a person should see at once."""
    return score(judged, lambda one: bool(one.gold.tags), lambda one: bool(one.reading.sensitive))


def tagged(judged: list[Judged], tag: str) -> Score:
    """One sensitive tag."""
    return score(judged, lambda one: tag in one.gold.tags, lambda one: tag in one.reading.sensitive)


def named_services(judged: list[Judged]) -> float:
    """The share of named services found."""
    return share(one.reading.service == one.gold.service for one in judged if one.gold.service)


def handled(judged: list[Judged], least: float = 0.95) -> float:
    """The share of texts that need no person when the surest are taken until fewer than `least` of them are safe."""
    ranked = sorted(judged, key=lambda one: -one.reading.confidence)
    right, most = 0, 0
    for place, one in enumerate(ranked, start=1):
        right += one.safe
        if right / place >= least:
            most = place
    return most / len(ranked)


def slots(judged: list[Judged]) -> tuple[float, dict[str, Counter[str]]]:
    """F1 over all slots of the texts that mark theirs, and the counts by slot."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in judged:
        if one.gold.source in MARKED:
            for name in SLOTS:
                counts[name][_slot(name, dict(one.gold.slots).get(name), getattr(one.reading.slots, name), one)] += 1
    right = sum(each["right"] for each in counts.values())
    wrong = sum(each["false"] + each["missed"] + 2 * each["wrong"] for each in counts.values())
    return (2 * right / (2 * right + wrong) if right else 0.0), counts


def _slot(name: str, wanted: str | None, given: str | None, one: Judged) -> str:
    if wanted is None:
        unasked = name == "date" and "time" in dict(one.gold.slots)
        return "none" if given is None or unasked else "false"
    if given is None:
        return "missed"
    near = _alike(wanted, given) if name in WORDS else "".join(wanted.split()).lower() == "".join(given.split()).lower()
    return "right" if near else "wrong"


def _alike(one: str, other: str) -> bool:
    """Do they share at least half of their words?"""
    first, second = (Counter(_plain(each).split()) for each in (one, other))
    both = sum((first & second).values())
    return 2 * both >= 0.5 * (first.total() + second.total()) and both > 0


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "".join(letter if letter.isalnum() else " " for letter in folded)


def table(judged: list[Judged], texts_with_slots: list[Judged]) -> list[str]:
    """The lines of the table."""
    lines = [f"texts                 {len(judged)}"]
    lines.append(f"intent (or as good)   {share(one.intent for one in judged):.3f}")
    for name, each in (
        ("opt-out", stops(judged)),
        ("emergency", emergencies(judged)),
        ("sensitive (any)", sensitives(judged)),
        *(
            (f"  {tag}", tagged(judged, tag))
            for tag in ("self_harm", "safety", "medical", "legal", "minor", "complaint")
        ),
    ):
        lines.append(f"{name:<21} precision {each.precision:.3f}  recall {each.recall:.3f}  ({each.true})")
    spoken = [one for one in judged if one.gold.lang in {"en", "es"} and one.reading.language != "und"]
    paced = share(one.reading.urgency in {one.gold.urgency, *one.gold.alt_urg} for one in judged)
    lines.append(f"urgency               {paced:.3f}")
    lines.append(
        f"service when named    {named_services(judged):.3f}  ({sum(bool(one.gold.service) for one in judged)})"
    )
    lines.append(f"language              {share(one.reading.language == one.gold.lang for one in spoken):.3f}")
    lines.append(f"slots F1              {slots(texts_with_slots)[0]:.3f}")
    lines.append(f"safe                  {share(one.safe for one in judged):.3f}")
    lines.append(f"handled at 95% safe   {handled(judged):.3f}")
    ms = sorted(one.ms for one in judged)
    lines.append(f"ms of processor time  median {ms[len(ms) // 2]:.2f}  p99 {ms[int(len(ms) * 0.99)]:.2f}")
    return lines


UNREAD = Path(__file__).parent / "unread"
"""Texts written before anybody looked at the rules again, at trades of which eight are nowhere else.

`read.txt` has been looked at since; `kept.txt` never, and must not be. Nothing here is trained on.
"""


def unread(part: str) -> list[Judged]:
    """The texts of one half of `unread`, read; none that are word for word among those trained on."""
    chance = random.Random(SEED)
    trained = {_plain(one.text) for one in labelled()}
    texts = [one for one in labelled(UNREAD) if one.source == part and _plain(one.text) not in trained]
    return [judge(placed(one, chance)) for one in texts]


def contrasts() -> list[str]:
    """Our contrast lines: emergencies and stops beside what only looks like one; all of them read in full by now."""
    found: list[str] = []
    for real, alike, says in (
        ("contrast_danger", "contrast_calm", lambda one: one.reading.urgency == "emergency"),
        ("contrast_stop", "contrast_goon", lambda one: one.reading.opt_out),
    ):
        for part in (real, alike):
            lines = [judge(one) for one in labelled(UNREAD) if one.source == part]
            found.append(f"{part:<16} {sum(map(says, lines))} of {len(lines)} taken for one")
    return found


def by_names_alone() -> list[str]:
    """For each industry the share of services found with our lists, and without those only this industry claims."""
    claims = {industry: subjects(vocabulary) for industry, vocabulary in VOCABULARIES.items()}
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one in labelled():
        if one.service and one.industry in VOCABULARIES:
            others = frozenset[str]().union(*(each for name, each in claims.items() if name != one.industry))
            known = (frozenset[str](), claims[one.industry] - others)
            heard, vocabulary = hear(one.text), VOCABULARIES[one.industry]
            with_lists, alone = (_meant(heard, vocabulary, each) for each in known)
            found[one.industry].append((_is(with_lists, one), _is(alone, one)))
    found["all"] = [each for many in found.values() for each in many]
    return [
        f"service at {name:<20}{len(each):>5}  our lists {share(known for known, _ in each):.3f}"
        f"  names alone {share(alone for _, alone in each):.3f}"
        for name, each in sorted(found.items())
    ]


def _meant(heard: Heard, vocabulary: Vocabulary, withheld: frozenset[str]) -> Found | None:
    named = service(heard, vocabulary, withheld=withheld)
    return leaning(heard, vocabulary, named=named, withheld=withheld)


def _is(found: Found | None, one: Labelled) -> bool:
    return found is not None and found.service == one.service


def slices(judged: list[Judged]) -> list[str]:
    """Intent and safe by language, question, source and industry."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        for name in (
            f"language {one.gold.lang}",
            f"asked {one.gold.asked}",
            f"texts {one.gold.source}",
            f"industry {one.gold.industry}",
        ):
            groups[name].append(one)
    return [_slice(name, each) for name, each in sorted(groups.items())]


def _slice(name: str, judged: list[Judged]) -> str:
    right, safe = share(one.intent for one in judged), share(one.safe for one in judged)
    return f"{name:<28}{len(judged):>5}  intent {right:.3f}  safe {safe:.3f}"


class BadLabels(ValueError):
    """A file of corrections cannot be read; the message says which line, and why."""


def corrected(file: Path) -> list[Judged]:
    """Texts that people corrected (Reports, Readings, Corrections as data), read. Raises `BadLabels`."""
    try:
        rows = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadLabels(f"{file} cannot be read: {problem}.") from problem
    return [judge(_correction(file, number, row)) for number, row in enumerate(rows, start=1) if row.strip()]


def _correction(file: Path, number: int, row: str) -> Labelled:
    try:
        line = json.loads(row)
        intent, also = (line["intent"], ()) if line["intent"] != "spam" else ("vendor", ("job_seeker", "other"))
        if intent not in get_args(Intent):
            raise ValueError(f"there is no intent {intent!r}")
        return Labelled(
            text=line["text"],
            industry=line["industry"],
            asked=line["asked"],
            intent=intent,
            also=also,
            urgency=line["urgency"],
            tags=tuple(line["sensitive"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        said = f"{problem} is missing" if isinstance(problem, KeyError) else str(problem)
        raise BadLabels(
            f"{file}, line {number}: {said}. Export it anew: Reports, Readings, Corrections as data."
        ) from None


def told(own: list[Judged]) -> list[str]:
    """How many corrected texts are read right, and each that is not: what it means, and what it was read as."""
    right = sum(one.intent for one in own)
    lines = [f"{len(own)} corrected texts: intent right in {right}, safe to act on in {sum(one.safe for one in own)}"]
    for one in own:
        if not one.safe:
            meant, read_as = f"{one.gold.intent}, {one.gold.urgency}", f"{one.reading.intent}, {one.reading.urgency}"
            lines.append(f"  {one.gold.text!r} (asked: {one.gold.asked}) means {meant}; read as {read_as}")
    return lines


def main() -> None:
    """Print the table and its slices; with a file of corrections, how many of those are read right, and which not."""
    if len(sys.argv) > 1:
        try:
            print(*told(corrected(Path(sys.argv[1]))), sep="\n")
        except BadLabels as problem:
            raise SystemExit(str(problem)) from None
        return
    kept = unread("kept")
    print("texts nobody has read (training/unread/kept.txt):")
    print("\n".join(table(kept, kept)))
    for part in sorted(NAMES_TEXTS):
        known_by_names = unread(part)
        print(f"service at trades known by their names alone ({part}): {named_services(known_by_names):.3f}")
    print(*contrasts(), sep="\n")
    judged = held_out()
    print("\ntexts held out of training:")
    print("\n".join((*table(judged, marked()), "", *slices(judged), "", *by_names_alone())))


if __name__ == "__main__":
    main()
