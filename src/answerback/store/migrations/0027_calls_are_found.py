from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0026_settings_reach_every_cache"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["business", "-id"], condition=models.Q(kind="CallEnded"), name="event_of_calls"),
        ),
    ]
