"""Hands a provider the picture that goes out with a text, by the secret address it was given with the text."""

from django.http import HttpRequest, HttpResponse

from answerback.hooks.views import says
from answerback.store import models
from answerback.workflow import clock, picture_links
from answerback.workflow.picture_links import BadPictureLink


def show(request: HttpRequest, token: str) -> HttpResponse:
    """The picture, as we drew it; 404 for any address that is not ours, or no more."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    try:
        id = picture_links.read(token, clock.now())
    except BadPictureLink:
        return says(404, "There is no picture here.")
    drawn = models.Attachment.objects.filter(id=id, state="kept", kind="picture").values_list("content", flat=True)
    content = drawn.first()
    if content is None:
        return says(404, "The picture is gone.")
    answer = HttpResponse(b"" if request.method == "HEAD" else bytes(content), content_type="image/jpeg")
    answer.headers["Content-Length"] = str(len(content))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
