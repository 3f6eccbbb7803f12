"""The addresses of who and what can be booked, below `diary/`."""

from django.urls import path

from answerback.console.bookable import people, things, ways

urlpatterns = [
    path("people", people.show, name="bookable"),
    path("people/<int:id>", people.show_person, name="bookable_person"),
    path("people/<int:id>/save", people.save, name="save_bookable_person"),
    path("people/<int:id>/off", people.take_off, name="take_off"),
    path("off/<int:id>/remove", people.come_back, name="come_back"),
    path("things", things.show, name="things"),
    path("things/add", things.add, name="add_things"),
    path("things/<int:id>/change", things.change, name="change_thing"),
    path("ways", ways.show, name="ways"),
    path("ways/usual", ways.save_usual, name="save_usual_way"),
    path("ways/add", ways.add, name="add_way"),
    path("ways/<int:id>/remove", ways.remove, name="remove_way"),
]
