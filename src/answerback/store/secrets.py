"""Seals the settings of connections, what codes of second steps are made from, sessions, and numbers of the erased.

All under the installation's secret. Settings, second steps and sessions can be opened again, numbers and marks only be
recognised. What an old secret sealed (`ANSWERBACK_OLD_SECRETS`) opens too; nothing new is sealed under one. The keys
are derived from the secret; without it a copy of the database shows no credentials.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SEALED = "sealed:"
"""How what is sealed within a text is known; neither base32 nor hexadecimal digits can begin like it."""

_SETTINGS = b"answerback connection settings"
_STEPS = b"answerback second steps"
_SESSIONS = b"answerback sessions"
_NUMBERS = b"answerback erased numbers"
_MARKS = b"answerback marks of secrets"


class WrongSecret(Exception):
    """What was sealed under another secret cannot be opened with this one."""


def known() -> tuple[str, ...]:
    """The installation's secret, and behind it the old ones that are still known."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def seal(values: Mapping[str, str]) -> bytes:
    """These values, encrypted."""
    return _sealing(_SETTINGS).encrypt(msgspec.json.encode(dict(values)))


def unseal(sealed: bytes | memoryview) -> dict[str, str]:
    """The values; raises `WrongSecret` when no secret that is known is the one they were sealed under."""
    try:
        opened = _opening(_SETTINGS).decrypt(bytes(sealed))
    except InvalidToken as problem:
        raise WrongSecret(
            "A connection's settings cannot be decrypted: ANSWERBACK_SECRET is not the one they were saved under. "
            "Put the old secret back, or enter the connection's settings again."
        ) from problem
    return msgspec.json.decode(opened, type=dict[str, str])


def is_sealed_anew(sealed: bytes | memoryview) -> bool:
    """Does it open by the installation's secret alone, without an old one?"""
    return _is_anew(bytes(sealed), _SETTINGS)


def seal_step(words: str) -> str:
    """What codes of a second step are made from, encrypted; what is sealed already stays as it is."""
    if words.startswith(SEALED):
        return words
    return SEALED + _sealing(_STEPS).encrypt(words.encode()).decode()


def unseal_step(kept: str) -> str:
    """What `seal_step` sealed; what a process of an older version kept unsealed is told as it stands.

    Raises `WrongSecret`.
    """
    if not kept.startswith(SEALED):
        return kept
    try:
        return _opening(_STEPS).decrypt(kept.removeprefix(SEALED)).decode()
    except InvalidToken as problem:
        raise WrongSecret(
            "A second step cannot be decrypted: ANSWERBACK_SECRET is not the one it was set up under. "
            "Put the old secret back, or take that second step away with: answerback password"
        ) from problem


def is_step_sealed_anew(kept: str) -> bool:
    """Is it sealed, and does it open by the installation's secret alone?"""
    return _is_anew(kept.removeprefix(SEALED), _STEPS)


def seal_session(written: bytes) -> str:
    """What a browser that is signed in has open, encrypted."""
    return _sealing(_SESSIONS).encrypt(written).decode()


def unseal_session(kept: bytes | str) -> bytes:
    """What `seal_session` sealed. Raises `WrongSecret`."""
    try:
        return _opening(_SESSIONS).decrypt(kept)
    except InvalidToken as problem:
        raise WrongSecret("A session cannot be decrypted; whose it is signs in again.") from problem


def digest(number: str) -> str:
    """What is kept of a number whose owner had everything erased: enough to know it again, not to call it."""
    return _digested(number_key(settings.SECRET_KEY), number)


def digests(number: str, earlier: Iterable[bytes] = ()) -> list[str]:
    """What may be kept of this number: by the secret, by the old ones, by the `earlier` keys, each once."""
    keys = [*map(number_key, known()), *earlier]
    return [_digested(key, number) for key in dict.fromkeys(keys)]


def number_key(secret: str) -> bytes:
    """The key that numbers are known again by under this secret."""
    return _derived(secret, _NUMBERS)


def fingerprints(of: str) -> list[str]:
    """By which it is known again under which secret something was made: this one's first, then the old ones'. Too
    little to guess a secret from.
    """
    return [each[5:21] for each in digests(of)]


def signed(content: bytes, of: bytes, size: int) -> str:
    """The content as an address holds it, with a signature of `size` bytes, 32 at most, that shows that it is ours and
    `of` which kind: URL-safe base 64, without the zeros it begins with.
    """
    signature = _signature(settings.SECRET_KEY, content, of)[:size]
    return base64.urlsafe_b64encode(content.lstrip(b"\0") + signature).decode().rstrip("=")


def content_of(raw: bytes, of: bytes, size: int, *, long: int) -> bytes | None:
    """The content, `long` bytes, of what `signed` wrote, out of base 64; None where neither the secret nor an old one
    that is still known made the signature.
    """
    content, given = raw[:-size].rjust(long, b"\0"), raw[-size:]
    made = [_signature(secret, content, of)[:size] for secret in known()]
    is_ours = len(content) == long and any(hmac.compare_digest(each, given) for each in made)
    return content if is_ours else None


def mark(value: str, of: str) -> str:
    """What a page may hold of a secret, to see whether another stands meanwhile. `of` says which one it is: the same
    value elsewhere has another mark, so nobody can try out there what it is.
    """
    if not value:
        return ""
    return hmac.digest(_derived(settings.SECRET_KEY, _MARKS), f"{of}\0{value}".encode(), "sha256").hex()[:24]


def _digested(key: bytes, number: str) -> str:
    return "hmac:" + hmac.digest(key, number.encode(), "sha256").hex()


def _signature(secret: str, content: bytes, of: bytes) -> bytes:
    return hmac.digest(hashlib.sha256(of + secret.encode()).digest(), content, "sha256")


def _is_anew(sealed: bytes | str, what: bytes) -> bool:
    try:
        _sealing(what).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _sealing(what: bytes) -> Fernet:
    return _fernet(settings.SECRET_KEY, what)


def _opening(what: bytes) -> MultiFernet:
    return MultiFernet([_fernet(secret, what) for secret in known()])


@cache
def _fernet(secret: str, what: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(secret, what)))


@cache
def _derived(secret: str, what: bytes) -> bytes:
    """A key of its own for each thing that is kept, so that none stands for another."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=what).derive(secret.encode())
