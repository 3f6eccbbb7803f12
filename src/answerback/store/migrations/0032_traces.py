from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0031_our_calls")]

    operations = [
        migrations.AddField(model_name="event", name="trace", field=models.CharField(max_length=55, null=True)),
        migrations.AddField(model_name="message", name="trace", field=models.CharField(max_length=55, null=True)),
    ]
