"""The addresses of connected calendars, below `calendars/`."""

from django.urls import path

from answerback.console import behind, booking_pages, calendar_forms, calendar_sign_in, calendars, feeds

urlpatterns = [
    path("", calendars.show, name="calendars"),
    path("new", calendar_forms.new, name="new_calendar"),
    path("signed-in", calendar_sign_in.back, name="calendar_signed_in"),
    path("apps/<slug:provider>", calendar_forms.app, name="calendar_app"),
    path("booking-page/stop", booking_pages.stop, name="stop_booking_page"),
    path("booking-page/<slug:provider>", booking_pages.change, name="booking_page"),
    path("feeds/<str:token>.ics", feeds.feed, name="feed"),
    path("members/<int:member>/feed", feeds.make, name="make_feed"),
    path("members/<int:member>/feed/revoke", feeds.revoke, name="revoke_feed"),
    path("<int:id>", calendar_forms.change, name="calendar"),
    path("<int:id>/waiting", behind.calendar, name="calendar_behind"),
    path("<int:id>/test", calendars.test, name="test_calendar"),
    path("<int:id>/again", calendars.try_now, name="try_calendar"),
    path("<int:id>/disconnect", calendars.disconnect, name="disconnect_calendar"),
    path("<int:id>/sign-in", calendar_sign_in.begin, name="calendar_sign_in"),
]
