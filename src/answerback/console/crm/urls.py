"""The addresses of a business's CRM, below `crm/`."""

from django.urls import path

from answerback.console import behind
from answerback.console.crm import forms, sign_in, views

urlpatterns = [
    path("", views.show, name="crm"),
    path("new", forms.new, name="new_crm"),
    path("settings", forms.settings, name="crm_settings"),
    path("app", forms.app, name="crm_app"),
    path("fields", forms.fields, name="crm_fields"),
    path("sign-in", sign_in.begin, name="crm_sign_in"),
    path("signed-in", sign_in.back, name="crm_signed_in"),
    path("test", views.test, name="test_crm"),
    path("again", views.try_now, name="try_crm"),
    path("pause", views.pause, name="pause_crm"),
    path("fill-back", views.fill_back, name="fill_back_crm"),
    path("try-refused", views.try_dead, name="try_refused_crm"),
    path("copies", behind.copies, name="crm_copies"),
    path("copies/<int:id>/again", views.try_one, name="try_crm_copy"),
    path("copies/<int:id>/choose", views.choose, name="choose_crm_copy"),
    path("compare", views.compare, name="compare_crm"),
    path("report", views.report, name="crm_report"),
    path("disconnect", views.disconnect, name="disconnect_crm"),
]
