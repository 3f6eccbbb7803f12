"""Who acts in a test."""

from answerback.store import models
from answerback.workflow.actors import Actor


def member(name: str = "Luis") -> Actor:
    """This member of the only business, as who does something."""
    return Actor(member=models.Member.objects.get(name=name).id, name=name)
