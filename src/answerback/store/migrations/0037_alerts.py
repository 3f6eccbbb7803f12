"""Members hear of what happens by ways of their own: triggers write an alert in the transaction of the change.

As for programs (0025): whoever writes the row, members hear of it. Where nobody wants alerts, each costs one look at a
small table a statement.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

TELL = """
CREATE FUNCTION alert_members(business bigint, what text, about bigint, talk bigint, whose bigint, team text,
                              moment timestamptz)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO alert (business_id, way_id, kind, subject, thread, at, due_at, status, tries, says)
    SELECT business, w.id, what, about, talk, moment, moment, 'waiting', 0, ''
    FROM alert_way w JOIN member m ON m.id = w.member_id
    WHERE w.business_id = business AND w.removed_at IS NULL AND m.left_at IS NULL AND w.hears ? what
      AND CASE
          WHEN what = 'reply' THEN whose IS NULL OR m.id = whose
          WHEN what = 'todo' AND whose IS NOT NULL THEN m.id = whose
          WHEN what = 'todo' AND team = 'on_call' THEN m.on_call
          WHEN what = 'todo' THEN m.role = COALESCE(NULLIF(team, ''), 'desk')
          WHEN what = 'appointment' THEN m.role <> 'technician' OR m.id = whose
          WHEN what = 'line_red' THEN m.role IN ('owner', 'manager', 'agency')
          ELSE true END
    ON CONFLICT (way_id, kind, subject) DO UPDATE SET status = 'waiting', at = moment, due_at = moment, tries = 0
        WHERE alert.kind = 'line_red' AND alert.status IN ('sent', 'failed')
$$;

CREATE FUNCTION nobody_wants_alerts() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT 1 FROM alert_way WHERE removed_at IS NULL)
$$;
"""

TRIGGER = """
CREATE FUNCTION members_hear_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nobody_wants_alerts() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        {inserted}
    ELSE
        {updated}
    END IF;
    PERFORM pg_notify('answerback', 'alert');
    RETURN NULL;
END $$;
CREATE TRIGGER members_hear_of_{table}_new AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION members_hear_of_{table}();
"""

ON_UPDATE = """
CREATE TRIGGER members_hear_of_{table}_change AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION members_hear_of_{table}();
"""

# Each: what is said of new rows, and of changed ones ('' where no change is worth an alert). Urgent cases are pages.
TOLD = {
    "lead": (
        """PERFORM alert_members(n.business_id, 'lead', n.id, n.conversation_id, NULL, '', n.created_at)
        FROM new_rows n;""",
        "",
    ),
    "message": (
        """PERFORM alert_members(n.business_id, 'reply', n.id, n.conversation_id, COALESCE(c.held_by_id,
            c.assigned_to_id), '', n.created_at)
        FROM new_rows n JOIN conversation c ON c.id = n.conversation_id
        WHERE n.author = 'customer' AND c.phase = 'human' AND NOT c.relayed;""",
        "",
    ),
    "todo": (
        """PERFORM alert_members(n.business_id, 'todo', n.id, n.conversation_id, n.owner_id, n.team, n.opened_at)
        FROM new_rows n WHERE NOT n.urgent AND n.closed_at IS NULL;""",
        "",
    ),
    "appointment": (
        """PERFORM alert_members(n.business_id, 'appointment', n.id, n.conversation_id, n.member_id, '', n.updated_at)
        FROM new_rows n WHERE n.status = 'booked';""",
        """PERFORM alert_members(n.business_id, 'appointment', n.id, n.conversation_id, n.member_id, '', n.updated_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.status = 'booked' AND o.status = 'held';""",
    ),
    "line_finding": (
        "NULL;",
        """PERFORM alert_members(n.business_id, 'line_red', n.id, NULL, NULL, '', n.alarmed_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE n.level = 'red' AND n.alarmed_at IS NOT NULL AND o.alarmed_at IS NULL;""",
    ),
}


def _triggers() -> str:
    said = TELL
    for table, (inserted, updated) in TOLD.items():
        said += TRIGGER.format(table=table, inserted=inserted, updated=updated or "NULL;")
        if updated:
            said += ON_UPDATE.format(table=table)
    return said


class Migration(migrations.Migration):
    """Two new tables, and triggers on others; rows that stand are not touched."""

    dependencies: ClassVar = [
        ("store", "0036_line_tests"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AlertWay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=60)),
                ("sealed", models.BinaryField()),
                ("hears", models.JSONField(default=list)),
                ("quiet_from", models.TimeField(default=None, null=True)),
                ("quiet_to", models.TimeField(default=None, null=True)),
                ("worked", models.BooleanField(null=True)),
                ("said", models.CharField(blank=True, max_length=300)),
                ("said_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.business"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alert_ways", to="store.member"
                    ),
                ),
            ],
            options={
                "db_table": "alert_way",
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("subject", models.BigIntegerField()),
                ("thread", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("status", models.CharField(max_length=8)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("says", models.CharField(blank=True, max_length=300)),
                (
                    "business",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.business",
                    ),
                ),
                (
                    "way",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="store.alertway",
                    ),
                ),
            ],
            options={
                "db_table": "alert",
            },
        ),
        migrations.AddIndex(
            model_name="alertway",
            index=models.Index(
                condition=models.Q(("removed_at__isnull", True)), fields=["business"], name="alert_way_standing"
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(condition=models.Q(("status", "waiting")), fields=["due_at", "id"], name="alert_due"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("way", "kind", "subject"), name="a_member_is_told_once_by_each_way"
            ),
        ),
        migrations.RunSQL(_triggers(), reverse_sql=migrations.RunSQL.noop),
    ]
