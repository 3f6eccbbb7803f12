"""Seals the settings of connections and the numbers of erased contacts, under the installation's secret.

Settings can be opened again, numbers and marks only be recognised. The keys are derived from the secret and never
stored; without it a copy of the database shows no credentials.
"""

import base64
import hmac
from collections.abc import Mapping
from functools import cache

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class WrongSecret(Exception):
    """What was sealed under another secret cannot be opened with this one."""


def seal(values: Mapping[str, str]) -> bytes:
    """These values, encrypted."""
    return _fernet(settings.SECRET_KEY).encrypt(msgspec.json.encode(dict(values)))


def unseal(sealed: bytes | memoryview) -> dict[str, str]:
    """The values; raises `WrongSecret` when the installation's secret is not the one they were sealed under."""
    try:
        opened = _fernet(settings.SECRET_KEY).decrypt(bytes(sealed))
    except InvalidToken as problem:
        raise WrongSecret(
            "A connection's settings cannot be decrypted: ANSWERBACK_SECRET is not the one they were saved under. "
            "Put the old secret back, or enter the connection's settings again."
        ) from problem
    return msgspec.json.decode(opened, type=dict[str, str])


def digest(number: str) -> str:
    """What is kept of a number whose owner had everything erased: enough to know it again, not to call it."""
    return "hmac:" + hmac.digest(_digest_key(settings.SECRET_KEY), number.encode(), "sha256").hex()


def mark(value: str, of: str) -> str:
    """What a page may hold of a secret, to see whether another stands meanwhile. `of` says which one it is: the same
    value elsewhere has another mark, so nobody can try out there what it is.
    """
    if not value:
        return ""
    return hmac.digest(_mark_key(settings.SECRET_KEY), f"{of}\0{value}".encode(), "sha256").hex()[:24]


@cache
def _mark_key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"answerback marks of secrets").derive(secret.encode())


@cache
def _digest_key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"answerback erased numbers").derive(secret.encode())


@cache
def _fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"answerback connection settings")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
