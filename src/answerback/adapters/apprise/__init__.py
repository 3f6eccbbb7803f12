"""Alerts through apprise: e-mail, Slack, Teams, ntfy and others."""

from answerback.adapters.apprise.alerts import Apprise

adapter = Apprise()

__all__ = ["adapter"]
