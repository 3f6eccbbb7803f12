"""The services a business has offered before: leads, appointments and reports go on to name them. Decides nothing."""

from functools import lru_cache

from django.db import connection

from answerback.store import codec

Names = dict[str, dict[str, str]]


@lru_cache(maxsize=2048)
def retired(business: int, playbook: int) -> Names:
    """What its earlier versions call the services that this one has no more, by id, as they were called last.

    A published version never changes, so the answer for one does not either.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RETIRED, {"business": business, "playbook": playbook})
        return {id: dict(codec.plain(names)) for id, names in cursor.fetchall()}


_RETIRED = """
SELECT DISTINCT ON (s ->> 'id') s ->> 'id', (s -> 'name')::text
FROM playbook_version v CROSS JOIN LATERAL jsonb_array_elements(v.body -> 'services') s
WHERE v.business_id = %(business)s AND v.number < (SELECT number FROM playbook_version WHERE id = %(playbook)s)
  AND s ->> 'id' NOT IN (
    SELECT t ->> 'id' FROM playbook_version now, jsonb_array_elements(now.body -> 'services') t
    WHERE now.id = %(playbook)s)
ORDER BY s ->> 'id', v.number DESC
"""
