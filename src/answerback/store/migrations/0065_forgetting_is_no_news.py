"""What is forgotten because its time is over is no news for a CRM: nothing is copied there again."""

from typing import ClassVar

from django.db import migrations

NEWS = "WHEN (current_setting('answerback.forgetting', true) IS DISTINCT FROM 'on')"
TRIGGERS = (("a_todo_reaches_its_crm", "todo"), ("a_lead_reaches_its_crm", "lead"))


def _trigger(name: str, table: str, when: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER {name} AFTER UPDATE ON {table} "
        f"REFERENCING NEW TABLE AS changed FOR EACH STATEMENT {when} EXECUTE FUNCTION {name}();"
    )


class Migration(migrations.Migration):
    """Two triggers, with a condition."""

    dependencies: ClassVar = [("store", "0064_stops_of_the_erased_are_found")]
    operations: ClassVar = [
        migrations.RunSQL(_trigger(name, table, NEWS), _trigger(name, table, "")) for name, table in TRIGGERS
    ]
