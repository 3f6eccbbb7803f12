"""A business's decision receipts are found by an index: those of all others were read back to the newest of its own."""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0070_each_tab_has_its_draft"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="decision",
            index=models.Index(fields=["business", "id"], name="decision_of_business"),
        ),
    ]
