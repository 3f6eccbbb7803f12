"""Which words of a text said what, in plain words for staff; pages say it in their language (`workflow.retelling`).

Words of the customer stand in straight quotes and stay as they were written: nothing else may stand in such quotes.
"""

from answerback.engine.reading import AskedAbout, Hazard, Intent, Sensitive, Slots

REACTION = "a phone's reaction, not words of their own"
NOT_READ = "The text could not be read by machine."
OF_APPOINTMENT = "it is about the appointment that stands"
ONLY_OFFERS = "only advertising is to stop"
TOLD_CALMLY = "a danger told calmly, beside a wish for a time"
LATER = "the time asked for is after tomorrow"
AT_ONCE = "the time asked for is today or tomorrow"
SAID_NO = "the answer to our question is no"
SAID_YES = "the answer to our question is yes"
LIKE_STOP = "as a whole it reads like a wish for no more texts"
LIKE_EMERGENCY = "as a whole it reads like an emergency"


def stops(words: str) -> str:
    """These words ask us to stop."""
    return f'"{words}" asks for no more texts'


def starts(words: str) -> str:
    """These words take a stop back."""
    return f'"{words}" asks for texts again'


def names_service(words: str) -> str:
    """These words name what is needed."""
    return f'"{words}" points to the service'


def is_plight(words: str) -> str:
    """These words tell of an emergency that is no danger to life."""
    return f'"{words}" is an emergency'


def names_danger(words: str, hazard: Hazard) -> str:
    """These words name a danger."""
    return _says(words, _DANGERS[hazard])


def wishes(words: str, intent: Intent) -> str:
    """These words say what is wanted."""
    return _says(words, _WISHES[intent])


def hurries(words: str, how: str) -> str:
    """These words say how soon somebody is needed; `how` is a key of `PACES`."""
    return _says(words, PACES[how])


def answers(slots: Slots, about: AskedAbout) -> str | None:
    """What of a text answers our question; None where nothing of it does."""
    written = (slots.option, slots.zip, slots.city, slots.address, slots.name, slots.time)
    if value := next((each for each in written if each), None):
        return f'"{value}" answers our question about {_QUESTIONS[about]}'
    meant = _MEANT.get(slots.contact_pref or slots.yes_no or "")
    return f"{meant} answers our question about {_QUESTIONS[about]}" if meant else None


def resembles(what: Intent | Sensitive) -> str:
    """No word of it says so by itself."""
    return f"as a whole it reads like {_LIKE[what]}"


def _says(words: str, what: str) -> str:
    return f'"{words}" says {what}'


PACES = {
    "cannot wait": "it cannot wait",
    "emergency": "it is an emergency",
    "can wait": "it can wait",
    "soon": "it should be soon",
    "essential": "something essential is out",
}
_MEANT = {
    "call": "a wish for a call",
    "link": "a wish for the link",
    "text": "a wish for texts",
    "yes": "a yes",
    "no": "a no",
}
_DANGERS: dict[Hazard, str] = {
    "gas": "smells or leaks of gas",
    "carbon_monoxide": "carbon monoxide",
    "fire": "fire or burning",
    "electric": "electricity where it may hurt",
    "flood": "water or sewage doing damage now",
    "medical_emergency": "a medical emergency",
    "self_harm": "somebody may hurt themselves",
    "violence": "violence or a threat",
}
_WISHES: dict[Intent, str] = {
    "book": "they want a job or a visit",
    "reschedule": "they want another time",
    "cancel": "they want to cancel",
    "existing": "it is about something already under way",
    "question": "it is a question",
    "complaint": "they are unhappy",
    "answer": "it answers our question",
    "callback": "they want to talk to a person",
    "decline": "they no longer need us",
    "ack": "it is thanks or an ok",
    "wrong_number": "they did not mean to reach us",
    "vendor": "they want to sell something",
    "job_seeker": "they are looking for work",
    "help": "they ask who we are",
    "opt_out": "they want no more texts",
    "other": "nothing in particular",
}
_QUESTIONS: dict[AskedAbout, str] = {
    "open": "what is needed",
    "service": "the service",
    "urgent": "the urgency",
    "location": "the place",
    "address": "the address",
    "name": "the name",
    "time": "the time",
    "contact_pref": "call or link",
    "menu": "the choices",
    "confirm": "the appointment",
    "followup": "whether help is still needed",
    "link_sent": "the link",
    "review": "the visit",
}
_LIKE: dict[Intent | Sensitive, str] = {
    "medical": "something a clinician should see",
    "legal": "a legal matter",
    "self_harm": "somebody who may hurt themselves",
    "minor": "a matter of a child or a minor",
    "safety": "violence or a threat",
    "complaint": "a complaint",
    "book": "a wish for a job or a visit",
    "reschedule": "a wish for another time",
    "cancel": "a wish to cancel",
    "existing": "something already under way",
    "question": "a question",
    "answer": "an answer to our question",
    "callback": "a wish to talk to a person",
    "decline": "somebody who no longer needs us",
    "ack": "thanks or an ok",
    "wrong_number": "somebody who did not mean to reach us",
    "vendor": "somebody who wants to sell something",
    "job_seeker": "somebody who is looking for work",
    "help": "somebody who asks who we are",
    "opt_out": "a wish for no more texts",
    "other": "nothing in particular",
}
