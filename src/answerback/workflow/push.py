"""Alerts in a browser: the keys push services know this installation by, and what is kept of each device.

The private key is made once and lies sealed, as every secret. Never here: the push services' protocol (the adapter).
"""

import hashlib

from django.conf import settings

from answerback.ports import registry
from answerback.ports.alerts import Answer, Words
from answerback.ports.push import Device, Keys
from answerback.store import models
from answerback.store.secrets import seal, unseal
from answerback.workflow import clock

ADAPTER = "webpush"


def public_key() -> str:
    """The key browsers are handed; made the first time anybody asks. Raises `WrongSecret`."""
    return _keys().public


def sealed(device: Device) -> tuple[bytes, str]:
    """(what is kept of a device, encrypted; by what it is known again)."""
    kept = seal({"endpoint": device.endpoint, "p256dh": device.p256dh, "auth": device.auth})
    return kept, hashlib.sha256(device.endpoint.encode()).hexdigest()


def problem(device: Device) -> str:
    """Why nothing can be sent to this device; empty where something can."""
    return registry.push(ADAPTER).problem(device)


def send(kept: bytes, words: Words, tag: str) -> Answer:
    """Say it on the device that is kept; raises `WrongSecret`."""
    device, keys = Device(**unseal(kept)), _keys()
    now = clock.now()
    return registry.push(ADAPTER).send(device, words, keys=keys, contact=_contact(), tag=tag, now=now)


def _keys() -> Keys:
    row = models.PushKeys.objects.first()
    if row is None:
        made = registry.push(ADAPTER).new_keys()
        kept = models.PushKeys(public=made.public, sealed=seal({"private": made.private}), created_at=clock.now())
        models.PushKeys.objects.bulk_create([kept], ignore_conflicts=True)  # whoever was first has made them
        row = models.PushKeys.objects.get()
    return Keys(public=row.public, private=unseal(row.sealed)["private"])


def _contact() -> str:
    """Where a push service finds who runs this (RFC 8292, 2.1): the console's address, else the sender of its mail."""
    if settings.PUBLIC_URL.startswith("https://"):
        return str(settings.PUBLIC_URL)
    return f"mailto:{settings.DEFAULT_FROM_EMAIL}"
