"""An agency's host name is looked at every day, and one it gave up still leads on to where links went."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0071_reasons_of_a_business_are_found"),
    ]

    operations = [
        *(
            migrations.AddField(model_name="agency", name=name, field=models.DateTimeField(null=True))
            for name in ("domain_looked_at", "domain_failing_since", "domain_lost_at", "domain_lost_told_at")
        ),
        migrations.AddField(
            model_name="agency", name="former_domains", field=models.JSONField(db_default=[], default=list)
        ),
    ]
