"""What a member typed is kept for each tab they typed it in; what was kept before is that of a tab without a name."""

from django.db import migrations, models

NAMELESS = "UPDATE looking SET drafts = jsonb_build_array(jsonb_build_array('', draft)) WHERE draft <> ''"


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0069_what_a_line_has_learned"),
    ]

    operations = [
        migrations.AddField(
            model_name="looking",
            name="drafts",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.RunSQL(NAMELESS, migrations.RunSQL.noop),
    ]
