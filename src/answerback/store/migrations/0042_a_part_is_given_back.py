"""An entry says which one it stands instead of, so that of a refund in part only that part counts as taken back."""

import django.db.models.deletion
from django.db import migrations, models

# Refunds in part that were entered before wrote the same evidence twice: where they took back, and for what was left.
# No entry is ever edited but here, and the foreign key is checked before the table is changed again.
BEFORE = """
ALTER TABLE revenue_entry DISABLE TRIGGER a_revenue_entry_is_never_edited;
UPDATE revenue_entry r SET instead_of_id = b.reverses_id
FROM revenue_entry b JOIN revenue_entry paid ON paid.id = b.reverses_id
WHERE b.evidence LIKE 'Refunded %' AND r.evidence = b.evidence AND r.lead_id = b.lead_id AND r.at = paid.at
  AND r.reverses_id IS NULL AND r.cents < paid.cents
  AND r.id = (SELECT min(n.id) FROM revenue_entry n WHERE n.id > b.id AND n.lead_id = b.lead_id
              AND n.evidence = b.evidence AND n.reverses_id IS NULL);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE revenue_entry ENABLE TRIGGER a_revenue_entry_is_never_edited;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0041_weekly_letters_as_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="revenueentry",
            name="instead_of",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="store.revenueentry",
            ),
        ),
        migrations.RunSQL(BEFORE, reverse_sql=migrations.RunSQL.noop),
    ]
