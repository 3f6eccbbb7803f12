"""Cal.com as a booking page: its links, and its webhooks."""

from answerback.adapters.calcom.page import CalCom

adapter = CalCom()
