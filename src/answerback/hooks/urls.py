"""Where providers call us: phones at `/hooks/<provider>/<connection>/<what>`, calendars at `/hooks/calendars/<id>`."""

from django.urls import path

from answerback.hooks.bookings import reported
from answerback.hooks.calendars import told
from answerback.hooks.views import receive

urlpatterns = [
    path("calendars/<int:calendar>", told, name="calendar_hook"),
    path("bookings/<int:page>", reported, name="booking_hook"),
    path("<slug:provider>/<int:connection>/<slug:what>", receive, name="hook"),
]
