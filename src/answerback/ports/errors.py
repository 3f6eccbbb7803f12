"""The errors that may cross the rim of the product, and what each one means for a retry.

Outgoing: `Refused` (never retry), `Unavailable` (did not happen, retry), `Unclear` (may have happened, never resend
blindly). Incoming: `Forged`, `Malformed`. An adapter raises nothing else on purpose.
"""

from answerback.engine.events import Failure


class PortError(Exception):
    """Something at the rim went wrong; `detail` is for staff and holds no secret and no customer's words."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Refused(PortError):
    """The provider will not do it, now or later, for the reason in `failure`; `code` is the provider's own."""

    def __init__(self, detail: str, *, failure: Failure = "unknown", code: str = "") -> None:
        super().__init__(detail)
        self.failure = failure
        self.code = code


class SignInNeeded(Refused):
    """The provider no longer accepts our sign-in: a person has to sign in again. What waits is kept until then."""


class Unavailable(PortError):
    """It certainly did not happen and may be tried again, not before `retry_after` seconds where given."""

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unclear(PortError):
    """It may have happened: the request left, the answer was lost. Ask the provider before anything else."""


class Forged(PortError):
    """A request that the provider did not sign, or that is a replay of an old one."""


class Malformed(PortError):
    """A request that is signed rightly and yet does not say what it must."""
