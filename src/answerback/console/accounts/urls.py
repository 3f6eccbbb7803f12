"""The addresses of people and their accounts."""

from django.urls import path

from answerback.console.accounts import alerts, history, join, mine, people, rescue, seeing

urlpatterns = [
    path("people", people.show, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("people/<int:id>/link", people.link, name="join_link"),
    path("people/<int:id>/change", people.change, name="change_person"),
    path("people/<int:id>/phone", people.confirm_phone, name="confirm_phone"),
    path("people/<int:id>/let-go", people.let_go, name="let_go"),
    path("people/<int:id>/see-as", seeing.see_as, name="see_as"),
    path("see-as-myself", seeing.see_as_myself, name="see_as_myself"),
    path("people/<int:id>/sign-out", people.sign_out, name="sign_person_out"),
    path("people/<int:id>/second-step", rescue.take_step, name="take_step"),
    path("account", mine.show, name="account"),
    path("account/language", mine.set_language, name="set_language"),
    path("account/sign-ins/<int:id>/end", mine.end_sign_in, name="end_sign_in"),
    path("account/sign-ins/end-others", mine.end_others, name="end_others"),
    path("account/alerts", alerts.show, name="alerts"),
    path("account/alerts/push-key", alerts.push_key, name="push_key"),
    path("account/alerts/phone", alerts.confirm_phone, name="confirm_own_phone"),
    path("account/alerts/add", alerts.add, name="add_alert_way"),
    path("account/alerts/<int:id>/change", alerts.change, name="change_alert_way"),
    path("account/alerts/<int:id>/test", alerts.test, name="test_alert_way"),
    path("account/alerts/<int:id>/answer", alerts.answer, name="alert_way_answer"),
    path("account/alerts/<int:id>/remove", alerts.remove, name="remove_alert_way"),
    path("history", history.show, name="history"),
    path("join/<str:token>", join.join, name="join"),
]
