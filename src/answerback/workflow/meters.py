"""What a process measures of its own work: how long turns and texts waited, how providers answered.

What waits right now is not here: any web process reads that from the rows (`store.queries.operating`). Labels are
providers and kinds of failure; never a person, a number or a word.
"""

from prometheus_client import Counter, Histogram

_WAITS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 300, 900)

HOOKS = Counter("answerback_hooks", "Requests of providers, by what they were answered.", ["provider", "status"])
EVENT_WAIT = Histogram(
    "answerback_event_wait_seconds", "From the moment an event was due until its turn decided on it.", buckets=_WAITS
)
TEXT_WAIT = Histogram(
    "answerback_text_wait_seconds", "From the moment a text was due until its provider had taken it.", buckets=_WAITS
)
SEND_SECONDS = Histogram(
    "answerback_send_seconds", "How long a provider took to take one text.", ["provider"], buckets=_WAITS
)
PROVIDER_ERRORS = Counter(
    "answerback_provider_errors", "Texts a provider did not take, by what it said.", ["provider", "kind"]
)
"""`kind` is `refused`, `unavailable` or `unclear` (`ports.errors`)."""
