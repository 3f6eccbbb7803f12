"""What allauth counts at the door is counted once for all processes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0075_numbers_are_known_again_under_another_secret"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counted",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "counted",
                "indexes": [models.Index(fields=["until"], name="counted_until")],
            },
        ),
    ]
