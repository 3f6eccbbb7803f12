"""What the booking page says, in the customer's language, and how it writes days, times and lengths.

Never here: anything the customer or the business wrote.
"""

from collections.abc import Sequence
from datetime import date, datetime

from answerback.engine.wording import happens_twice, zone_name

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "choose": "Choose a time",
        "choose_other": "Choose another time",
        "stays": "Your appointment stays as it is until you choose:",
        "about": "About {length}.",
        "times_are": "Times are {zone}.",
        "times_change": "Times are {zone}, from {day} on {next}.",
        "your_zone": "In {zone} time it is {clock} when it is {here} here.",
        "your_zone_from": "From {day} on it is {clock} {zone} when it is {here} here.",
        "book": "Book this time",
        "move": "Move to this time",
        "keep": "Keep my time",
        "name": "Your name",
        "address": "Where shall we come to?",
        "address_example": "Street, number, city",
        "email": "E-mail for a calendar invitation",
        "optional": "optional",
        "deposit": "I know that a deposit of {amount} is due to keep the time.",
        "none": "No free times in the coming days",
        "none_next": "Call us and we will find one.",
        "no_fit": "None of these fit?",
        "call": "Call {phone}",
        "or_reply": "or reply to our text.",
        "one_time": "1 time",
        "times": "{count} times",
        "today": "Today",
        "more_days": "More days",
        "tomorrow": "Tomorrow",
        "choose_first": "Choose a time first.",
        "accept_first": "Please tick that you know of the deposit.",
        "bad_email": "That is no e-mail address. Correct it, or leave it empty.",
        "just_taken": "Somebody just took that time. These are still free:",
        "kept": "We are keeping this time for you for a few minutes. Please fill in the rest.",
        "booked": "You are booked",
        "to": "to",
        "add": "Add to your calendar",
        "add_google": "Add to Google Calendar",
        "question": "Have a question?",
        "cannot": "I cannot make it",
        "other_time": "Another time",
        "cancel": "Cancel this appointment",
        "cancelled": "Your appointment was cancelled. You can choose another time:",
        "see": "See the times that are free",
        "bad": "This link does not work",
        "bad_next": "It may have been cut off. Open it again from the text we sent you.",
        "expired": "This link has expired",
        "expired_next": "Booking links work for a week. Reply to our text or call us for a new one.",
        "used": "This link has been used",
        "used_next": "Your appointment is over. Call us or text us to make another one.",
        "with_a_person": "We are already looking after this",
        "with_a_person_next": "Please call us or reply to our text to choose a time.",
        "over": "There is nothing to book with this link",
        "over_next": "Call us or reply to our text and we will find a time.",
        "nobody_to_book": "No times can be booked online",
        "nobody_to_book_next": "Please call us and we will find a time.",
        "too_late": "Your appointment has begun",
        "too_late_next": "Please call us about it.",
        "too_many": "Too many tries",
        "too_many_next": "This link was used very often in the last hour. Wait a while, or call us.",
    },
    "es": {
        "choose": "Elija una hora",
        "choose_other": "Elija otra hora",
        "stays": "Su cita queda como está hasta que elija:",
        "about": "Dura {length} más o menos.",
        "times_are": "Hora: {zone}.",
        "times_change": "Hora: {zone}, desde el {day} {next}.",
        "your_zone": "Cuando el reloj marca {here} aquí, marca {clock} en la zona {zone}.",
        "your_zone_from": "Desde el {day}, cuando el reloj marca {here} aquí, marca {clock} en la zona {zone}.",
        "book": "Reservar esta hora",
        "move": "Cambiar a esta hora",
        "keep": "Dejar mi cita como está",
        "name": "Su nombre",
        "address": "¿A dónde vamos?",
        "address_example": "Calle, número, ciudad",
        "email": "Correo para recibir la invitación",
        "optional": "opcional",
        "deposit": "Sé que se pide un anticipo de {amount} para apartar la hora.",
        "none": "No hay horarios disponibles en los próximos días",
        "none_next": "Llámenos y buscamos una.",
        "no_fit": "¿Ninguno le queda?",
        "call": "Llame al {phone}",
        "or_reply": "o conteste nuestro mensaje.",
        "one_time": "1 horario",
        "times": "{count} horarios",
        "today": "Hoy",
        "more_days": "Más días",
        "tomorrow": "Mañana",
        "choose_first": "Primero elija una hora.",
        "accept_first": "Por favor marque que sabe del anticipo.",
        "bad_email": "Eso no es un correo. Corríjalo o déjelo vacío.",
        "just_taken": "Esa hora se acaba de ocupar. Todavía quedan:",
        "kept": "Le apartamos esta hora por unos minutos. Por favor complete lo que falta.",
        "booked": "Su cita está reservada",
        "to": "a",
        "add": "Agregar a su calendario",
        "add_google": "Agregar a Google Calendar",
        "question": "¿Tiene una pregunta?",
        "cannot": "No voy a poder",
        "other_time": "Otra hora",
        "cancel": "Cancelar esta cita",
        "cancelled": "Su cita fue cancelada. Puede elegir otra hora:",
        "see": "Ver los horarios disponibles",
        "bad": "Este enlace no funciona",
        "bad_next": "Puede estar incompleto. Ábralo de nuevo desde nuestro mensaje.",
        "expired": "Este enlace ya venció",
        "expired_next": "Los enlaces sirven una semana. Conteste nuestro mensaje o llámenos para recibir otro.",
        "used": "Este enlace ya se usó",
        "used_next": "Su cita ya pasó. Llámenos o escríbanos para hacer otra.",
        "with_a_person": "Ya le estamos atendiendo",
        "with_a_person_next": "Llámenos o conteste nuestro mensaje para elegir una hora.",
        "over": "No hay nada que reservar con este enlace",
        "over_next": "Llámenos o conteste nuestro mensaje y buscamos una hora.",
        "nobody_to_book": "No se puede reservar por internet",
        "nobody_to_book_next": "Llámenos y buscamos una hora.",
        "too_late": "Su cita ya empezó",
        "too_late_next": "Llámenos por favor.",
        "too_many": "Demasiados intentos",
        "too_many_next": "Este enlace se usó muchas veces en la última hora. Espere un poco o llámenos.",
    },
}


def tongue(language: str) -> str:
    """The language of the page: the customer's, or English where we have no page in it."""
    return language if language in WORDS else "en"


def day(on: date, language: str) -> str:
    """`Thursday, March 12`, `jueves 12 de marzo`."""
    name, month = _DAYS[language][on.weekday()], _MONTHS[language][on.month - 1]
    return f"{name} {on.day} de {month}" if language == "es" else f"{name}, {month} {on.day}"


def day_from(on: date, today: date, language: str) -> str:
    """A day as it is said today, with its year when that is another: `Thursday, January 7, 2027`."""
    said = day(on, language)
    return said if on.year == today.year else f"{said} de {on.year}" if language == "es" else f"{said}, {on.year}"


def clock(local: datetime) -> str:
    """`9:00 AM`; `1:00 AM CDT` in the hour that a day has twice."""
    said = f"{local.hour % 12 or 12}:{local:%M} {local:%p}"
    return f"{said} {zone_name(local)}" if happens_twice(local) else said


def length(minutes: int, language: str) -> str:
    """`1 hour 30 minutes`, `1 hora 30 minutos`."""
    hours, rest = divmod(minutes, 60)
    hour, minute = ("hora", "minutos") if language == "es" else ("hour", "minutes")
    parts = [f"{hours} {hour}{'s' if hours > 1 else ''}"] if hours else []
    return " ".join([*parts, f"{rest} {minute}"] if rest else parts)


_TOLD = {
    "es": {
        "Urgency": "Urgencia",
        "Area": "Zona",
        "System age": "Antigüedad del equipo",
        "Patient": "Paciente",
        "Client": "Cliente",
        "Guest": "Cliente",
        "Owner": "Propietario",
        "As soon as possible": "Lo antes posible",
        "Soon": "Pronto",
        "It can wait": "Puede esperar",
    }
}
"""What a customer told us, as the shipped playbooks name it; a slot of a playbook of one's own keeps its name."""


def told(answers: Sequence[tuple[str, str]], language: str) -> tuple[tuple[str, str], ...]:
    """What was asked and what was said, in the customer's language where it has words for it."""
    known = _TOLD.get(language, {})
    return tuple((known.get(asked, asked), known.get(said, said)) for asked, said in answers)
