"""CalDAV (RFC 4791): Nextcloud, iCloud, Fastmail, Radicale, Baikal, SOGo and whatever else speaks it."""

from answerback.adapters.caldav.calendar import CalDav

adapter = CalDav()
