from django.db import migrations, models


class Migration(migrations.Migration):
    """A correction knows which question was open when the text came."""

    dependencies = [
        ("store", "0029_money_has_a_currency"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="asked",
            field=models.CharField(db_default="open", default="open", max_length=20),
        ),
    ]
