"""What Twilio hears back: TwiML for requests that expect it, nothing for the others."""

from xml.sax.saxutils import escape

from answerback.ports.phone import Answer

NOTHING = Answer(status=204)
DONE = Answer(status=200, content_type="text/xml", body='<?xml version="1.0" encoding="UTF-8"?><Response/>')


def say(words: str, language: str = "en-US") -> Answer:
    """Speak these words to the caller, then hang up."""
    said = f'<Say language="{escape(language, {chr(34): "&quot;"})}">{escape(words)}</Say>'
    body = f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}<Hangup/></Response>'
    return Answer(status=200, content_type="text/xml", body=body)
