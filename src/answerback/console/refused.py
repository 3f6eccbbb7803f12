"""What somebody typed into a form and is not kept: one value with which a page shows that form again."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as having

from django.http import QueryDict

from answerback.console.shown import Outdated
from answerback.workflow.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A form as it was sent, why it is not kept, and the field (its name or id) beside which that is said.

    `form` and `id` tell which one it is on a page that has several, and whose: of which person, appointment or row.
    `wrong` says it of each field, where a form marks several at once.
    """

    problem: str
    field: str = ""
    wrong: Mapping[str, str] = having(default_factory=dict)
    given: QueryDict = having(default_factory=QueryDict)
    form: str = ""
    id: int = 0

    @classmethod
    def of(cls, refusal: Refusal, given: QueryDict, form: str = "", id: int = 0, *, prefix: str = "") -> "Refused":
        """What is shown of a refusal. Of `shown.Outdated` that is what it says is to be shown; `prefix` begins the ids
        of the form's fields where names alone are not told apart.
        """
        told = refusal.given if isinstance(refusal, Outdated) else given
        name = f"{prefix}{refusal.field}" if refusal.field else ""
        return cls(problem=str(refusal), field=name, given=told, form=form, id=id)

    def about(self, form: str, id: int = 0) -> bool:
        """Is it this form?"""
        return (self.form, self.id) == (form, id)
