"""Months beside days, added up; waits counted instead of repeated. What is there is converted, nothing measured anew."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# Each wait was repeated for each lead; now it stands once, with how many leads waited so long.
COUNT_WAITS = """
UPDATE day_measure d SET waits = w.waits, waited = w.waited
FROM (SELECT id, array_agg(s ORDER BY s) AS waits, array_agg(n::integer ORDER BY s) AS waited
      FROM (SELECT id, s, count(*) AS n FROM day_measure, unnest(waits) AS s GROUP BY 1, 2) x GROUP BY 1) w
WHERE w.id = d.id;
"""

REPEAT_WAITS = """
UPDATE day_measure d SET waits = w.waits
FROM (SELECT id, array_agg(s ORDER BY s) AS waits
      FROM day_measure, unnest(waits, waited) AS u (s, n), generate_series(1, n) GROUP BY 1) w
WHERE w.id = d.id;
"""

ADD_MONTHS_UP = """
INSERT INTO month_measure (business_id, day, dimension, part,
    leads, called, texted, replied, qualified, qualified_by_label, booked, booked_by_label, stands,
    attended, sold, sold_by_label, relabelled, lost, responded, silent, calls, callbacks_owed,
    callbacks_made, recovered, not_ours, taken_back,
    waits, waited)
WITH m AS MATERIALIZED (SELECT *, date_trunc('month', day)::date AS month FROM day_measure),
w AS (
    SELECT business_id, month, dimension, part, array_agg(s ORDER BY s) AS waits,
           array_agg(n::integer ORDER BY s) AS waited
    FROM (SELECT business_id, month, dimension, part, u.s, sum(u.n) AS n
          FROM m, unnest(waits, waited) AS u (s, n) GROUP BY 1, 2, 3, 4, 5) y
    GROUP BY 1, 2, 3, 4)
SELECT s.*, COALESCE(w.waits, '{}'), COALESCE(w.waited, '{}')
FROM (SELECT m.business_id, m.month, m.dimension, m.part,
    sum(m.leads), sum(m.called), sum(m.texted), sum(m.replied), sum(m.qualified), sum(m.qualified_by_label),
    sum(m.booked), sum(m.booked_by_label), sum(m.stands), sum(m.attended), sum(m.sold),
    sum(m.sold_by_label), sum(m.relabelled), sum(m.lost), sum(m.responded), sum(m.silent), sum(m.calls),
    sum(m.callbacks_owed), sum(m.callbacks_made), sum(m.recovered), sum(m.not_ours), sum(m.taken_back)
      FROM m GROUP BY 1, 2, 3, 4) s
LEFT JOIN w USING (business_id, month, dimension, part);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0038_push_and_calls"),
    ]

    operations = [
        migrations.AddField(
            model_name="daymeasure",
            name="waited",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="MonthMeasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("dimension", models.CharField(blank=True, max_length=12)),
                ("part", models.CharField(blank=True, max_length=80)),
                ("leads", models.IntegerField()),
                ("called", models.IntegerField()),
                ("texted", models.IntegerField()),
                ("replied", models.IntegerField()),
                ("qualified", models.IntegerField()),
                ("qualified_by_label", models.IntegerField()),
                ("booked", models.IntegerField()),
                ("booked_by_label", models.IntegerField()),
                ("stands", models.IntegerField()),
                ("attended", models.IntegerField()),
                ("sold", models.IntegerField()),
                ("sold_by_label", models.IntegerField()),
                ("relabelled", models.IntegerField()),
                ("lost", models.IntegerField()),
                ("responded", models.IntegerField()),
                ("silent", models.IntegerField()),
                ("calls", models.IntegerField()),
                ("callbacks_owed", models.IntegerField()),
                ("callbacks_made", models.IntegerField()),
                ("recovered", models.BigIntegerField()),
                ("not_ours", models.BigIntegerField()),
                ("taken_back", models.BigIntegerField()),
                ("waits", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("waited", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                (
                    "business",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.business",
                    ),
                ),
            ],
            options={
                "db_table": "month_measure",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("business", "dimension", "day", "part"), name="a_month_is_added_up_once_for_each_part"
                    )
                ],
            },
        ),
        migrations.RunSQL(COUNT_WAITS + ADD_MONTHS_UP, reverse_sql=REPEAT_WAITS),
    ]
