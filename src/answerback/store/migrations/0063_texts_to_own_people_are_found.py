"""The texts to a business's own people are found by an index: they are few, and all others were read to find them."""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0062_reasons_about_videos_are_found"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="message",
            index=models.Index(
                fields=["business", "id"], condition=models.Q(author="page"), name="message_to_own_people"
            ),
        ),
    ]
