"""The rota of a business as the engine knows it, kept in memory by revision as the rest of the business is.

Never here: who is woken (`pages`), or changing a shift (`on_call`).
"""

from functools import lru_cache

from answerback.engine.rota import Rota
from answerback.store import models
from answerback.workflow import directory
from answerback.workflow.rota_rows import rota_of


def rota(business: int, revision: int) -> Rota:
    """The rota of a business as it is at this revision."""
    return _rota(business, revision)


@lru_cache(maxsize=2048)
def _rota(business: int, revision: int) -> Rota:  # noqa: ARG001  the revision is the cache's key
    row = models.Business.objects.get(id=business)
    return rota_of(row, directory.holidays_of(row))


directory.also_forget(_rota.cache_clear)
