"""Decides whether a form was signed as the family signs: by Twilio's own validator, on the exact public address.

It must never pass a request when no secret is set, never trust a body that the signature does not cover, and never
raise anything but `Forged`.
"""

from functools import lru_cache

from twilio.request_validator import RequestValidator, compare

from answerback.ports.connection import Request
from answerback.ports.errors import Forged

FORM = "application/x-www-form-urlencoded"


def check(secret: str, signature: str, request: Request, *, known_as: str, header: str) -> None:
    """Pass if this secret made this signature of the request, else raise `Forged`.

    `known_as` is what the provider calls the secret, `header` where the signature is sent.
    """
    if not secret:
        raise Forged(f"This connection has no {known_as}, so no request can be checked. Add it in the settings.")
    if not signature:
        raise Forged(f"The request carries no {header}: it was not sent by the provider.")
    if not _signed(secret, signature, request):
        raise Forged(_why_not(request, known_as))


def check_account(ours: str, request: Request) -> None:
    """Raise `Forged` for a request of another account than this connection's."""
    for name, value in request.form:
        if name == "AccountSid" and value != ours:
            raise Forged("The request is of another account than this connection's.")


class _Form(dict[str, list[str]]):
    """A form as the validator likes it best: `getall` spares it two exceptions a field."""

    def getall(self, name: str) -> list[str]:
        return self[name]


@lru_cache(maxsize=256)
def _validator(token: str) -> RequestValidator:
    return RequestValidator(token)


def _signed(token: str, signature: str, request: Request) -> bool:
    try:
        covered = _covered(request)
        if covered is None:
            return False
        validator = _validator(token)
        if isinstance(covered, _Form) and compare(validator.compute_signature(request.url, covered), signature):
            return True  # the address exactly as it is, which nearly every request has
        return bool(validator.validate(request.url, covered, signature))
    except (ValueError, TypeError, AttributeError):  # undecodable bytes, an address that is none: not from Twilio
        return False


def _covered(request: Request) -> _Form | str | None:
    """What the signature has to cover besides the address; None where it covers nothing of a body that is there."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
        fields = _Form()
        for name, value in request.form:
            fields.setdefault(name, []).append(value)
        return fields
    if any(name == "bodySHA256" for name, _ in request.query):
        return request.body.decode()
    return None if request.body else _Form()


def _why_not(request: Request, known_as: str) -> str:
    if "x-twilio-webhooks-signature-settings" in request.headers:
        return f"The request is signed with a shared key; this connection knows the {known_as} only."
    return (
        f"The signature does not fit. Either the provider did not send this, or the {known_as} of this connection is "
        f"not the current one, or the provider was given another address than {request.url.partition('?')[0]}"
    )
