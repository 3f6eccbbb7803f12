from django.db import migrations, models


class Migration(migrations.Migration):
    """A correction knows which question was open when the text came."""

    dependencies = [
        ("store", "0034_pages_are_quick"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="asked",
            field=models.CharField(db_default="open", default="open", max_length=20),
        ),
    ]
