"""Keys that numbers of the erased were digested with under a secret that was replaced."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0074_sessions_are_sealed"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
            ],
            options={"db_table": "number_key"},
        ),
    ]
