"""The addresses of the reports."""

from django.urls import path

from answerback.console.reports import everywhere, exports, meant, money, replay, review, shared, trials, views

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
    path("trials/leads", trials.leads, name="trial_leads"),
    path("trials/add", trials.add, name="add_variant"),
    path("trials/keep", trials.keep, name="keep"),
    path("trials/hold-out", trials.hold_out, name="hold_out"),
    path("review", review.show, name="review"),
    path("review/leads", review.leads, name="review_leads"),
    path("replay", replay.show, name="replay"),
    path("texts", meant.show, name="texts"),
    path("texts/<int:id>", meant.correct, name="correct"),
    path("corrections.jsonl", meant.labelled, name="labelled"),
    path("everywhere", everywhere.show, name="everywhere"),
    path("everywhere/leads", everywhere.leads, name="everywhere_leads"),
    path("everywhere/letter", everywhere.letter, name="monthly_letter"),
    path("everywhere/<int:business>", everywhere.enter, name="enter"),
    path("months/<str:month>.zip", everywhere.months, name="months"),
    path("months/<str:month>/<int:business>.pdf", everywhere.month, name="month"),
]
