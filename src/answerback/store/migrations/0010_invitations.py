"""Invitations by e-mail, due whenever an appointment of a customer with an address changes."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

# Whoever writes an appointment, the customer's own calendar is told, where an address is known.
REACHES_THE_CUSTOMER = """
CREATE FUNCTION an_appointment_reaches_the_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE invitation SET wanted = wanted + 1, due_at = NEW.updated_at, tries = 0 WHERE appointment_id = NEW.id;
    IF NOT FOUND AND NEW.status = 'booked' THEN
        INSERT INTO invitation (business_id, appointment_id, uid, sequence, sent, wanted, due_at, tries, problem)
        SELECT NEW.business_id, NEW.id, gen_random_uuid()::text || '@answerback', 0, false, 1, NEW.updated_at, 0, ''
        FROM contact k WHERE k.id = NEW.contact_id AND k.email <> ''
            AND NOT EXISTS (SELECT 1 FROM outside_booking o WHERE o.appointment_id = NEW.id);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER an_appointment_reaches_the_customer AFTER INSERT OR UPDATE OF status, during ON appointment
    FOR EACH ROW WHEN (NEW.status IN ('booked', 'cancelled')) EXECUTE FUNCTION an_appointment_reaches_the_customer();
"""


class Migration(migrations.Migration):
    """A new table, and a trigger on appointments; rows that stand are not touched."""

    dependencies: ClassVar = [
        ("store", "0009_outside_calendars"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(max_length=80, unique=True)),
                ("sequence", models.IntegerField(default=0)),
                ("sent", models.BooleanField(default=False)),
                ("wanted", models.IntegerField(default=1)),
                ("due_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitation", to="store.appointment"
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.business"
                    ),
                ),
            ],
            options={
                "db_table": "invitation",
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="invitation_due"
                    )
                ],
            },
        ),
        migrations.RunSQL(REACHES_THE_CUSTOMER, reverse_sql=migrations.RunSQL.noop),
    ]
