"""What a reply says. Pure and offline: words in, a `Reading` out. It decides nothing."""

from answerback.understanding.normalise import is_reaction
from answerback.understanding.opt_out import stop_words
from answerback.understanding.reader import load, read

__all__ = ["is_reaction", "load", "read", "stop_words"]
