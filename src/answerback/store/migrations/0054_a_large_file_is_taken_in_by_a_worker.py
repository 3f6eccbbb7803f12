"""A file that is imported says how far it is; those that were chosen before are taken in as they were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0053_marks_are_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="state",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="upload",
            name="mapping",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="by",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="upload",
            name="rows",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="upload",
            name="added",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="upload",
            name="known",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="upload",
            name="refused",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="upload",
            name="share",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="upload",
            name="tries",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="upload",
            name="says",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="upload",
            name="problems",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="more_problems",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="upload",
            name="beat_at",
            field=models.DateTimeField(null=True),
        ),
    ]
