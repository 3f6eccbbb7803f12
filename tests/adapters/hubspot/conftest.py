"""HubSpot's limits, out of the way of tests that ask more in a second than a day's leads do."""

import pytest

from answerback.adapters.hubspot import api


@pytest.fixture(autouse=True)
def no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    plenty = api.Limit(requests=100_000, seconds=1)
    monkeypatch.setattr(api, "_pace", api.Pace("HubSpot", plenty))
    monkeypatch.setattr(api, "_search_pace", api.Pace("HubSpot", plenty))
