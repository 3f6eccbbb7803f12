"""The addresses of the phone page; numbers stand in them as bare digits."""

from django.urls import path

from answerback.console.phone import views

app_name = "phone"

urlpatterns = [
    path("", views.people, name="people"),
    path("<int:number>/", views.handset, name="handset"),
    path("<int:number>/live", views.live, name="live"),
    path("<int:number>/story", views.story, name="story"),
    path("<int:number>/call", views.call, name="call"),
    path("<int:number>/hang-up", views.hang_up, name="hang_up"),
    path("<int:number>/answer", views.answer, name="answer"),
    path("<int:number>/ring-out", views.ring_out, name="ring_out"),
    path("<int:number>/voicemail", views.voicemail, name="voicemail"),
    path("<int:number>/leave-voicemail", views.leave_voicemail, name="leave_voicemail"),
    path("<int:number>/text", views.text, name="text"),
    path("<int:number>/picture", views.send_picture, name="send_picture"),
    path("pictures/<str:name>", views.picture, name="picture"),
    path("<int:number>/call-back", views.call_back, name="call_back"),
]
