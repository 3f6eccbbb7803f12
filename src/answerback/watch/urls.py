"""The addresses behind a video's link."""

from django.urls import path

from answerback.watch import views

app_name = "watch"

urlpatterns = [
    path("<str:token>", views.show, name="show"),
    path("<str:token>/seen", views.seen, name="seen"),
    path("<str:token>/captions.vtt", views.captions, name="captions"),
    path("<str:token>/<str:name>", views.file, name="file"),
]
