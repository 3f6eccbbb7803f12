"""Where providers call us: `/hooks/<provider>/<connection>/<what>`."""

from django.urls import path

from answerback.hooks.views import receive

urlpatterns = [
    path("<slug:provider>/<int:connection>/<slug:what>", receive, name="hook"),
]
