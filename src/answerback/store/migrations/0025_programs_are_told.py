"""Programs are told what happens: their addresses, and triggers that write a notice in the transaction of the change.

Whoever writes a lead, a text, an appointment, programs hear of it: the triggers belong to the tables, not to the code.
Where no program wants to be told, each costs one look at a small table a statement.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

TELL = """
CREATE FUNCTION tell_programs(business bigint, what text, about bigint, talk bigint, was jsonb, moment timestamptz)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO notice (business_id, target_id, key, kind, subject, thread, changed, at, status, due_at, tries,
                        attempts, body)
    SELECT business, t.id, gen_random_uuid(), what, about, talk, was, moment,
           CASE WHEN t.disabled_at IS NULL THEN 'waiting' ELSE 'held' END, moment, 0, '[]', ''
    FROM target t
    WHERE t.business_id = business AND t.removed_at IS NULL AND (t.kinds = '[]'::jsonb OR t.kinds ? what)
$$;

CREATE FUNCTION nobody_wants_to_be_told() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT 1 FROM target WHERE removed_at IS NULL)
$$;
"""

TRIGGER = """
CREATE FUNCTION programs_hear_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nobody_wants_to_be_told() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        {inserted}
    ELSE
        {updated}
    END IF;
    PERFORM pg_notify('answerback', 'notice');
    RETURN NULL;
END $$;
CREATE TRIGGER programs_hear_of_{table}_new AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION programs_hear_of_{table}();
"""

ON_UPDATE = """
CREATE TRIGGER programs_hear_of_{table}_change AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION programs_hear_of_{table}();
"""

# Each: what is told of new rows, and of changed ones ('' where rows of this table never change).
TOLD = {
    "contact": (
        "PERFORM tell_programs(n.business_id, 'contact.created', n.id, NULL, NULL, n.created_at) FROM new_rows n;",
        """PERFORM tell_programs(n.business_id, 'contact.updated', n.id, NULL,
            jsonb_build_object('name', o.name, 'email', o.email),
            GREATEST(n.created_at, (SELECT max(c.last_at) FROM conversation c WHERE c.contact_id = n.id)))
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE (n.name, n.email) IS DISTINCT FROM (o.name, o.email) AND n.number NOT LIKE 'erased %';""",
    ),
    "lead": (
        """PERFORM tell_programs(n.business_id, 'lead.created', n.id, n.conversation_id, NULL, n.created_at)
        FROM new_rows n;""",
        """PERFORM tell_programs(n.business_id,
            CASE WHEN n.status <> o.status THEN 'lead.status_changed' ELSE 'lead.updated' END, n.id, n.conversation_id,
            jsonb_strip_nulls(jsonb_build_object(
                'status', CASE WHEN n.status <> o.status THEN o.status END,
                'service', CASE WHEN n.service <> o.service THEN o.service END,
                'urgency', CASE WHEN n.urgency <> o.urgency THEN o.urgency END,
                'answers', CASE WHEN n.answers <> o.answers THEN o.answers END,
                'next_step', CASE WHEN n.next_step <> o.next_step THEN o.next_step END)), n.updated_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE (n.status, n.service, n.urgency, n.answers, n.next_step)
            IS DISTINCT FROM (o.status, o.service, o.urgency, o.answers, o.next_step);""",
    ),
    "message": (
        """PERFORM tell_programs(n.business_id, 'message.received', n.id, n.conversation_id, NULL, n.created_at)
        FROM new_rows n WHERE n.author = 'customer';""",
        """PERFORM tell_programs(n.business_id,
            CASE n.status WHEN 'sent' THEN 'message.sent' WHEN 'delivered' THEN 'message.delivered'
                ELSE 'message.failed' END,
            n.id, n.conversation_id, jsonb_build_object('status', o.status),
            COALESCE(n.delivered_at, n.sent_at, n.claimed_at, n.created_at))
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE n.status <> o.status AND n.author IN ('machine', 'staff')
            AND n.status IN ('sent', 'delivered', 'undelivered', 'refused', 'unclear');""",
    ),
    "event": (
        """PERFORM tell_programs(n.business_id, k.told, CASE WHEN k.own THEN n.id ELSE n.conversation_id END,
            n.conversation_id, NULL, n.at)
        FROM new_rows n JOIN (VALUES ('CallEnded', 'call.ended', true), ('VoicemailLeft', 'voicemail.left', true),
            ('TookOver', 'conversation.taken_over', false), ('HandedBack', 'conversation.handed_back', false))
            AS k (kind, told, own) ON k.kind = n.kind
        WHERE n.conversation_id IS NOT NULL;""",
        "",
    ),
    "appointment": (
        """PERFORM tell_programs(n.business_id, 'appointment.booked', n.id, n.conversation_id, NULL, n.updated_at)
        FROM new_rows n WHERE n.status = 'booked';""",
        """PERFORM tell_programs(n.business_id,
            CASE WHEN n.status = 'booked' AND o.status = 'booked' THEN 'appointment.moved'
                WHEN n.status = 'booked' THEN 'appointment.booked'
                WHEN n.status = 'cancelled' THEN 'appointment.cancelled' ELSE 'appointment.ended' END,
            n.id, n.conversation_id,
            jsonb_build_object('status', o.status, 'starts_at', lower(o.during), 'member_id', o.member_id),
            n.updated_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE ((n.status <> o.status AND (n.status = 'booked' OR o.status <> 'held'))
            OR (n.status = 'booked' AND (n.during, n.member_id) IS DISTINCT FROM (o.during, o.member_id)));""",
    ),
    "todo": (
        """PERFORM tell_programs(n.business_id, 'todo.opened', n.id, n.conversation_id, NULL, n.opened_at)
        FROM new_rows n;""",
        """PERFORM tell_programs(n.business_id, 'todo.closed', n.id, n.conversation_id, NULL, n.closed_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.closed_at IS NOT NULL AND o.closed_at IS NULL;""",
    ),
    "page": (
        """PERFORM tell_programs(n.business_id, 'page.opened', n.id, n.conversation_id, NULL, n.opened_at)
        FROM new_rows n;""",
        """PERFORM tell_programs(n.business_id, 'page.taken', n.id, n.conversation_id, NULL, n.taken_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.taken_at IS NOT NULL AND o.taken_at IS NULL;""",
    ),
    "suppression": (
        "PERFORM tell_programs(n.business_id, 'opt_out.created', n.id, NULL, NULL, n.at) FROM new_rows n;",
        """PERFORM tell_programs(n.business_id, 'opt_out.lifted', n.id, NULL, NULL, n.lifted_at)
        FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.lifted_at IS NOT NULL AND o.lifted_at IS NULL;""",
    ),
    "revenue_entry": (
        """PERFORM tell_programs(n.business_id,
            CASE WHEN n.reverses_id IS NULL THEN 'revenue.entered' ELSE 'revenue.taken_back' END,
            n.id, l.conversation_id, NULL, n.at)
        FROM new_rows n JOIN lead l ON l.id = n.lead_id;""",
        "",
    ),
    "playbook_version": (
        """PERFORM tell_programs(n.business_id, 'playbook.published', n.id, NULL, NULL, n.published_at)
        FROM new_rows n;""",
        "",
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
        ("store", "0024_contacts_are_found_and_merged"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("url", models.CharField(max_length=500)),
                ("kinds", models.JSONField(default=list)),
                ("sealed", models.BinaryField()),
                ("old_until", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("wait_until", models.DateTimeField(null=True)),
                ("disabled_at", models.DateTimeField(null=True)),
                ("disabled_why", models.CharField(blank=True, max_length=300)),
                ("alarmed_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="store.business"
                    ),
                ),
            ],
            options={"db_table": "target"},
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.BigIntegerField(null=True)),
                ("thread", models.BigIntegerField(null=True)),
                ("changed", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
                ("status", models.CharField(max_length=8)),
                ("due_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("attempts", models.JSONField(default=list)),
                ("body", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(null=True)),
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
                    "target",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="store.target",
                    ),
                ),
            ],
            options={
                "db_table": "notice",
                "indexes": [
                    models.Index(condition=models.Q(("status", "waiting")), fields=["due_at", "id"], name="notice_due"),
                    models.Index(
                        condition=models.Q(("status__in", ["waiting", "sending"])),
                        fields=["target", "thread", "id"],
                        name="notice_order",
                    ),
                    models.Index(
                        condition=models.Q(("thread__isnull", False)), fields=["thread"], name="notice_of_conversation"
                    ),
                ],
            },
        ),
        migrations.RunSQL(_triggers(), reverse_sql=migrations.RunSQL.noop),
    ]
