"""Alerts reach browsers and phones that ring: the keys push services know us by, and what a call of ours speaks."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A new table and columns with defaults; rows that stand are not touched."""

    dependencies: ClassVar = [
        ("store", "0037_alerts"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PushKeys",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("public", models.CharField(max_length=120)),
                ("sealed", models.BinaryField()),
                ("created_at", models.DateTimeField()),
            ],
            options={"db_table": "push_keys"},
        ),
        migrations.AddConstraint(
            model_name="pushkeys",
            constraint=models.CheckConstraint(condition=Q(id=1), name="there_is_one_pair_of_push_keys"),
        ),
        migrations.AddField(
            model_name="alertway",
            name="device",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="alertway",
            name="last_key",
            field=models.CharField(blank=True, db_default="", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="alertway",
            constraint=models.UniqueConstraint(
                fields=["member", "device"],
                condition=Q(removed_at__isnull=True) & ~Q(device=""),
                name="a_browser_is_a_way_once",
            ),
        ),
        migrations.AddField(
            model_name="ourcall",
            name="alert",
            field=models.BigIntegerField(null=True),
        ),
    ]
