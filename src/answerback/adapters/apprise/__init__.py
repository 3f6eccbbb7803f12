"""Alerts through apprise: e-mail, Slack, Teams, ntfy and others."""

from answerback.adapters.apprise.services import Apprise

adapter = Apprise()

__all__ = ["adapter"]
