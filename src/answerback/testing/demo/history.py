"""Makes the demo's database: a fortnight of lifelike traffic, played through the whole product on a virtual clock.

Runs as a process of its own, in a scratch database that is renamed when it is finished: a history that was broken off
is never taken for a whole one.
"""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import psycopg
from psycopg import sql

from answerback.store.playbook_file import pack_text
from answerback.testing import databases

CALLS_A_DAY = 5
SEED = 11
AREAS = ("737", "210", "830", "254")
"""Where these customers' phones are from: not the phone page's own people, who have never called when a newcomer picks
up their phones.
"""


def main() -> None:
    """Make it, and print one line for each day that is done."""
    arguments = argparse.ArgumentParser(description="Makes the demo's database.")
    arguments.add_argument("--days", type=int, default=14)
    arguments.add_argument("--name", required=True, help="what the database is called when it is finished")
    wanted = arguments.parse_args()
    databases.ready("simulation")
    _play(wanted.days)
    _rename(wanted.name)


def _play(days: int) -> None:
    # Only now: these modules need Django set up.
    from answerback.testing.demo import shop  # noqa: PLC0415
    from answerback.testing.shop import Person  # noqa: PLC0415
    from answerback.testing.simulation import desk_acts  # noqa: PLC0415
    from answerback.testing.traffic import customers, play_history  # noqa: PLC0415
    from answerback.testing.world import World  # noqa: PLC0415
    from answerback.workflow import clock, measuring, snippets  # noqa: PLC0415

    now = clock.now()
    start = (now - timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)
    staff = (
        Person(name="Dana", role="owner", phone="+15125550101"),
        Person(name="Miguel", role="technician", phone="+15125550102", on_call=True),
        Person(name="Luis", role="desk", phone="+15125550103"),
    )
    playbook = pack_text("plumbing").replace("hold_seconds: 15", f"hold_seconds: {shop.HOLD_SECONDS}")
    # Nobody who watches waits a minute for what happens next.
    playbook = playbook.replace("  - when: booked\n", "  - when: booked\n    after: 0m\n")
    with World(
        now=start,
        name=shop.NAME,
        playbook=playbook,
        hours=shop.HOURS,
        staff=staff,
        lines=(shop.LINE,),
        texts_per_second=5,
    ) as world:
        people = customers(SEED, days - 1, days * CALLS_A_DAY, start=start, zone=world.zone, areas=AREAS)
        told = [(start + timedelta(days=day), _tell(start + timedelta(days=day))) for day in range(days)]
        play_history(world, people, seed=SEED, also=[*desk_acts(world, days, Random(SEED)), *told])
        world.run(until=now)
        snippets.begin_with(world.shop.business, None)
        measuring.refresh(world.shop.business)
        shop.move_to_file(world.shop.business)


def _tell(day: datetime) -> Callable[[], None]:
    def tell() -> None:
        sys.stdout.write(f"{day:%A %d %B}\n")
        sys.stdout.flush()

    return tell


def _rename(name: str) -> None:
    """Give the finished database its name; nobody may be connected to it meanwhile."""
    from django.db import connections  # noqa: PLC0415

    url = os.environ["DATABASE_URL"]
    scratch = str(connections["default"].settings_dict["NAME"])
    connections.close_all()
    with psycopg.connect(url, dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(scratch), sql.Identifier(name)))


if __name__ == "__main__":
    main()
