"""An entry of the audit log says from which network address it was asked; those from before say nothing of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0077_what_voicemails_and_forms_say_is_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="place",
            field=models.CharField(blank=True, db_default="", default="", max_length=45),
        ),
    ]
