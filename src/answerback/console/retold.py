"""The filter `retold`: what the rest of the product says in English, in the language of whoever reads the page.

Never here: how it is found (`workflow.retelling`).
"""

from django.template import Library

from answerback.workflow import retelling

register = Library()


@register.filter
def retold(said: object) -> str:
    """The same in the reader's language; as it is where nobody knows it."""
    return retelling.retold(said)
