"""Checks values that somebody typed against the settings an adapter declares."""

import re
from collections.abc import Iterable, Mapping

from answerback.ports.connection import Setting

_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
MOST_WORDS = 1000


def problems(declared: Iterable[Setting], values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with these values, by name, for the person who typed them; empty when all can be stored."""
    known = {setting.name: setting for setting in declared}
    wrong = {name: f"There is no setting {name}. There are: {', '.join(known)}." for name in values.keys() - known}
    for name, setting in known.items():
        complaint = _complaint(setting, values.get(name, setting.default))
        if complaint:
            wrong[name] = complaint
    return wrong


def effective(declared: Iterable[Setting], values: Mapping[str, str]) -> dict[str, str]:
    """Every declared setting with its value, or its default where it was not set."""
    return {setting.name: values.get(setting.name, setting.default) for setting in declared}


def phones(value: str) -> tuple[str, ...]:
    """The numbers of a setting of the kind `phones`, as they are written."""
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _complaint(setting: Setting, value: str) -> str:
    if not value.strip():
        return f"{setting.label} is needed." if setting.required else ""
    if len(value) > MOST_WORDS or any(ord(letter) < 32 and letter not in "\n\r\t" for letter in value):
        return f"{setting.label} must be plain text of at most {MOST_WORDS} characters."
    match setting.kind:
        case "number":
            return _number(setting, value)
        case "yes_no":
            return "" if value in ("yes", "no") else f"{setting.label} is yes or no."
        case "choice":
            values = [each for each, _ in setting.choices]
            return "" if value in values else f"{setting.label} is one of {', '.join(values)}."
        case "phones":
            return _phones(setting, value)
    return ""


def _number(setting: Setting, value: str) -> str:
    least, most = setting.least or 0, 10**9 if setting.most is None else setting.most
    fits = value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most
    return "" if fits else f"{setting.label} is a whole number from {least} to {most}."


def _phones(setting: Setting, value: str) -> str:
    wrong = [number for number in phones(value) if not _E164.fullmatch(number)]
    says = f"{setting.label}: write {', '.join(wrong[:3])} with + and country code, as in +15125550177."
    return says if wrong else ""
