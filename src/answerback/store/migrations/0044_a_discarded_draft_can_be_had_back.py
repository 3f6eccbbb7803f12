"""A draft that was thrown away stays until the next is begun."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0043_qualified_of_those_who_replied"),
    ]

    operations = [
        migrations.AddField(
            model_name="playbookdraft",
            name="discarded_at",
            field=models.DateTimeField(null=True),
        ),
    ]
