"""Encrypts a message so that only one browser can read it: RFC 8291 on the content coding of RFC 8188, one record.

Written on `cryptography`, for the libraries of this field bring clients of their own, which would pass by our guard.
Checked against the example of RFC 8291, byte by byte.
"""

import base64
import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
"""Octets of the one record; push services take no more (RFC 8030, 7.2)."""

LAST_RECORD = b"\x02"
CURVE = ec.SECP256R1()


def encrypted(message: bytes, p256dh: str, auth: str) -> bytes:
    """The body of the request, for a browser with these keys; raises `ValueError` where they are none."""
    return sealed(message, p256dh, auth, ours=ec.generate_private_key(CURVE), salt=os.urandom(16))


def sealed(message: bytes, p256dh: str, auth: str, *, ours: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """The same with a key pair and a salt that are given. Neither may ever be used twice."""
    theirs = decoded(p256dh)
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    public = point(ours.public_key())
    secret = _derived(shared, decoded(auth), b"WebPush: info\x00" + theirs + public, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + struct.pack("!LB", RECORD, len(public)) + public
    return header + AESGCM(key).encrypt(nonce, message + LAST_RECORD, None)


def point(public: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 octets."""
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encoded(octets: bytes) -> str:
    """In the base64 of addresses, without padding."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Back; raises `ValueError`."""
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
