"""What is told of a text as it is typed may arrive after the text: how many each tab has sent is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0066_texts_that_left_are_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="looking",
            name="over",
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
