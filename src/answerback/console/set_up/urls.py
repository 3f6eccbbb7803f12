"""The addresses of the set-up."""

from django.urls import path

from answerback.console.set_up import begin, steps, test

urlpatterns = [
    path("set-up/new", begin.new, name="set_up_new"),
    path("set-up", steps.resume, name="set_up"),
    path("set-up/test/call", test.call, name="set_up_call"),
    path("set-up/test/live", test.live, name="set_up_live"),
    path("set-up/finish", test.finish, name="set_up_finish"),
    path("set-up/<slug:step>", steps.show, name="set_up_step"),
    path("set-up/<slug:step>/save", steps.save, name="set_up_save"),
]
