"""Names the app for Django."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """All tables of answerback."""

    name = "answerback.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
