"""A number merged into another contact is shown by that contact's name; what it was called is kept for the undo."""

from django.db import migrations, models

_SHOW = """
UPDATE contact_merge m SET gone_name = g.name FROM contact g WHERE g.id = m.gone_id AND m.undone_at IS NULL;
UPDATE contact g SET name = k.name FROM contact k WHERE k.id = g.merged_into_id;
"""

_FORGET = """
UPDATE contact g SET name = m.gone_name FROM contact_merge m WHERE m.gone_id = g.id AND m.undone_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0051_who_said_an_amount")]

    operations = [
        migrations.AddField("contactmerge", "gone_name", models.CharField(blank=True, default="", max_length=120)),
        migrations.RunSQL(_SHOW, _FORGET),
    ]
