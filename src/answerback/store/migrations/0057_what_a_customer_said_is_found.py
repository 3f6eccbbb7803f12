"""The first and the last text of a customer are found by an index, instead of reading every text there is of a lead."""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0056_a_large_table_is_looked_through"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="message",
            index=models.Index(
                fields=["conversation", "created_at"],
                condition=models.Q(author="customer"),
                name="message_of_customer",
            ),
        ),
    ]
