"""A draft remembers what it was before its last change, so that the change can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0046_a_contact_changes_in_its_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="playbookdraft",
            name="before",
            field=models.TextField(db_default="", default=""),
        ),
    ]
