"""What the watch page says, in the languages customers are texted in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "book": "Choose a time",
        "call": "Call {phone}",
        "reply": "Or just reply to our text.",
        "gone": "This video is not here any more",
        "gone_next": "Its address has run out, or it was taken down. Call us and we will tell you.",
        "plays": "{seconds} seconds",
        "captions": "Captions",
        "no_player": "Open the video",
        "preview": "This is how customers see it. Your own looks are not counted.",
    },
    "es": {
        "book": "Elegir una hora",
        "call": "Llamar al {phone}",
        "reply": "O conteste nuestro mensaje.",
        "gone": "Este video ya no está aquí",
        "gone_next": "El enlace venció o el video se quitó. Llámenos y le explicamos.",
        "plays": "{seconds} segundos",
        "captions": "Subtítulos",
        "no_player": "Abrir el video",
        "preview": "Así lo ven los clientes. Sus propias visitas no se cuentan.",
    },
}


LANGUAGES = frozenset(WORDS)


def tongue(language: str) -> dict[str, str]:
    """The words in this language, or in English."""
    return WORDS.get(language, WORDS["en"])
