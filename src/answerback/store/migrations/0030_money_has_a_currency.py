import django.db.models.deletion
from django.db import migrations, models

ONE_CURRENCY = """
ALTER TABLE business ADD CONSTRAINT a_business_has_one_currency UNIQUE (id, currency);
ALTER TABLE revenue_entry ADD CONSTRAINT money_is_in_the_currency_of_its_business
    FOREIGN KEY (business_id, currency) REFERENCES business (id, currency) DEFERRABLE INITIALLY DEFERRED;
DROP TRIGGER a_change_reaches_every_cache ON business;
CREATE TRIGGER a_change_reaches_every_cache
    BEFORE UPDATE OF name, zone, phone, hours, closed_days, holiday_country, holiday_region, open_holidays, settings,
                     blocked, playbook_id, agency_id, currency ON business
    FOR EACH ROW EXECUTE FUNCTION business_changed();
"""


class Migration(migrations.Migration):
    """A business keeps its money in one currency, and agency admins get each month by e-mail."""

    dependencies = [
        ("store", "0029_attachments_and_look_ups"),
    ]

    operations = [
        migrations.AddField(
            model_name="agencyadmin",
            name="monthly_letter",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="business",
            name="currency",
            field=models.CharField(db_default="USD", default="USD", max_length=3),
        ),
        migrations.CreateModel(
            name="MonthlyLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("status", models.CharField(max_length=8)),
                ("due_at", models.DateTimeField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "admin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agencyadmin"
                    ),
                ),
            ],
            options={
                "db_table": "monthly_letter",
                "constraints": [models.UniqueConstraint(fields=("admin", "month"), name="a_month_is_told_once")],
            },
        ),
        migrations.RunSQL(ONE_CURRENCY, reverse_sql=migrations.RunSQL.noop),
    ]
