"""A calendar of people and things: what appointments need, what else keeps people busy, and never twice for either."""

from typing import ClassVar

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

FILL = """
UPDATE appointment SET blocked = during, updated_at = created_at;
"""

# btree_gist is not to be had in the PostgreSQL that comes along, so equality of ids is overlap of ranges of one id.
NEVER_TWICE = """
ALTER TABLE appointment DROP CONSTRAINT a_time_is_never_sold_twice;
ALTER TABLE appointment ADD CONSTRAINT a_time_is_never_sold_twice
    EXCLUDE USING gist (int8range(member_id, member_id, '[]') WITH &&, blocked WITH &&)
    WHERE (status IN ('held', 'booked'));
ALTER TABLE appointment ADD CONSTRAINT a_resource_is_never_sold_twice
    EXCLUDE USING gist (int8range(resource_id, resource_id, '[]') WITH &&, blocked WITH &&)
    WHERE (status IN ('held', 'booked') AND resource_id IS NOT NULL);
ALTER TABLE appointment ADD CONSTRAINT what_is_blocked_covers_the_appointment CHECK (blocked @> during);
ALTER TABLE appointment ADD CONSTRAINT an_appointment_takes_time CHECK (NOT isempty(during));
ALTER TABLE busy ADD CONSTRAINT a_busy_time_takes_time CHECK (NOT isempty(during));
"""


class Migration(migrations.Migration):
    """Appointments that stood keep their times; nothing more is blocked around them than before."""

    dependencies: ClassVar = [("store", "0002_what_must_not_happen")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="appointment",
            name="area",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="appointment",
            name="blocked",
            field=django.contrib.postgres.fields.ranges.DateTimeRangeField(null=True),
        ),
        migrations.AddField(
            model_name="appointment",
            name="cents",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="appointment",
            name="location",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.location"
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="notes",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="appointment",
            name="updated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="appointment",
            name="version",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="contact",
            name="email",
            field=models.EmailField(blank=True, db_default="", max_length=254),
        ),
        migrations.AddField(
            model_name="location",
            name="address",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="location",
            name="hours",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="location",
            name="zone",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="member",
            name="bookable",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="member",
            name="hours",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="member",
            name="location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="store.location",
            ),
        ),
        migrations.CreateModel(
            name="AppointmentType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(blank=True, max_length=60)),
                ("minutes", models.SmallIntegerField(null=True)),
                ("before", models.SmallIntegerField(default=0)),
                ("after", models.SmallIntegerField(default=0)),
                ("step", models.SmallIntegerField(null=True)),
                ("lead_minutes", models.IntegerField(null=True)),
                ("horizon_days", models.SmallIntegerField(null=True)),
                ("members", models.JSONField(default=list)),
                ("needs", models.CharField(blank=True, max_length=40)),
                ("deposit", models.IntegerField(null=True)),
                ("active", models.BooleanField(default=True)),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointment_types",
                        to="store.business",
                    ),
                ),
            ],
            options={
                "db_table": "appointment_type",
            },
        ),
        migrations.CreateModel(
            name="Busy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("source", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=300)),
                ("summary", models.CharField(blank=True, max_length=200)),
                ("written_at", models.DateTimeField()),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.business"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="busy", to="store.member"
                    ),
                ),
            ],
            options={
                "db_table": "busy",
            },
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("active", models.BooleanField(default=True)),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="resources", to="store.business"
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="store.location",
                    ),
                ),
            ],
            options={
                "db_table": "resource",
            },
        ),
        migrations.AddField(
            model_name="appointment",
            name="resource",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="store.resource"
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=django.contrib.postgres.indexes.GistIndex(fields=["blocked"], name="appointment_blocked"),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["conversation", "status"], name="appointment_of_conversation"),
        ),
        migrations.AddConstraint(
            model_name="appointmenttype",
            constraint=models.UniqueConstraint(fields=("business", "service"), name="one_appointment_type_per_service"),
        ),
        migrations.AddIndex(
            model_name="busy",
            index=django.contrib.postgres.indexes.GistIndex(fields=["during"], name="busy_during"),
        ),
        migrations.AddConstraint(
            model_name="busy",
            constraint=models.UniqueConstraint(fields=("member", "source", "key"), name="a_busy_time_is_written_once"),
        ),
        migrations.RunSQL(FILL, reverse_sql=migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="appointment",
            name="blocked",
            field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
        ),
        migrations.AlterField(model_name="appointment", name="updated_at", field=models.DateTimeField()),
        migrations.RunSQL(NEVER_TWICE, reverse_sql=migrations.RunSQL.noop),
    ]
