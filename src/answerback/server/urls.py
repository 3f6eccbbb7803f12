"""Every address of the product, one include per side."""

from django.urls import include, path

from answerback.server import health

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("hooks/", include("answerback.hooks.urls")),
]
