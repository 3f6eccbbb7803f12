"""What is told of a text as it is typed may arrive after the text: how many each tab has sent is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0067_a_host_name_that_is_reached"),
    ]

    operations = [
        migrations.AddField(
            model_name="looking",
            name="over",
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
