"""BottleCRM (`django-crm` on PyPI), self-hosted as we are, through its REST API."""

from answerback.adapters.bottlecrm.crm import BottleCrm

adapter = BottleCrm()
