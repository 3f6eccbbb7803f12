import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0039_reports_add_months_up"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("title", models.CharField(max_length=200)),
                ("notes", models.CharField(blank=True, max_length=500)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("free", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                (
                    "business",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.business"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="own_entries", to="store.member"
                    ),
                ),
            ],
            options={
                "db_table": "own_entry",
                "indexes": [django.contrib.postgres.indexes.GistIndex(fields=["during"], name="own_entry_during")],
                "constraints": [models.UniqueConstraint(fields=("member", "key"), name="an_own_entry_is_written_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="outsidecalendar",
            constraint=models.UniqueConstraint(
                condition=models.Q(("provider", "built_in")),
                fields=("member",),
                name="one_built_in_calendar_per_member",
            ),
        ),
    ]
