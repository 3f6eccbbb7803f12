"""Web push: alerts in the browser of a phone or a computer, also while the console is closed."""

from answerback.adapters.webpush.push import WebPush

adapter = WebPush()

__all__ = ["adapter"]
