"""The addresses of the reports."""

from django.urls import path

from answerback.console.reports import everywhere, exports, learning, money, shared, trials, views

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
    path("trials", trials.show, name="trials"),
    path("trials/add", trials.add, name="add_variant"),
    path("trials/keep", trials.keep, name="keep"),
    path("trials/hold-out", trials.hold_out, name="hold_out"),
    path("review", learning.review, name="review"),
    path("replay", learning.replay, name="replay"),
    path("texts", learning.texts, name="texts"),
    path("texts/<int:id>", learning.correct, name="correct"),
    path("corrections.jsonl", learning.labelled, name="labelled"),
    path("everywhere", everywhere.show, name="everywhere"),
    path("everywhere/<int:business>", everywhere.enter, name="enter"),
    path("months/<str:month>.zip", everywhere.months, name="months"),
    path("months/<str:month>/<int:business>.pdf", everywhere.month, name="month"),
]
