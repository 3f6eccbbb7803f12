"""The stops of people who were erased are found by an index: each new caller was sought among all who ever said stop."""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0063_texts_to_own_people_are_found"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="suppression",
            index=models.Index(
                fields=["business", "number"],
                condition=models.Q(number__startswith="hmac:"),
                name="suppression_of_erased",
            ),
        ),
    ]
