"""Calls that count as nothing are found by an index of their receipts: all calls were walked to find some."""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0078_an_audit_entry_says_from_where"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="decision",
            index=models.Index(
                fields=["business", "conversation"], condition=models.Q(rule="call.noise"), name="decision_of_noise"
            ),
        ),
    ]
