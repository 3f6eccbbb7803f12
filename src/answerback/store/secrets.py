"""Seals the settings of connections, what codes of second steps are made from, and the numbers of erased contacts.

All under the installation's secret. Settings and second steps can be opened again, numbers and marks only be
recognised. The keys are derived from the secret and never stored; without it a copy of the database shows no
credentials.
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

SEALED = "sealed:"
"""How what is sealed within a text is known; neither base32 nor hexadecimal digits can begin like it."""


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


def seal_step(words: str) -> str:
    """What codes of a second step are made from, encrypted; what is sealed already stays as it is."""
    if words.startswith(SEALED):
        return words
    return SEALED + _step_fernet(settings.SECRET_KEY).encrypt(words.encode()).decode()


def unseal_step(kept: str) -> str:
    """What `seal_step` sealed; what a process of an older version kept unsealed is told as it stands.

    Raises `WrongSecret`.
    """
    if not kept.startswith(SEALED):
        return kept
    try:
        return _step_fernet(settings.SECRET_KEY).decrypt(kept.removeprefix(SEALED)).decode()
    except InvalidToken as problem:
        raise WrongSecret(
            "A second step cannot be decrypted: ANSWERBACK_SECRET is not the one it was set up under. "
            "Put the old secret back, or take that second step away with: answerback password"
        ) from problem


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


@cache
def _step_fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"answerback second steps")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
