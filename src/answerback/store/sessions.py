"""Keeps what browsers that are signed in have open: sealed, and under a digest of the key that stands in their cookie.

A copy of the database, a backup that was left somewhere, signs nobody in by it and shows nothing: an app's secret while
it is set up, a passkey's challenge, the key of a link to a new password. The table and its tidying are Django's.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Unsealed

from answerback.store.secrets import WrongSecret, seal_session, unseal_session


def kept_as(key: str) -> str:
    """What the session of this key is kept under. Keys are random, so none is found by trying."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(Unsealed):
    """Django's, sealed. Only what is not asynchronous: nothing here asks for the rest."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """This session, as it is kept."""
        return seal_session(self.serializer().dumps(session_dict))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What was kept; nothing where it was sealed under another secret."""
        try:
            kept: dict[str, Any] = self.serializer().loads(unseal_session(session_data))
        except WrongSecret:
            return {}
        return kept

    def exists(self, session_key: str) -> bool:
        """Is there a session of this key?"""
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to be kept."""
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session of this key, without one this session."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(kept_as(key))

    def _get_session_from_db(self) -> Any:
        key = self.session_key or ""
        self._session_key = kept_as(key)
        found = super()._get_session_from_db()  # type: ignore[misc]  # its stubs do not know it
        if found is not None:
            self._session_key = key
        return found
