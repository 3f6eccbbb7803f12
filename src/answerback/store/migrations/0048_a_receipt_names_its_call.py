"""A decision receipt names the call it is about, so that every call can be asked "why?", an answered one too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0047_a_change_of_a_draft_can_be_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="call",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
    ]
