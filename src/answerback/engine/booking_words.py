"""What is said around an appointment where a playbook does not say it in words of its own.

None of it claims what no record backs: a time is only called booked after it was written down. Never here: when any of
it is said (`choosing`, `appointments`).
"""

from typing import Final

Words = dict[str, tuple[str, ...]]

TIMES: Final[Words] = {
    "en": ("We have these times: {times} Or tell us another day and time.",),
    "es": ("Tenemos lugar: {times} Si no le queda, escriba otra fecha y hora.",),
}
OTHER_TIMES: Final[Words] = {
    "en": ("Sorry, that time is taken. The nearest we have: {times}",),
    "es": ("Disculpe, a esa hora no hay lugar. Lo que sigue: {times}",),
}
TAKEN: Final[Words] = {
    "en": ("Sorry, somebody was faster and that time is gone. Still open: {times}",),
    "es": ("Disculpe, esa hora se acaba de ocupar. Hay lugar: {times}",),
}
WHICH_TIME: Final[Words] = {
    "en": ("Sorry, which time do you mean? {times} Or write a day and time, such as Friday after 2.",),
    "es": ("Disculpe, ¿qué hora prefiere? {times} O escriba otra, como viernes a las 2.",),
}
ASK_NAME: Final[Words] = {
    "en": ("We are keeping {when} for you for a few minutes. What name may we write down?",),
    "es": ("Le apartamos el {when} por unos minutos. ¿A nombre de quién?",),
}
ASK_ADDRESS: Final[Words] = {
    "en": ("We are keeping {when} for you for a few minutes. What is the street address?",),
    "es": ("Le apartamos el {when} por unos minutos. ¿A qué domicilio vamos?",),
}
MOVED: Final[Words] = {
    "en": ("{business}: your appointment is now {when}. To change it, text us here or call {phone}.",),
    "es": ("{business}: su cita ahora es el {when}. Para cambiarla, escriba por este medio o llame al {phone}.",),
}
MOVE_TIMES: Final[Words] = {
    "en": ("Sure. Your appointment of {when} stays until you choose: {times}",),
    "es": ("Claro. Su cita del {when} queda hasta que elija: {times}",),
}
REMINDER: Final[Words] = {
    "en": ("{business}: a reminder of your appointment on {when}. Can't make it? Text us here or call {phone}.",),
    "es": ("{business}: le recordamos su cita del {when}. Si no puede, escriba por este medio o llame al {phone}.",),
}
DEPOSIT: Final[Words] = {
    "en": ("A deposit of {amount} is due to keep the time; a person will tell you how.",),
    "es": ("Se pide un anticipo de {amount} para apartar la hora; una persona le explica los detalles.",),
}
