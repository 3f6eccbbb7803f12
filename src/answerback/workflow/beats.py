"""Says that this worker works, so that `/readyz`, the metrics and `answerback doctor` can tell when none does."""

import os
import socket

from answerback import __version__
from answerback.store.queries import operating
from answerback.workflow import clock, transaction


def beat() -> None:
    """This process works, now. Raises the database's errors."""
    transaction.run(lambda cursor: operating.beat(cursor, _name(), __version__, clock.now()))


def ended() -> None:
    """This process ends because it was asked to. Raises the database's errors."""
    transaction.run(lambda cursor: operating.ended(cursor, _name()))


def _name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:120]
