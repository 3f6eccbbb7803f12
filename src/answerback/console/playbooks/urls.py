"""The addresses of playbooks."""

from django.urls import path

from answerback.console.playbooks import edit, versions

urlpatterns = [
    path("playbooks", versions.show, name="playbooks"),
    path("playbooks/try", versions.try_out, name="try_playbook"),
    path("playbooks/publish", versions.publish, name="publish_playbook"),
    path("playbooks/discard", versions.discard, name="discard_draft"),
    path("playbooks/versions/<int:number>", versions.compare, name="compare_playbook"),
    path("playbooks/versions/<int:number>/again", versions.roll_back, name="roll_back_playbook"),
    path("playbooks/edit/<slug:section>", edit.show, name="edit_playbook"),
    path("playbooks/edit/<slug:section>/save", edit.save, name="save_playbook"),
]
