"""Who taught a line when its own voicemail picks up, and who said otherwise: one word does not undo what others taught."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0068_what_was_sent_is_no_draft"),
    ]

    operations = [
        migrations.AddField(model_name="line", name="taught_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="line",
            name="taught_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.member"
            ),
        ),
        migrations.AddField(model_name="line", name="doubted_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="line",
            name="doubted_call",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(model_name="line", name="doubted_for", field=models.SmallIntegerField(null=True)),
    ]
