"""answerback turns a local business's missed calls into leads, conversations, booked jobs and proven revenue."""

__version__ = "0.1.0"
