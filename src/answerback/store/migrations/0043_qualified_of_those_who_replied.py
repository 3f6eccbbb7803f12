"""How many of those who replied are qualified: a rate counts nobody who is not among those it is out of."""

from django.db import migrations, models

# Whose measures were never looked at is measured whole by the next worker, within a minute.
MEASURE_ALL = "DELETE FROM measured_up_to"


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0042_a_part_is_given_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="daymeasure",
            name="replied_qualified",
            field=models.IntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="monthmeasure",
            name="replied_qualified",
            field=models.IntegerField(db_default=0),
        ),
        migrations.RunSQL(MEASURE_ALL, reverse_sql=migrations.RunSQL.noop),
    ]
