"""What a customer is told when a person has taken their case, where a playbook does not say it in words of its own; and
what is true where nobody can be woken, and for who wants no offers.

That somebody calls is said only once that person has it. Never here: when it is said (`workflow.answers`, `reach`).
"""

from typing import Final

Words = dict[str, tuple[str, ...]]

CALLING_NOW: Final[Words] = {
    "en": ("{business}: {member} is calling you now from this number or {phone}. Please pick up.",),
    "es": ("{business}: {member} le llama ahora desde este teléfono o el {phone}. Por favor conteste.",),
}
CALLING_LATER: Final[Words] = {
    "en": ("{business}: {member} has your message and will call you {window}.",),
    "es": ("{business}: {member} tiene su mensaje y le va a llamar {window}.",),
}
NOBODY_ALERTED: Final[Words] = {
    "en": ("We treat this as urgent, but nobody of ours could be alerted by phone yet. Please call {phone} as well.",),
    "es": (
        "Lo tratamos como urgente, pero hasta ahora no pudimos avisar a nadie por teléfono. Llame también al {phone}.",
    ),
}
VOICEMAIL_HEARD: Final[Words] = {
    "en": ("Thank you for your voicemail.",),
    "es": ("Gracias por su mensaje de voz.",),
}
EMERGENCY_KEY: Final[Words] = {
    "en": ("Thank you for your call.",),
    "es": ("Gracias por su llamada.",),
}
NO_OFFERS: Final[Words] = {
    "en": ("{business}: understood, no offers by text. Texts about your own calls and visits still come.",),
    "es": ("{business}: entendido, no le vamos a mandar ofertas. Los mensajes sobre sus llamadas y citas siguen.",),
}
