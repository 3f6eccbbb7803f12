"""What voicemails and forms say is walked by an index, the newest first, when somebody looks for words.

Few events are of these kinds, so writing the others costs nothing.
"""

from django.db import migrations, models

from answerback.store.alongside import AddIndexAlongside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("store", "0076_tries_are_counted_for_all_processes"),
    ]

    operations = [
        AddIndexAlongside(
            model_name="event",
            index=models.Index(
                condition=models.Q(kind__in=["FormSent", "VoicemailTranscribed"]),
                fields=["business", "-id"],
                name="event_of_words",
            ),
        ),
    ]
