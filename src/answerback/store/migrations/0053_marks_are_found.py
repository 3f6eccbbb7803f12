"""What people said of leads, and took back, is found by an index: it is few among all that happened."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0052_a_merged_number_is_shown_as_its_person"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["conversation"],
                condition=models.Q(kind__in=["OutcomeMarked", "SaidByMistake", "AppointmentTakenBack"]),
                name="event_of_marks",
            ),
        ),
    ]
