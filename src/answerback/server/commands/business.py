"""`answerback business`: set up a real business from the terminal, until it is done on a page."""

import secrets
from typing import Annotated

import typer
from rich.console import Console

from answerback.ports.numbers import typed
from answerback.ports.registry import phone, phones
from answerback.server import setting_up
from answerback.store.playbook_file import pack_text, packs

console = Console(highlight=False)


def business(
    name: Annotated[str, typer.Option(help="What customers know the business as; every first text names it.")],
    phone_number: Annotated[str, typer.Option("--phone", help="The number customers call, E.164: +15125550100.")],
    owner: Annotated[str, typer.Option(help="The owner's e-mail address, to sign in with.")],
    *,
    owner_phone: Annotated[str, typer.Option(help="The owner's own phone, woken in an emergency.")] = "",
    line: Annotated[str, typer.Option(help="The number at the provider that texts; default: the same.")] = "",
    zone: Annotated[str, typer.Option(help="The time zone, for example America/Chicago.")] = "America/Chicago",
    pack: Annotated[
        str, typer.Option(help="The playbook to begin with; `answerback playbook packs` lists them.")
    ] = "plumbing",
    provider: Annotated[str, typer.Option(help="The phone system, for example twilio.")] = "twilio",
    setting: Annotated[list[str] | None, typer.Option("--set", help="What the provider needs: name=value.")] = None,
) -> None:
    """Set up a business: its playbook, its connection and line, and its owner's sign-in."""
    settings = as_settings(provider, setting or [])
    number, sender = as_number(phone_number, "--phone"), as_number(line or phone_number, "--line")
    if pack not in packs():
        raise typer.BadParameter(f"There is no pack {pack}. There are: {', '.join(packs())}.", param_hint="--pack")
    setting_up.prepare(announce=console.print)
    setting_up.migrate()
    from django.conf import settings as installation  # noqa: PLC0415  Django is set up by `prepare`

    from answerback.workflow import setup, ways_in  # noqa: PLC0415

    new = setup.NewBusiness(name=name, zone=zone, phone=number, playbook=pack_text(pack))
    try:
        made = setup.open_business(new)
    except (KeyError, ValueError) as problem:
        raise typer.BadParameter(
            f"{zone} is no time zone. Write one such as America/Chicago.", param_hint="--zone"
        ) from problem
    connection = setup.connect(made.id, provider, phone(provider).title, settings)
    setup.add_line(made.id, connection.id, sender, "Main line")
    password = secrets.token_urlsafe(9)
    setup.add_member(made.id, owner.partition("@")[0], "owner", phone=owner_phone, email=owner, password=password)
    address = installation.PUBLIC_URL or installation.LOCAL_URL
    console.print(
        f"{name} is set up. Sign in at {ways_in.public()} as {owner} with the password {password}", soft_wrap=True
    )
    console.print(
        f"Addresses for {phone(provider).title}: {address}/hooks/{provider}/{connection.id}/...", soft_wrap=True
    )
    console.print("Next: answerback doctor, and docs/connect for what goes where.")


def as_settings(provider: str, given: list[str]) -> dict[str, str]:
    """What the provider's adapter asks for, from name=value pairs."""
    try:
        asked = phone(provider).settings
    except LookupError:
        raise typer.BadParameter(
            f"There is no {provider}. There are: {', '.join(phones())}.", param_hint="--provider"
        ) from None
    values = dict(pair.split("=", 1) for pair in given if "=" in pair)
    names = [each.name for each in asked]
    if unknown := values.keys() - set(names):
        raise typer.BadParameter(
            f"{provider} knows no {', '.join(unknown)}. It knows: {', '.join(names)}.", param_hint="--set"
        )
    missing = [each.name for each in asked if each.required and not each.default and not values.get(each.name)]
    if missing:
        raise typer.BadParameter(f"{provider} needs {' and '.join(missing)}: --set name=value.", param_hint="--set")
    return {each.name: values.get(each.name, each.default) for each in asked}


def as_number(written: str, option: str) -> str:
    """This number in E.164; refuses what nobody can call."""
    number = typed(written)
    if number is None:
        raise typer.BadParameter(f"{written!r} is no phone number. Write it like +15125550100.", param_hint=option)
    return number
