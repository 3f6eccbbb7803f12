"""When somebody first signed in by an agency's host name: what is sent to its people leads there from then on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0066_texts_that_left_are_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="domain_reached_at",
            field=models.DateTimeField(null=True),
        ),
    ]
