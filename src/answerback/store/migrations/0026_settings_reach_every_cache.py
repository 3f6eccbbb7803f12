from typing import ClassVar

from django.db import migrations

REACHES = """
DROP TRIGGER a_change_reaches_every_cache ON location;
CREATE TRIGGER a_change_reaches_every_cache AFTER INSERT OR UPDATE OF zone, hours, closed_days, settings ON location
    FOR EACH ROW EXECUTE FUNCTION people_or_lines_changed();
"""


class Migration(migrations.Migration):
    """A change of a location's settings reaches every cache."""

    dependencies: ClassVar = [("store", "0025_programs_are_told")]

    operations: ClassVar = [migrations.RunSQL(REACHES, reverse_sql=migrations.RunSQL.noop)]
