"""The addresses of the reports."""

from django.urls import path

from answerback.console.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.show, name="show"),
    path("leads", views.leads, name="leads"),
    path("hidden", views.hidden, name="hidden"),
    path("table.csv", views.table, name="table"),
]
