"""Where providers call us: phones at `/hooks/<provider>/<connection>/<what>`, calendars at `/hooks/calendars/<id>`.

And where they fetch a picture that goes out.
"""

from django.urls import path

from answerback.hooks.bookings import reported
from answerback.hooks.calendars import told
from answerback.hooks.pictures import show
from answerback.hooks.views import receive

urlpatterns = [
    path("calendars/<int:calendar>", told, name="calendar_hook"),
    path("pictures/<str:token>.jpg", show, name="picture_for_provider"),
    path("bookings/<int:page>", reported, name="booking_hook"),
    path("<slug:provider>/<int:connection>/<slug:what>", receive, name="hook"),
]
