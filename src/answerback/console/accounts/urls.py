"""The addresses of people and their accounts."""

from django.urls import path

from answerback.console.accounts import history, join, people, seeing

urlpatterns = [
    path("settings", people.settings_home, name="settings"),
    path("people", people.show, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("people/<int:id>/link", people.link, name="join_link"),
    path("people/<int:id>/change", people.change, name="change_person"),
    path("people/<int:id>/let-go", people.let_go, name="let_go"),
    path("people/<int:id>/see-as", seeing.see_as, name="see_as"),
    path("see-as-myself", seeing.see_as_myself, name="see_as_myself"),
    path("history", history.show, name="history"),
    path("join/<str:token>", join.join, name="join"),
]
