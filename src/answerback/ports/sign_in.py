"""Signing in at a provider on behalf of a business or a member (OAuth 2.0 with PKCE, RFC 7636)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from answerback.ports.connection import Connection, Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInAsked:
    """One sign-in on its way: where the person is sent back to, and the secrets that bind it to their session."""

    returns_to: str
    state: str
    verifier: str


@runtime_checkable
class SignsIn(Protocol):
    """A calendar or a CRM that is signed in to at its provider (OAuth 2.0 with PKCE, RFC 7636)."""

    app_settings: tuple[Setting, ...]
    """What must be known once per business: its registration at the provider."""

    def sign_in_address(self, connection: Connection, asked: SignInAsked) -> str:
        """Where to send the person."""

    def signed_in(self, connection: Connection, asked: SignInAsked, code: str, now: datetime) -> Mapping[str, str]:
        """Trade the code for tokens: settings to keep beside the calendar's own. Raises `Refused`, `Unavailable`."""

    def renewed(self, connection: Connection, now: datetime) -> Mapping[str, str] | None:
        """New tokens where those of the connection run out within minutes, else None. Raises `SignInNeeded`."""
