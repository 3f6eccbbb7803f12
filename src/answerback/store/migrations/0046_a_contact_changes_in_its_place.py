"""A new contact is updated twice at once (its consent, its first text): room on its page spares every index both times."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0045_phones_of_staff_are_confirmed"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE contact SET (fillfactor = 50)",
            "ALTER TABLE contact SET (fillfactor = 80)",
        ),
    ]
