"""The first and the last text of a customer are found by an index, instead of reading every text there is of a lead."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0056_a_large_table_is_looked_through"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["conversation", "created_at"],
                condition=models.Q(author="customer"),
                name="message_of_customer",
            ),
        ),
    ]
