"""The addresses of the reports."""

from django.urls import path

from answerback.console.reports import everywhere, exports, money, shared, views

app_name = "reports"

urlpatterns = [
    path("", views.show, name="show"),
    path("leads", views.leads, name="leads"),
    path("hidden", views.hidden, name="hidden"),
    path("table.csv", exports.table, name="table"),
    path("leads.csv", exports.leads_csv, name="leads_csv"),
    path("leads.parquet", exports.leads_parquet, name="leads_parquet"),
    path("money", money.show, name="money"),
    path("money/<int:id>/refund", money.refund, name="refund"),
    path("weekly", shared.weekly, name="weekly"),
    path("links", shared.links, name="links"),
    path("links/new", shared.share, name="share"),
    path("links/<int:id>/end", shared.end, name="end"),
    path("everywhere", everywhere.show, name="everywhere"),
    path("everywhere/<int:business>", everywhere.enter, name="enter"),
    path("months/<str:month>.zip", everywhere.months, name="months"),
    path("months/<str:month>/<int:business>.pdf", everywhere.month, name="month"),
]
