"""Anything else: our documented, signed JSON webhook, a list that is asked again and again, texts by the same JSON."""

from answerback.adapters.webhook.phone import WebhookPhone

adapter = WebhookPhone()
