"""A revenue entry says who made it and when, also where it was a program; older ones have only their member."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0050_a_receipt_names_its_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="revenueentry",
            name="author",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="revenueentry",
            name="entered_at",
            field=models.DateTimeField(null=True),
        ),
    ]
