"""The box a reply is typed into: the words and the picture that a form of it holds."""

from django.contrib import messages
from django.utils.translation import gettext as _

from answerback.console.guard import Visit
from answerback.workflow.attachments import MOST_BYTES
from answerback.workflow.desk import NotAllowed

LONGEST_TEXT = 1600


def body(visit: Visit) -> str:
    """The words, with the line ends that a text has."""
    return visit.request.POST.get("body", "").replace("\r\n", "\n")[:LONGEST_TEXT]


def picture(visit: Visit) -> bytes | None:
    """The picture that was chosen, None where none was. Raises `NotAllowed` for one that is too large to look at."""
    file = visit.request.FILES.get("picture")
    if file is None or not file.size:
        return None
    if file.size > MOST_BYTES:
        raise NotAllowed(_("The picture is larger than 12 MB. Take a smaller one."))
    content: bytes = file.read()
    return content


def ask_for_the_picture_again(visit: Visit) -> None:
    """A browser does not put a chosen file back into its field."""
    if visit.request.FILES:
        messages.info(visit.request, _("Choose the picture once more."))
