"""HubSpot through its REST API, and through nothing else: its own client knows only the paths of last year."""

from answerback.adapters.hubspot.crm import HubSpot

adapter = HubSpot()
