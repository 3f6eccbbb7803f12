"""What allauth counts at the door (codes that opened, wrong ones, links that were asked for), once for all processes.

Kept in one process, another one knows nothing of it: a code opened in each, and tries began anew. Django's cache in a
table keeps keys as they are, which hold addresses, and pickles values, which run as code for whoever writes the table:
here keys are digests and values are JSON. Nothing here has to last.
"""

import hmac
import json
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection


class SharedCache(BaseCache):
    """Django's cache, in the table `counted`. Its methods are Django's."""

    def __init__(self, _place: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it where nothing is kept; True for the one that did, of however many ask at once."""
        return self._written(_ADD, key, value, timeout, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep it, whatever was kept."""
        self._written(_SET, key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept, else `default`."""
        found = self._asked(
            "SELECT value::text FROM counted WHERE key = %s AND until > clock_timestamp()", [key], version
        )
        return json.loads(found[0]) if found else default

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it longer; False where nothing is kept."""
        statement = (
            "UPDATE counted SET until = clock_timestamp() + %s::interval "
            "WHERE key = %s AND until > clock_timestamp() RETURNING 1"
        )
        return self._asked(statement, [key], version, self._span(timeout)) is not None

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget it; False where nothing was kept."""
        return self._asked("DELETE FROM counted WHERE key = %s RETURNING 1", [key], version) is not None

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM counted")

    def _written(self, statement: str, key: str, value: Any, timeout: Any, version: int | None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM counted WHERE until < clock_timestamp()")
            cursor.execute(statement, [self._digest(key, version), json.dumps(value), self._span(timeout)])
            return bool(cursor.rowcount)

    def _asked(self, statement: str, keys: list[str], version: int | None, *before: Any) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [*before, *(self._digest(each, version) for each in keys)])
            found: tuple[Any, ...] | None = cursor.fetchone()
        return found

    def _span(self, timeout: Any) -> str:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return "1000 years" if seconds is None else f"{seconds} seconds"

    def _digest(self, key: str, version: int | None) -> str:
        made = self.make_and_validate_key(key, version=version)
        return hmac.digest(settings.SECRET_KEY.encode(), f"counted\0{made}".encode(), "sha256").hex()


_SET = """
INSERT INTO counted (key, value, until) VALUES (%s, %s::jsonb, clock_timestamp() + %s::interval)
ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, until = EXCLUDED.until
"""

_ADD = f"{_SET} WHERE counted.until <= clock_timestamp()"
