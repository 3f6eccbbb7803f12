"""What a reply says. Pure and offline: words in, a `Reading` out. It decides nothing."""

from answerback.understanding.normalise import is_reaction
from answerback.understanding.opt_out import stop_words
from answerback.understanding.reader import read

__all__ = ["is_reaction", "read", "stop_words"]
