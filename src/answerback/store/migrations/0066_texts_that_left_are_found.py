"""The newest texts of a business are found by an index: for one that is quiet, those of everybody were read.

A text is in it from when it left (or came), so that its way to there costs it no entries.
"""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0065_forgetting_is_no_news"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="message",
            index=models.Index(
                fields=["business", "id"],
                condition=~models.Q(status__in=["queued", "sending"]),
                name="message_of_business",
            ),
        ),
    ]
