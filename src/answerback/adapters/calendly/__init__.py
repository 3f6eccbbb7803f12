"""Calendly as a booking page: its links, and its webhooks."""

from answerback.adapters.calendly.page import Calendly

adapter = Calendly()
