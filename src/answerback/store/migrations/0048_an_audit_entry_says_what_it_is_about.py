"""An entry of the audit log says of which kind the thing is that its `subject` numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0047_a_change_of_a_draft_can_be_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="about",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
    ]
