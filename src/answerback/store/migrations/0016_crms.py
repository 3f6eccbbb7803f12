"""CRMs elsewhere: what shall be copied is written down by triggers, in the transaction of the change itself.

Whoever writes a lead, a text, a to-do or an appointment, be it a later part of the product, its copy becomes due.
Each trigger runs once a statement and ends at once where no business has a CRM.
"""

import django.db.models.deletion
from django.db import migrations, models

# Who withheld their number cannot be found in any CRM, so nothing of them is copied.
WHOSE = """
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN contact p ON p.id = n.contact_id AND p.number LIKE '+%'"""

AGAIN = """
    ON CONFLICT (crm_id, kind, local) DO UPDATE
    SET wanted = k.wanted + 1, due_at = excluded.due_at, tries = 0, dead_at = NULL"""

NOBODY_HAS_ONE = "IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;"

LEADS = f"""
CREATE FUNCTION a_lead_reaches_its_crm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {NOBODY_HAS_ONE}
    INSERT INTO crm_copy AS k (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT DISTINCT ON (c.id, n.contact_id) c.id, n.business_id, n.contact_id, 'contact', n.contact_id, n.updated_at
    {WHOSE}
    {AGAIN};
    INSERT INTO crm_copy AS k (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, n.contact_id, 'lead', n.id, n.updated_at
    {WHOSE}
    {AGAIN};
    IF TG_OP = 'INSERT' THEN
        INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at)
        SELECT c.id, n.business_id, n.contact_id, t.kind, t.local, n.updated_at
        {WHOSE}
        CROSS JOIN LATERAL what_happened_with(n.conversation_id) t
        ORDER BY t.at, t.local
        ON CONFLICT (crm_id, kind, local) DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER a_new_lead_reaches_its_crm AFTER INSERT ON lead
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_lead_reaches_its_crm();
CREATE TRIGGER a_lead_reaches_its_crm AFTER UPDATE ON lead
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_lead_reaches_its_crm();
"""  # noqa: S608  constants of this module

# Also asked by a back-fill (`queries.crm`): everything of a conversation that a CRM's timeline can show.
WHAT_HAPPENED = """
CREATE FUNCTION what_happened_with(talk bigint)
RETURNS TABLE (kind text, local bigint, at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT 'call', e.id, e.at FROM event e
    WHERE e.conversation_id = talk AND e.kind IN ('CallEnded', 'CalledBack')
    UNION ALL
    SELECT 'text', m.id, m.created_at FROM message m
    WHERE m.conversation_id = talk AND m.author <> 'page'
      AND m.status IN ('received', 'sent', 'delivered', 'undelivered')
    UNION ALL
    SELECT 'todo', t.id, t.opened_at FROM todo t WHERE t.conversation_id = talk
    UNION ALL
    SELECT 'appointment', a.id, a.created_at FROM appointment a WHERE a.conversation_id = talk AND a.status <> 'held'
$$;
"""

TEXTS = """
CREATE FUNCTION a_text_reaches_its_crm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, l.contact_id, 'text', n.id, n.created_at
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN lead l ON l.conversation_id = n.conversation_id JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%'
    WHERE n.author <> 'page' AND n.status IN ('received', 'sent', 'delivered', 'undelivered')
    ON CONFLICT (crm_id, kind, local) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER a_new_text_reaches_its_crm AFTER INSERT ON message
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_text_reaches_its_crm();
CREATE TRIGGER a_text_reaches_its_crm AFTER UPDATE ON message
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_text_reaches_its_crm();
"""

CALLS = """
CREATE FUNCTION a_call_reaches_its_crm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, l.contact_id, 'call', n.id, n.at
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN lead l ON l.conversation_id = n.conversation_id JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%'
    WHERE n.kind IN ('CallEnded', 'CalledBack')
    ON CONFLICT (crm_id, kind, local) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER a_call_reaches_its_crm AFTER INSERT ON event
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_call_reaches_its_crm();
"""

TODOS = f"""
CREATE FUNCTION a_todo_reaches_its_crm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {NOBODY_HAS_ONE}
    INSERT INTO crm_copy AS k (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, l.contact_id, 'todo', n.id, COALESCE(n.closed_at, n.opened_at)
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN lead l ON l.conversation_id = n.conversation_id JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%'
    {AGAIN};
    RETURN NULL;
END $$;
CREATE TRIGGER a_new_todo_reaches_its_crm AFTER INSERT ON todo
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_todo_reaches_its_crm();
CREATE TRIGGER a_todo_reaches_its_crm AFTER UPDATE ON todo
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_todo_reaches_its_crm();
"""  # noqa: S608  constants of this module

APPOINTMENTS = f"""
CREATE FUNCTION an_appointment_reaches_its_crm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {NOBODY_HAS_ONE}
    INSERT INTO crm_copy AS k (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT c.id, n.business_id, l.contact_id, 'appointment', n.id, n.updated_at
    FROM changed n JOIN outside_crm c ON c.business_id = n.business_id
    JOIN lead l ON l.conversation_id = n.conversation_id JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%'
    WHERE n.status <> 'held'
    {AGAIN};
    RETURN NULL;
END $$;
CREATE TRIGGER a_new_appointment_reaches_its_crm AFTER INSERT ON appointment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION an_appointment_reaches_its_crm();
CREATE TRIGGER an_appointment_reaches_its_crm AFTER UPDATE ON appointment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION an_appointment_reaches_its_crm();
"""  # noqa: S608  constants of this module

PEOPLE = """
CREATE FUNCTION a_contact_reaches_its_crm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    UPDATE crm_copy k SET wanted = k.wanted + 1, due_at = k.copied_at, tries = 0, dead_at = NULL
    FROM changed n JOIN before b ON b.id = n.id
    WHERE k.contact_id = n.id AND k.kind = 'contact' AND k.copied_at IS NOT NULL
      AND (n.name, n.email) IS DISTINCT FROM (b.name, b.email);
    RETURN NULL;
END $$;
CREATE TRIGGER a_contact_reaches_its_crm AFTER UPDATE ON contact
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION a_contact_reaches_its_crm();

CREATE FUNCTION a_stop_reaches_its_crm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM outside_crm) THEN RETURN NULL; END IF;
    UPDATE crm_copy k SET wanted = k.wanted + 1, due_at = COALESCE(n.lifted_at, n.at), tries = 0, dead_at = NULL
    FROM changed n JOIN contact p ON p.business_id = n.business_id AND p.number = n.number
    WHERE k.contact_id = p.id AND k.kind = 'contact';
    INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at)
    SELECT k.crm_id, k.business_id, k.contact_id, 'note', n.id, n.at
    FROM changed n JOIN contact p ON p.business_id = n.business_id AND p.number = n.number
    JOIN crm_copy k ON k.contact_id = p.id AND k.kind = 'contact'
    ON CONFLICT (crm_id, kind, local) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER a_new_stop_reaches_its_crm AFTER INSERT ON suppression
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_stop_reaches_its_crm();
CREATE TRIGGER a_stop_reaches_its_crm AFTER UPDATE ON suppression
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION a_stop_reaches_its_crm();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0015_people_and_settings"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideCrm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("sealed", models.BinaryField()),
                ("mapping", models.JSONField(default=dict)),
                ("prepared", models.BooleanField(default=False)),
                ("paused", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField(null=True)),
                ("rests_until", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("sign_in_needed", models.BooleanField(default=False)),
                ("cursor", models.TextField(blank=True)),
                ("sales_cursor", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("read_due_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="crms", to="store.business"
                    ),
                ),
            ],
            options={
                "db_table": "outside_crm",
            },
        ),
        migrations.CreateModel(
            name="CrmReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                ("compared", models.IntegerField(default=0)),
                ("lines", models.JSONField(default=list)),
                ("problem", models.CharField(blank=True, max_length=300)),
                (
                    "crm",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="report", to="store.outsidecrm"
                    ),
                ),
            ],
            options={
                "db_table": "crm_report",
            },
        ),
        migrations.CreateModel(
            name="CrmCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("local", models.BigIntegerField()),
                ("remote", models.CharField(blank=True, db_default="", max_length=120)),
                ("url", models.CharField(blank=True, db_default="", max_length=300)),
                ("written", models.JSONField(db_default={}, default=dict)),
                ("theirs", models.JSONField(db_default={}, default=dict)),
                ("wanted", models.IntegerField(db_default=1, default=1)),
                ("due_at", models.DateTimeField(null=True)),
                ("back_fill", models.BooleanField(db_default=False, default=False)),
                ("tries", models.SmallIntegerField(db_default=0, default=0)),
                ("problem", models.CharField(blank=True, db_default="", max_length=300)),
                ("unsure", models.BooleanField(db_default=False, default=False)),
                ("choices", models.JSONField(null=True)),
                ("alone", models.BooleanField(db_default=False, default=False)),
                ("dead_at", models.DateTimeField(null=True)),
                ("copied_at", models.DateTimeField(null=True)),
                ("claim", models.CharField(blank=True, db_default="", max_length=32)),
                ("claimed_until", models.DateTimeField(null=True)),
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
                    "contact",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="store.contact",
                    ),
                ),
                (
                    "crm",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="store.outsidecrm",
                    ),
                ),
            ],
            options={
                "db_table": "crm_copy",
            },
        ),
        migrations.AddConstraint(
            model_name="outsidecrm",
            constraint=models.UniqueConstraint(fields=("business",), name="one_crm_per_business"),
        ),
        migrations.AddIndex(
            model_name="crmcopy",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["crm", "due_at"], name="crm_copy_due"
            ),
        ),
        migrations.AddIndex(
            model_name="crmcopy",
            index=models.Index(
                condition=models.Q(("remote", ""), _negated=True), fields=["crm", "remote"], name="crm_copy_remote"
            ),
        ),
        migrations.AddIndex(
            model_name="crmcopy",
            index=models.Index(fields=["contact", "crm"], name="crm_copy_of_contact"),
        ),
        migrations.AddIndex(
            model_name="crmcopy",
            index=models.Index(
                condition=models.Q(("dead_at__isnull", False)), fields=["crm", "dead_at"], name="crm_copy_dead"
            ),
        ),
        migrations.AddConstraint(
            model_name="crmcopy",
            constraint=models.UniqueConstraint(fields=("crm", "kind", "local"), name="a_thing_is_copied_to_one_record"),
        ),
        *(
            migrations.RunSQL(sql, reverse_sql=migrations.RunSQL.noop)
            for sql in (WHAT_HAPPENED, LEADS, TEXTS, CALLS, TODOS, APPOINTMENTS, PEOPLE)
        ),
    ]
