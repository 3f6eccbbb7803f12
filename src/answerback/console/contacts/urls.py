"""The addresses of contacts."""

from django.urls import path

from answerback.console.contacts import agreed, duplicates, exports, imports, people

urlpatterns = [
    path("contacts", people.show_list, name="contacts"),
    path("contacts/rows", people.rows, name="contact_rows"),
    path("contacts/<int:id>", people.show, name="contact"),
    path("contacts/<int:id>/name", people.set_name, name="name_contact"),
    path("contacts/<int:id>/people/add", people.add_person, name="add_contact_person"),
    path("contacts/<int:id>/people/remove", people.remove_person, name="remove_contact_person"),
    path("contacts/<int:id>/agreed-in-writing", agreed.keep, name="agreed_in_writing"),
    path("contacts/<int:id>/erase", people.erase, name="erase_contact"),
    path("contacts/<int:id>/everything", exports.one, name="export_contact"),
    path("contacts/duplicates", duplicates.show, name="duplicates"),
    path("contacts/<int:id>/merge", duplicates.merge, name="merge_contact"),
    path("contacts/<int:id>/apart", duplicates.apart, name="contacts_apart"),
    path("contacts/merges/<int:id>/undo", duplicates.undo, name="undo_merge"),
    path("contacts/import", imports.choose, name="import_contacts"),
    path("contacts/import/<int:id>", imports.check, name="check_import"),
    path("contacts/import/<int:id>/take", imports.take, name="take_import"),
    path("contacts/import/<int:id>/progress", imports.progress, name="import_progress"),
    path("contacts/import/<int:id>/rows/<slug:which>", imports.taken_in, name="import_taken_in"),
    path("contacts/import/<int:id>/refused", imports.refused, name="import_refused"),
    path("contacts/import/<int:id>/read/<slug:which>", imports.read, name="import_read"),
    path("contacts/import/<int:id>/live", imports.live, name="import_live"),
    path("contacts/export", exports.everything, name="export_everything"),
    path("contacts/export/<str:kind>", exports.table, name="export_table"),
]
