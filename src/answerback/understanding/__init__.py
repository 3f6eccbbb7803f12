"""What a reply says. Pure and offline: words in, a `Reading` out. It decides nothing."""

from answerback.understanding.reader import read

__all__ = ["read"]
