"""How long a provider asks us to wait, as it says so in the header of an answer. Never here: waiting."""

from collections.abc import Mapping


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, where the answer names them; a date, which HTTP allows too, is none."""
    try:
        return max(0.0, float(headers["retry-after"]))
    except (KeyError, ValueError):
        return None
