"""Every address of the product, one include per side."""

from django.urls import include, path

urlpatterns = [
    path("hooks/", include("answerback.hooks.urls")),
]
