"""Who acts for a business, and the refusal of what may not be done."""

from dataclasses import dataclass

from answerback.workflow.refusals import Refusal


class NotAllowed(Refusal):
    """A person asked for something that may not be done; the message says why and what to do instead."""


class HeldByAnother(NotAllowed):
    """Somebody else, `by` name, has the conversation; who knows that may write all the same."""

    def __init__(self, by: str) -> None:
        super().__init__(f"{by} has this conversation. Send it again to answer in their place.")
        self.by = by


class MarkedMeanwhile(NotAllowed):
    """Somebody else has said what became of the lead since the person looked at it: who, and what."""

    def __init__(self, status: str, by: str) -> None:
        super().__init__(f"{by or 'Somebody else'} has marked this lead {status} meanwhile. Look at it again.")
        self.status, self.by = status, by


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The member who acts; `member` is None where it is somebody elsewhere, such as a CRM's owner."""

    member: int | None
    name: str
