"""A decision receipt names the call it is about, so that every call can be asked "why?", an answered one too; and a
stop names who entered it, so that they can take it back and nobody takes back a stop the customer sent.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0049_names_of_every_script_are_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="call",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="suppression",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.member",
            ),
        ),
    ]
