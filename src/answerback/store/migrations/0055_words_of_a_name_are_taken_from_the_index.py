"""What a contact is found by is dear to work out and cheap to look up: the planner is told, or it reads every contact."""

from django.db import migrations

DEAR = "ALTER FUNCTION contact_found_by(bigint, text, text, text) COST 10000;"
AS_BEFORE = "ALTER FUNCTION contact_found_by(bigint, text, text, text) COST 100;"


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0054_a_large_file_is_taken_in_by_a_worker"),
    ]

    operations = [
        migrations.RunSQL(DEAR, reverse_sql=AS_BEFORE),
    ]
