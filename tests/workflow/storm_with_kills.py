"""One storm with kills against a whole product of its own: `python storm_with_kills.py CALLS SEED` prints what came
of it.
"""

import json
import sys
import time
from collections import Counter

from answerback.testing.bench.product import Product, running

PATIENCE = 240.0
QUIET = 4.0


def main(count: int, seed: int) -> None:
    """Storm, kill, wait until nothing is under way, look at the pretend Twilio and at the database."""
    with running() as product:
        from answerback.testing.bench import chaos, storm

        storm.open_shop(product)
        storm.PATIENCE = 0.0  # we wait ourselves, and look at more than the texts
        _, kills = chaos.storm(product, count, first=0, seed=seed)
        _settle()
        arrived = product.arrived()
        people = [storm._number(each) for each in range(count)]
        print(  # noqa: T201  what the test reads
            json.dumps(
                {
                    "kills": sum(kills.values()),
                    "killed": kills,
                    "callers": len(people),
                    "lost": [each for each in people if len(arrived.get(each, ())) < 1],
                    "doubled": [each for each in people if len(arrived.get(each, ())) > 1],
                    "texts": _texts(product),
                }
            )
        )


def _settle() -> None:
    """Wait until no event, text or hand-over is open; what is in nobody's hands any more is made older than the
    lease.
    """
    from django.db import Error, connection

    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        time.sleep(QUIET)  # longer than any hand-over here takes: what is still `sending` has lost its worker
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE message SET claimed_at = claimed_at - interval '40 s', "
                    "asked_at = asked_at - interval '40 s' "
                    "WHERE status = 'sending' AND claimed_at < clock_timestamp() - interval '4 s'"
                )
                cursor.execute(
                    "SELECT (SELECT count(*) FROM message WHERE status IN ('queued', 'sending')) "
                    "+ (SELECT count(*) FROM conversation WHERE wake_at <= clock_timestamp())"
                )
                if cursor.fetchone() == (0,):
                    return
        except Error:
            connection.close()


def _texts(product: Product) -> dict[str, int]:
    from answerback.store import models

    rows = models.Message.objects.filter(purpose="first_text").exclude(status="withdrawn")
    return dict(Counter(rows.values_list("status", flat=True)))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
