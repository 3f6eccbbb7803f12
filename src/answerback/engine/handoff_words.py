"""What a customer is told when a person has taken their case, where a playbook does not say it in words of its own.

It is said only once that person has it. Never here: when it is said (`workflow.answers`).
"""

from typing import Final

Words = dict[str, tuple[str, ...]]

CALLING_NOW: Final[Words] = {
    "en": ("{business}: {member} is calling you now from this number or {phone}. Please pick up.",),
    "es": ("{business}: {member} le llama ahora desde este número o {phone}. Por favor conteste.",),
}
CALLING_LATER: Final[Words] = {
    "en": ("{business}: {member} has your message and will call you {window}.",),
    "es": ("{business}: {member} tiene su mensaje y le llamará {window}.",),
}
