"""Microsoft 365 and Outlook.com calendars through Microsoft Graph v1.0, and through nothing else."""

from answerback.adapters.microsoft.calendar import MicrosoftCalendar

adapter = MicrosoftCalendar()
