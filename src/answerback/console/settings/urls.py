"""The addresses of the settings."""

from django.urls import path

from answerback.console.settings import hours, places, rules

urlpatterns = [
    path("settings", places.show, name="settings"),
    path("settings/business", places.change_business, name="change_business"),
    path("settings/locations/add", places.add_location, name="add_location"),
    path("settings/locations/<int:id>", places.location, name="location"),
    path("settings/locations/<int:id>/change", places.change_location, name="change_location"),
    path("settings/hours", hours.show, name="hours"),
    path("settings/hours/save", hours.save, name="save_hours"),
    path("settings/locations/<int:id>/hours", hours.show_location, name="location_hours"),
    path("settings/locations/<int:id>/hours/save", hours.save_location, name="save_location_hours"),
    path("settings/lines/<int:id>/hours", hours.show_line, name="line_hours"),
    path("settings/lines/<int:id>/hours/save", hours.save_line, name="save_line_hours"),
    path("settings/rules", rules.show, name="rules"),
    path("settings/rules/save", rules.save, name="save_rules"),
    path("settings/locations/<int:id>/rules", rules.show_location, name="location_rules"),
    path("settings/locations/<int:id>/rules/save", rules.save_location, name="save_location_rules"),
]
