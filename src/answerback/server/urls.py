"""Every address of the product, one include per side."""

from django.conf import settings
from django.urls import include, path

from answerback.console.reports import shared
from answerback.server import health, metrics

handler400 = "answerback.server.failures.not_read"
handler403 = "answerback.server.failures.not_yours"
handler404 = "answerback.server.failures.nothing"
handler500 = "answerback.server.failures.failed"

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("here/<str:asked>", health.here, name="here"),
    path("metrics", metrics.metrics, name="metrics"),
    path("hooks/", include("answerback.hooks.urls")),
    path("api/", include("answerback.api.urls")),
    path("b/", include("answerback.booking.urls")),
    path("r/<str:token>", shared.show, name="shared_report"),
    path("v/", include("answerback.watch.urls")),
    path("", include("answerback.console.accounts.door_urls")),
    path("", include("answerback.console.urls")),
]

if settings.PHONE_PAGE:
    urlpatterns += [path("phone/", include("answerback.console.phone.urls"))]
