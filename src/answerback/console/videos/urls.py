"""The addresses of the library and the studio."""

from django.urls import path

from answerback.console.videos import compared, library, people, studio, uploads

urlpatterns = [
    path("videos", library.show, name="videos"),
    path("reports/videos", compared.show, name="videos_compared"),
    path("reports/videos/leads", compared.leads, name="videos_compared_leads"),
    path("videos/live", library.live, name="videos_live"),
    path("videos/new", studio.choose, name="video_new"),
    path("videos/start", studio.start, name="video_start"),
    path("videos/upload", uploads.whole, name="video_upload"),
    path("videos/uploads", uploads.begin, name="video_uploads"),
    path("videos/uploads/<int:id>", uploads.piece, name="video_piece"),
    path("videos/<int:id>", library.show_one, name="video"),
    path("videos/<int:id>/people", people.show, name="video_people"),
    path("videos/<int:id>/live", library.live_one, name="video_live"),
    path("videos/<int:id>/act", library.act, name="video_act"),
    path("videos/<int:id>/captions", library.captions, name="video_captions"),
    path("videos/<int:id>/release", library.release, name="video_release"),
    path("videos/<int:id>/storyboard", studio.edit, name="storyboard"),
    path("videos/<int:id>/storyboard.yaml", studio.as_yaml, name="storyboard_yaml"),
    path("videos/<int:id>/scene-file", studio.scene_file, name="scene_file"),
]
