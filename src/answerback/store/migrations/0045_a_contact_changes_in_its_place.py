"""A new contact is updated twice at once (its consent, its first text): room on its page spares every index both times."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0044_a_discarded_draft_can_be_had_back"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE contact SET (fillfactor = 50)",
            "ALTER TABLE contact SET (fillfactor = 80)",
        ),
    ]
