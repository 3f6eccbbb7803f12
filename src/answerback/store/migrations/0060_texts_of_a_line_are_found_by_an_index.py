"""The texts a line sent since some moment are found by an index: its health, looked at every minute, read all of them."""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0059_who_was_erased_is_erased_wholly"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="message",
            index=models.Index(
                fields=["line", "created_at"], condition=~models.Q(author="customer"), name="message_of_line"
            ),
        ),
    ]
