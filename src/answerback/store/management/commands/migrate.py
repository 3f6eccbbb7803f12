"""Django's `migrate`, which begins an empty database with all tables at once. Django's test runs come through here."""

from typing import Any

from django.core.management.commands import migrate

from answerback.store import tables


class Command(migrate.Command):
    """As Django's, but quick where there is nothing yet."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make all tables at once where there are none; then whatever is newer, one by one."""
        if not options["app_label"]:
            tables.make_all()
        super().handle(*args, **options)
