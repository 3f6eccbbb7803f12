"""The decisions about videos are found by an index: comparing videos read every decision of each lead of a quarter."""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0061_audit_entries_keep_names"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="decision",
            index=models.Index(fields=["conversation"], condition=models.Q(rule="video"), name="decision_about_video"),
        ),
    ]
