"""Writes the documents a provider of the family acts on: a list of verbs, and nothing else."""

from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from answerback.ports.phone import Answer

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

NOTHING = Answer(status=204)


def verb(name: str, words: str = "", *inside: Xml.Element, **attributes: str) -> Xml.Element:
    """One verb; an attribute that is empty is left out. A trailing underscore spares Python's own words (`from_`)."""
    made = Xml.Element(name, {key.rstrip("_"): value for key, value in attributes.items() if value})
    made.text = words or None
    made.extend(inside)
    return made


def written(verbs: Iterable[Xml.Element]) -> str:
    """The whole document as text."""
    response = Xml.Element("Response")
    response.extend(verbs)
    return HEAD + Xml.tostring(response, encoding="unicode", short_empty_elements=True)


def answer(*verbs: Xml.Element) -> Answer:
    """What the provider hears from us: do these in turn. Without any it hangs up, or bridges a callee who heard it."""
    return Answer(status=200, content_type="text/xml", body=written(verbs))


DONE = answer()
