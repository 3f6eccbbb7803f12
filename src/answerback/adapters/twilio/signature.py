"""Decides whether Twilio signed a request: by Twilio's own validator, on the exact public address.

It must never pass a request when no auth token is set, never trust a body that the signature does not cover, and never
raise anything but `Forged`.
"""

from functools import lru_cache

from twilio.request_validator import RequestValidator, compare

from answerback.ports.errors import Forged
from answerback.ports.phone import Connection, Request

FORM = "application/x-www-form-urlencoded"


def check(connection: Connection, request: Request) -> None:
    """Pass if the auth token of this connection signed this request, else raise `Forged`."""
    token = connection.settings.get("auth_token", "")
    if not token:
        raise Forged("This connection has no auth token, so no request can be checked. Add it in the settings.")
    signature = request.headers.get("x-twilio-signature", "")
    if not signature:
        raise Forged("The request carries no X-Twilio-Signature: it was not sent by Twilio.")
    if not _signed(token, signature, request):
        raise Forged(_why_not(request))
    _check_account(connection, request)


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


def _why_not(request: Request) -> str:
    if "x-twilio-webhooks-signature-settings" in request.headers:
        return "The request is signed with a shared key; this connection knows the auth token only."
    return (
        "The signature does not fit. Either Twilio did not send this, or the auth token of this connection is not the "
        f"current one, or Twilio was given another address than {request.url.partition('?')[0]}"
    )


def _check_account(connection: Connection, request: Request) -> None:
    ours = connection.settings.get("account_sid", "")
    for name, value in request.form:
        if name == "AccountSid" and value != ours:
            raise Forged("The request is of another Twilio account than this connection's.")
