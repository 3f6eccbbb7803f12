"""Tells programs of the business by the Standard Webhooks specification (standardwebhooks.com, version 1.0.0)."""

from answerback.adapters.programs.post import StandardWebhooks

adapter = StandardWebhooks()
