"""Stories play in a World, which needs the run's test database and commits for real."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, open for real transactions; every World empties it first."""
    with django_db_blocker.unblock():
        yield
