"""Google Calendar through its REST API v3, and through nothing else: its client would bring a large tree."""

from answerback.adapters.google_calendar.calendar import GoogleCalendar

adapter = GoogleCalendar()
