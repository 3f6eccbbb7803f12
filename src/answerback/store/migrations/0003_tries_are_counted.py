"""Counts tries that can be guessed or hammered."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One small table."""

    dependencies: ClassVar = [("store", "0002_what_must_not_happen")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24)),
                ("who", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
                ("count", models.IntegerField(default=0)),
            ],
            options={"db_table": "attempt"},
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(fields=("kind", "who", "since"), name="tries_are_counted_in_one_row"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["since"], name="attempt_since"),
        ),
    ]
