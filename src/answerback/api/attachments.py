"""Pictures and recordings of conversations: which there are, and each as a file."""

from typing import Literal

from django.http import HttpResponse
from ninja import Query, Router

from answerback.api.door import ApiRequest
from answerback.api.fields import Id, RowId
from answerback.api.operations import hands_out, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import NOT_FOUND
from answerback.store import models
from answerback.store.queries.told.talk import ATTACHMENTS, Attachment

router = Router(tags=["Conversations"])


class WhichAttachments(Paged):
    """Of which conversation, and of which kind."""

    conversation: RowId | None = None
    kind: Literal["picture", "recording"] | None = None


@reads(router, "/attachments", "leads:read", page_of(Attachment))
def list_attachments(request: ApiRequest, which: Query[WhichAttachments]) -> dict[str, object]:
    """Pictures and recordings that came or went."""
    return page(ATTACHMENTS, request.auth.business, which, conversation=which.conversation, kind=which.kind)


@hands_out(router, "/attachments/{int:id}/file", "leads:read", "image/jpeg", "audio/mp4")
def get_attachment_file(request: ApiRequest, id: Id) -> HttpResponse:
    """The picture or recording itself, under the type that the list names."""
    row = models.Attachment.objects.get(id=ATTACHMENTS.one(request.auth.business, id).id)
    if row.state != "kept" or row.content is None:
        raise NOT_FOUND
    answer = HttpResponse(bytes(row.content), content_type=row.content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.kind}-{row.id}"'
    return answer
