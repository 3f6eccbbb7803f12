from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0033_ways_between_areas"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["business", "service", "-created_at"], name="lead_by_service"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("owner__isnull", False)),
                fields=["business", "owner", "-created_at"],
                name="lead_by_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="leadmeasure",
            index=models.Index(
                condition=models.Q(("arm", ""), _negated=True), fields=["business", "arm"], name="lead_measure_by_arm"
            ),
        ),
    ]
