"""What sessions hold is sealed and their keys are kept as digests; both stood there as they are."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Unsealed
from django.db import migrations

from answerback.store.sessions import SessionStore, kept_as

AS_IN_COOKIES = 32
"""Characters of a key as browsers hold it; a digest has more, so each is digested once, however often this runs."""


def seal(apps: Any, schema_editor: Any) -> None:
    """Whoever is signed in stays so."""
    alias = schema_editor.connection.alias
    sessions = apps.get_model("sessions", "Session").objects.using(alias)
    for key, data in list(sessions.values_list("session_key", "session_data")):
        if len(key) == AS_IN_COOKIES:
            sealed = SessionStore().encode(Unsealed().decode(data))
            sessions.filter(session_key=key).update(session_key=kept_as(key), session_data=sealed)
    for row in apps.get_model("store", "SignIn").objects.using(alias).order_by("id"):
        if len(row.key) == AS_IN_COOKIES:
            row.key = kept_as(row.key)
            row.save(update_fields=["key"])


def end(apps: Any, schema_editor: Any) -> None:
    """A digest cannot be turned round: everybody signs in again."""
    apps.get_model("sessions", "Session").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0073_second_steps_are_sealed"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(seal, end)]
