"""Decides whether SignalWire signed a request, by any of its three schemes. Raises `Forged` and nothing else.

A form of the compatibility API is signed as Twilio signs, with the signing key: base64 of HMAC-SHA1 over the address
and the sorted fields. Everything else is hex of HMAC over the address and the raw body, with SHA-256 where that header
is sent, else SHA-1. Source: SignalWire's own validators (signalwire-sdk, `core.security.webhook_validator`).
"""

import hashlib
import hmac

from answerback.adapters.twiml_family import signature
from answerback.ports.connection import Request
from answerback.ports.errors import Forged

HEADER = "X-SignalWire-Signature"
KNOWN_AS = "signing key"


def check(key: str, request: Request) -> None:
    """Pass if this key signed the request, else raise `Forged`."""
    stronger = request.headers.get("x-signalwire-sha256-signature", "")
    given = request.headers.get(HEADER.lower(), "") or request.headers.get("x-twilio-signature", "")
    if key and stronger and _is_hex_of(key, stronger, request, "sha256"):
        return
    if key and given and _is_hex_of(key, given, request, "sha1"):
        return
    if stronger and not given:
        raise Forged(f"The signature does not fit the {KNOWN_AS} of this connection.")
    signature.check(key, given, request, known_as=KNOWN_AS, header=HEADER)


def _is_hex_of(key: str, given: str, request: Request, digest: str) -> bool:
    try:
        message = request.url.encode() + request.body
        made = hmac.new(key.encode(), message, getattr(hashlib, digest)).hexdigest()
        return hmac.compare_digest(made.encode(), given.encode())
    except UnicodeEncodeError:  # half a character in an address or a header: not from SignalWire
        return False
