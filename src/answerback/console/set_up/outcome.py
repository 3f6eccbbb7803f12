"""What became of the test call, and why its text may be another than the one that was just written."""

from typing import Any

from django.utils.translation import gettext_lazy

from answerback.console.set_up import wording
from answerback.store import models
from answerback.workflow import set_up

MET = {
    "closed": gettext_lazy("You are closed now, so the caller got your text for closed hours."),
    "lunch": gettext_lazy("It is your lunch break now, so the caller got your text for lunch."),
    "holiday": gettext_lazy("Today is a holiday, so the caller got your text for holidays."),
    "repeat": gettext_lazy("This phone was texted before, so it got your text for who calls again."),
    "voicemail": gettext_lazy("The caller left a voicemail, so they got your text for that."),
}
"""Why the text is another than the one of the step about the wording."""


def outcome(row: models.Business) -> dict[str, Any]:
    """What became of the call; where the text is another than the usual one, why, and the usual one."""
    test = set_up.test_of(row)
    met = MET.get(test.met, "") if test.is_passed else ""
    return {"test": test, "met": met, "while_open": wording.first(row) if met else ""}
