"""What codes of second steps are made from is sealed under the installation's secret; it was kept as it is."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from answerback.store.secrets import seal_step, unseal_step

KEPT = ("secret", "seed")
"""Of an authenticator app, and of recovery codes."""

MOVED = "migrated_codes"
"""Recovery codes that came from elsewhere, each by itself."""


def seal(apps: Any, schema_editor: Any) -> None:
    """Sealed already, it stays as it is."""
    _each(apps, schema_editor, seal_step)


def unseal(apps: Any, schema_editor: Any) -> None:
    """As it was. Raises `WrongSecret`, and then nothing is changed."""
    _each(apps, schema_editor, unseal_step)


def _each(apps: Any, schema_editor: Any, change: Callable[[str], str]) -> None:
    rows = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
    for row in rows.exclude(type="webauthn").select_for_update().order_by("id"):
        changed: dict[str, Any] = {name: change(row.data[name]) for name in KEPT if name in row.data}
        if MOVED in row.data:
            changed[MOVED] = [change(code) for code in row.data[MOVED]]
        if changed != {name: row.data[name] for name in changed}:
            row.data |= changed
            row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0072_a_host_name_that_no_longer_leads_here"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
