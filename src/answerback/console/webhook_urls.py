"""The addresses of the pages on which programs that are told are set up."""

from django.urls import path

from answerback.console import webhooks

urlpatterns = [
    path("", webhooks.show, name="webhooks"),
    path("add", webhooks.add, name="add_webhook"),
    path("<int:id>", webhooks.show_one, name="webhook"),
    path("<int:id>/change", webhooks.change, name="change_webhook"),
    path("<int:id>/rotate", webhooks.rotate, name="rotate_webhook"),
    path("<int:id>/test", webhooks.test, name="test_webhook"),
    path("<int:id>/switch", webhooks.switch, name="switch_webhook"),
    path("<int:id>/remove", webhooks.remove, name="remove_webhook"),
    path("<int:id>/replay-failed", webhooks.replay_failed, name="replay_failed"),
    path("notices/<int:id>/replay", webhooks.replay, name="replay_notice"),
]
