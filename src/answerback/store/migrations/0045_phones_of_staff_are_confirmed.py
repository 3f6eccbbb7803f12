"""Phones of members are confirmed before they are texted, and owners hear of a page that reached nobody.

Who has answered a page before has shown that the phone is theirs; everybody else is asked by a text with a code.
"""

from typing import ClassVar

from django.db import migrations, models

ALERT = """
CREATE OR REPLACE FUNCTION alert_members(business bigint, what text, about bigint, talk bigint, whose bigint, team text,
                                         moment timestamptz)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO alert (business_id, way_id, kind, subject, thread, at, due_at, status, tries, says)
    SELECT business, w.id, what, about, talk, moment, moment, 'waiting', 0, ''
    FROM alert_way w JOIN member m ON m.id = w.member_id
    WHERE w.business_id = business AND w.removed_at IS NULL AND m.left_at IS NULL AND (w.hears ? what OR what = 'unheard')
      AND CASE
          WHEN what = 'reply' THEN whose IS NULL OR m.id = whose
          WHEN what = 'todo' AND whose IS NOT NULL THEN m.id = whose
          WHEN what = 'todo' AND team = 'on_call' THEN m.on_call
          WHEN what = 'todo' THEN m.role = COALESCE(NULLIF(team, ''), 'desk')
          WHEN what = 'appointment' THEN m.role <> 'technician' OR m.id = whose
          WHEN what = 'line_red' THEN m.role IN ('owner', 'manager', 'agency')
          WHEN what = 'unheard' THEN w.kind IN ('push', 'apprise')
          ELSE true END
    ON CONFLICT (way_id, kind, subject) DO UPDATE SET status = 'waiting', at = moment, due_at = moment, tries = 0
        WHERE alert.kind = 'line_red' AND alert.status IN ('sent', 'failed')
$$;
"""

HEAR = """
CREATE TRIGGER a_confirmed_phone_reaches_every_cache AFTER UPDATE OF confirmed, stopped_at ON member
    FOR EACH ROW EXECUTE FUNCTION people_or_lines_changed();
"""

ANSWERED = """
UPDATE member m SET confirmed = m.phone, confirmed_at = (
    SELECT max(w.answered_at) FROM wake w WHERE w.member_id = m.id AND w.state IN ('took', 'passed'))
WHERE m.phone <> '' AND EXISTS (SELECT 1 FROM wake w WHERE w.member_id = m.id AND w.state IN ('took', 'passed'));
"""


class Migration(migrations.Migration):
    """Columns with defaults, and one statement over the members."""

    dependencies: ClassVar = [
        ("store", "0044_a_discarded_draft_can_be_had_back"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="member",
            name="confirmed",
            field=models.CharField(blank=True, db_default="", max_length=20),
        ),
        migrations.AddField(model_name="member", name="confirmed_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="member", name="stopped_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="member",
            name="asked",
            field=models.CharField(blank=True, db_default="", max_length=20),
        ),
        migrations.AddField(model_name="member", name="asked_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="member",
            name="code",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(model_name="page", name="unheard_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="page", name="mailed_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(ALERT, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(ANSWERED, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(HEAR, reverse_sql=migrations.RunSQL.noop),
    ]
