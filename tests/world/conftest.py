"""A World needs the run's test database and commits for real."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In the place of pytest-django's: no transaction around a test; a World empties the tables by itself."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def database(db: None) -> None:
    """The run's test database, open for real transactions."""
