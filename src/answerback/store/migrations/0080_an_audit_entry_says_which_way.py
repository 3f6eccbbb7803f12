"""An entry of the audit log says by which way somebody signed in, or from which role to which somebody was changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0079_calls_that_count_as_nothing_are_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="detail",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
    ]
