"""Urgent cases against a whole product of its own, while everything fails: `python urgent_with_kills.py CASES SEED`.

The worker is killed with SIGKILL at random and started again by its parent, the provider is away for a while, and half
of the pages are refused as undeliverable. Prints what came of it, and how many cases were ever seen alone.
"""

import json
import os
import random
import signal
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field

from answerback.testing.bench.product import LINE, Product, running

ON_CALL = {f"Person {each}": f"+151255501{each}" for each in range(10, 18)}
PEOPLE = {"Dana": "+15125550101", **ON_CALL}
WORDS = "pipe burst water everywhere"
KILL_EVERY = (1.0, 12.0)
QUIET_START = 4.0
"""Seconds in which the product starts on a quiet machine. Where it takes longer everything does, and a worker that is
killed before its first turn each time shows nothing: the kills come less often by as much.
"""
MOST_PATIENT = 4.0
"""Only so many times less often, so that a few come in any case."""
AWAY_AFTER, AWAY_FOR = 8.0, 20.0
PATIENCE = 240.0
LISTS_COME_WITHIN = 65.0
"""More than three cases of one person come as a list, at most one a minute."""
UNDELIVERABLE = [{"kind": "refuse", "to": phone, "share": 0.5, "code": 21211} for phone in PEOPLE.values()]

_ALONE = """
SELECT count(*) FILTER (WHERE c.held_by_id IS NULL AND NOT EXISTS (
           SELECT 1 FROM page p WHERE p.conversation_id = c.id AND p.taken_at IS NULL AND p.next_at IS NOT NULL)),
       count(*)
FROM conversation c WHERE c.state ->> 'urgency' = 'emergency'
"""


@dataclass(slots=True)
class Seen:
    """What was seen meanwhile: how often somebody looked, the most cases alone at once, the kills of the worker."""

    looks: int = 0
    alone: int = 0
    cases: int = 0
    kills: int = 0
    stop: threading.Event = field(default_factory=threading.Event)


def main(count: int, seed: int) -> None:
    """Text, kill, be away, and look all the while whether anybody is alone."""
    with running() as product:
        from answerback.testing.bench import storm
        from answerback.workflow import setup

        storm.open_shop(product)
        for name, phone in ON_CALL.items():
            setup.add_member(product.business, name, "technician", phone=phone, on_call=True, confirmed=True)
        seen = Seen()
        _order(product, UNDELIVERABLE)
        works = [(_kill, (product, seen, random.Random(seed))), (_be_away, (product, seen)), (_watch, (seen,))]
        threads = [threading.Thread(target=work, args=given, daemon=True) for work, given in works]
        for thread in threads:
            thread.start()
        _text(product, count, random.Random(seed + 1))
        _until_all_are_woken(seen, count, PATIENCE * _slowness(product))
        time.sleep(LISTS_COME_WITHIN)
        seen.stop.set()
        for thread in threads:
            thread.join()
        print(json.dumps(_found(product, seen)))  # noqa: T201  what the test reads


def _text(product: Product, count: int, chance: random.Random) -> None:
    """Customers text, a few a second; what is not answered 2xx is delivered again, as by a provider."""
    from answerback.testing.bench import generator, storm

    hooks = storm._hooks(product)
    people = [storm._number(each) for each in range(count)]
    shots = [generator.Shot(each, storm._http(hooks.text(caller=each, line=LINE, body=WORDS))) for each in people]
    while shots:
        several = chance.randint(10, 40)
        generator.fire(product.port, shots[:several], 4, again=True)
        shots = shots[several:]


def _kill(product: Product, seen: Seen, chance: random.Random) -> None:
    while not seen.stop.wait(chance.uniform(*KILL_EVERY) * min(MOST_PATIENT, _slowness(product))):
        pid = product.children[1].pid
        if pid is None:
            continue
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        seen.kills += 1


def _slowness(product: Product) -> float:
    """How many times longer than on a quiet machine everything takes."""
    return max(1.0, product.cold_start / QUIET_START)


def _be_away(product: Product, seen: Seen) -> None:
    if seen.stop.wait(AWAY_AFTER):
        return
    _order(product, [{"kind": "gateway"}])
    seen.stop.wait(AWAY_FOR)
    _order(product, UNDELIVERABLE)


def _watch(seen: Seen) -> None:
    """Look ten times a second, in the same transactions as everybody sees."""
    from django.db import connection

    while not seen.stop.wait(0.1):
        with connection.cursor() as cursor:
            cursor.execute(_ALONE)
            alone, seen.cases = cursor.fetchone()
        seen.looks += 1
        seen.alone = max(seen.alone, alone)
    connection.close()


def _until_all_are_woken(seen: Seen, count: int, patience: float) -> None:
    """Wait until every text was worked and every case was told to somebody, alone or in a list."""
    from answerback.store import models

    end = time.monotonic() + patience
    while time.monotonic() < end:
        told = models.Wake.objects.exclude(state="queued").values("page").distinct().count()
        if seen.cases == count and told == count:
            return
        time.sleep(0.5)


def _order(product: Product, faults: list[dict[str, object]]) -> None:
    body = json.dumps(faults).encode()
    urllib.request.urlopen(f"{product.twilio}/_faults", body, timeout=10).close()


def _found(product: Product, seen: Seen) -> dict[str, object]:
    from collections import Counter

    from answerback.store import models

    counters = product._state("?messages=0")["counters"]
    return {
        "cases": seen.cases,
        "pages": models.Page.objects.values("conversation").distinct().count(),
        "told": models.Wake.objects.exclude(state="queued").values("page").distinct().count(),
        "alone": seen.alone,
        "cold_start": round(product.cold_start, 1),
        "looks": seen.looks,
        "kills": seen.kills,
        "refused": counters.get("fault_refuse", 0),
        "away": counters.get("fault_gateway", 0),
        "arrived": sum(len(product.arrived().get(phone, ())) for phone in PEOPLE.values()),
        "wakes": dict(Counter(models.Wake.objects.values_list("state", flat=True))),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
