"""Calendars elsewhere, our appointments in them, feeds, and pages elsewhere on which customers book."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

# Whoever writes an appointment, be it a customer, the desk or a later part of the product, its calendars are told.
REACHES_CALENDARS = """
CREATE FUNCTION an_appointment_reaches_its_calendars() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE calendar_entry SET wanted = wanted + 1, due_at = NEW.updated_at, tries = 0 WHERE appointment_id = NEW.id;
    IF NEW.status = 'booked' THEN
        INSERT INTO calendar_entry (business_id, appointment_id, calendar_id, key, remote, seen, wanted, due_at, tries, problem)
        SELECT NEW.business_id, NEW.id, c.id, 'ab' || md5(gen_random_uuid()::text), '', '', 1, NEW.updated_at, 0, ''
        FROM outside_calendar c WHERE c.member_id = NEW.member_id AND c.writes
            AND NOT EXISTS (SELECT 1 FROM outside_booking o WHERE o.appointment_id = NEW.id)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER an_appointment_reaches_its_calendars
    AFTER INSERT OR UPDATE OF status, during, member_id, name, address, notes, service ON appointment
    FOR EACH ROW WHEN (NEW.status <> 'held') EXECUTE FUNCTION an_appointment_reaches_its_calendars();
"""


class Migration(migrations.Migration):
    """New tables, and a trigger on appointments; rows that stand are not touched."""

    dependencies: ClassVar = [
        ("store", "0008_line_settings"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="BookingPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("sealed", models.BinaryField()),
                ("heard_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="booking_pages", to="store.business"
                    ),
                ),
            ],
            options={
                "db_table": "booking_page",
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(unique=True)),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.business"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to="store.member"
                    ),
                ),
            ],
            options={
                "db_table": "feed",
            },
        ),
        migrations.CreateModel(
            name="OutsideBooking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("status", models.CharField(max_length=10)),
                ("told_at", models.DateTimeField()),
                (
                    "appointment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.appointment"
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.business"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.conversation"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="store.bookingpage"
                    ),
                ),
            ],
            options={
                "db_table": "outside_booking",
            },
        ),
        migrations.CreateModel(
            name="OutsideCalendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("sealed", models.BinaryField()),
                ("writes", models.BooleanField(default=True)),
                ("cursor", models.TextField(blank=True)),
                ("window_from", models.DateTimeField(null=True)),
                ("window_to", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("read_due_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("sign_in_needed", models.BooleanField(default=False)),
                ("subscription", models.CharField(blank=True, max_length=200)),
                ("subscription_resource", models.CharField(blank=True, max_length=300)),
                ("subscribed_until", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calendars", to="store.business"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calendars", to="store.member"
                    ),
                ),
            ],
            options={
                "db_table": "outside_calendar",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("remote", models.CharField(blank=True, max_length=600)),
                ("seen", models.CharField(blank=True, max_length=300)),
                ("wanted", models.IntegerField(default=1)),
                ("due_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("written_at", models.DateTimeField(null=True)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="store.appointment"
                    ),
                ),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.business"
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="store.outsidecalendar"
                    ),
                ),
            ],
            options={
                "db_table": "calendar_entry",
            },
        ),
        migrations.CreateModel(
            name="SignInApp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("sealed", models.BinaryField()),
                ("changed_at", models.DateTimeField()),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.business"
                    ),
                ),
            ],
            options={
                "db_table": "sign_in_app",
            },
        ),
        migrations.AddConstraint(
            model_name="bookingpage",
            constraint=models.UniqueConstraint(fields=("business",), name="one_booking_page_elsewhere_per_business"),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("member",),
                name="one_standing_feed_per_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidebooking",
            constraint=models.UniqueConstraint(fields=("page", "uid"), name="an_outside_booking_is_kept_once"),
        ),
        migrations.AddIndex(
            model_name="outsidecalendar",
            index=models.Index(fields=["read_due_at"], name="outside_calendar_due"),
        ),
        migrations.AddConstraint(
            model_name="outsidecalendar",
            constraint=models.UniqueConstraint(
                condition=models.Q(("writes", True)), fields=("member",), name="one_calendar_is_written_per_member"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="entry_due"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("appointment", "calendar"), name="one_entry_per_appointment_and_calendar"
            ),
        ),
        migrations.AddConstraint(
            model_name="signinapp",
            constraint=models.UniqueConstraint(fields=("business", "provider"), name="one_sign_in_app_per_provider"),
        ),
        migrations.RunSQL(REACHES_CALENDARS, reverse_sql=migrations.RunSQL.noop),
    ]
