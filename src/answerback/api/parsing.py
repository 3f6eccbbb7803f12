"""Reads the JSON that programs send. NUL is refused in whatever field, as PostgreSQL stores none."""

from typing import Any

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.parser import Parser

NUL = "\x00"


class WithoutNul(Parser):
    """Ninja's reader; raises `ValidationError`, which names the field, for a value or a name with a NUL."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values."""
        body = super().parse_body(request)
        if b"u0000" in request.body and (at := _where(body)) is not None:
            says = "holds the character NUL (\\u0000): leave it out"
            raise ValidationError([{"type": "nul", "loc": ("body", *at), "msg": says}])
        return body


def _where(value: Any) -> tuple[str, ...] | None:
    """The way to the first NUL."""
    if isinstance(value, str):
        return () if NUL in value else None
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        if isinstance(key, str) and NUL in key:
            return (key.replace(NUL, "?"),)
        if (at := _where(each)) is not None:
            return (str(key), *at)
    return None
