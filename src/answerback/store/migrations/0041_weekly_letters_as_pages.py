"""The weekly letter as a page of HTML beside its plain text; the newest areas of appointments by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0040_the_built_in_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="weeklyletter",
            name="html",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["business", "id"], condition=~models.Q(area=""), name="appointment_areas"),
        ),
    ]
