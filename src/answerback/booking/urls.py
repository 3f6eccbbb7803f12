"""The addresses behind a booking link."""

from django.urls import path

from answerback.booking import views

app_name = "booking"

urlpatterns = [
    path("<str:token>", views.choose, name="choose"),
    path("<str:token>/cancel", views.cancel, name="cancel"),
    path("<str:token>/appointment.ics", views.calendar_file, name="calendar_file"),
]
