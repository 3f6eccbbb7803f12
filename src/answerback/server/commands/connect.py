"""`answerback connect`: give a business one more phone system, with a line on it."""

from typing import Annotated

import typer
from rich.console import Console

from answerback.ports.registry import phone, phones
from answerback.server import setting_up
from answerback.server.commands.business import as_number, as_settings

console = Console(highlight=False)


def connect(
    provider: Annotated[str, typer.Argument(help="The phone system, for example quo, aircall, asterisk or webhook.")],
    line: Annotated[str, typer.Option(help="The number of the line on it.")],
    business: Annotated[str, typer.Option(help="The business, by its name; not needed where there is one.")] = "",
    texts_by: Annotated[str, typer.Option(help="A number of the business that sends this line's texts.")] = "",
    setting: Annotated[list[str] | None, typer.Option("--set", help="What the provider needs: name=value.")] = None,
) -> None:
    """Give a business one more phone system with a line on it; its texts may leave by another of its lines."""
    number, sender = as_number(line, "--line"), as_number(texts_by, "--texts-by") if texts_by else ""
    given = setting or []
    if _wants_lines(provider) and not any(pair.startswith("lines=") for pair in given):
        given = [*given, f"lines={number}"]
    settings = as_settings(provider, given)
    setting_up.prepare(announce=console.print)
    setting_up.migrate()
    from django.conf import settings as installation  # noqa: PLC0415  Django is set up by `prepare`

    from answerback.store import models  # noqa: PLC0415
    from answerback.workflow import setup  # noqa: PLC0415

    every = models.Business.objects.filter(name=business) if business else models.Business.objects.all()
    if every.count() != 1:
        names = ", ".join(models.Business.objects.order_by("name").values_list("name", flat=True)[:20]) or "none yet"
        raise typer.BadParameter(f"Say which business. There are: {names}.", param_hint="--business")
    owner = every.get()
    by = models.Line.objects.filter(business=owner, number=sender).order_by("id").first() if sender else None
    if sender and by is None:
        raise typer.BadParameter(f"{owner.name} has no line {sender}.", param_hint="--texts-by")
    connection = setup.connect(owner.id, provider, phone(provider).title, settings)
    try:
        setup.add_line(owner.id, connection.id, number, phone(provider).title, texts_by=by.id if by else None)
    except ValueError as problem:
        connection.delete()
        raise typer.BadParameter(str(problem), param_hint="--texts-by") from None
    address = installation.PUBLIC_URL or installation.LOCAL_URL
    console.print(f"{owner.name} has {phone(provider).title} with {number}.", soft_wrap=True)
    console.print(f"Its addresses: {address}/hooks/{provider}/{connection.id}/...", soft_wrap=True)
    console.print("Next: answerback doctor, and docs/connect for what goes where.")


def _wants_lines(provider: str) -> bool:
    """Does this phone system have to be told which numbers are ours? A switchboard knows many."""
    return provider in phones() and any(each.name == "lines" for each in phone(provider).settings)
