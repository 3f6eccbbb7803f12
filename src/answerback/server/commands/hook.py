"""`answerback hook`: send a provider's webhook, correctly signed, at a running server."""

from enum import StrEnum
from typing import Annotated, assert_never

import httpx
import typer
from rich.console import Console

from answerback.ports.phone import HookMaker, MakesHooks, SignedRequest
from answerback.ports.registry import phone, phones
from answerback.server import setting_up

console = Console(highlight=False)


class What(StrEnum):
    """What the provider reports."""

    missed = "missed"
    answered = "answered"
    voicemail = "voicemail"
    text = "text"
    receipt = "receipt"


def hook(  # noqa: PLR0917  each is an option of the command line
    provider: Annotated[str, typer.Argument(help="The provider, for example twilio or simulator.")],
    what: Annotated[What, typer.Argument(help="What it reports.")],
    caller: Annotated[str, typer.Option("--from", help="The caller's number, E.164, or anonymous.")] = "+15125550131",
    line: Annotated[str, typer.Option("--to", help="Our line's number; the connection is found by it.")] = "",
    body: Annotated[str, typer.Option(help="The words of a text.")] = "my water heater is leaking",
    call: Annotated[str, typer.Option(help="The provider's id of the call; a new one by default.")] = "",
    message: Annotated[str, typer.Option(help="The provider's id of the text, for text and receipt.")] = "",
    status: Annotated[str, typer.Option(help="The status a receipt reports, in the provider's words.")] = "delivered",
    times: Annotated[int, typer.Option(help="Deliver it this many times, as a provider that retries.")] = 1,
    server: Annotated[str, typer.Option(envvar="ANSWERBACK_PUBLIC_URL", help="The running server.")] = "",
) -> None:
    """Send a provider's webhook, correctly signed, at a running server."""
    setting_up.prepare(announce=console.print)
    from django.conf import settings  # noqa: PLC0415  Django is set up by `prepare`

    from answerback.server import wiring  # noqa: PLC0415
    from answerback.workflow import clock  # noqa: PLC0415

    wiring.wire()

    maker, ours = _maker(provider, line, server or settings.PUBLIC_URL or settings.LOCAL_URL)
    match what:
        case What.text:
            request = maker.text(caller=caller, line=ours, body=body, message=message)
        case What.receipt:
            request = maker.receipt(message=message, status=status, to=caller, line=ours)
        case What.missed:
            request = maker.missed(caller=caller, line=ours, now=clock.now(), call=call)
        case What.answered:
            request = maker.answered(caller=caller, line=ours, now=clock.now(), call=call)
        case What.voicemail:
            request = maker.voicemail(caller=caller, line=ours, now=clock.now(), call=call)
        case _:
            assert_never(what)
    statuses = [_send(request) for _ in range(times)]
    raise typer.Exit(0 if all(200 <= each < 300 for each in statuses) else 1)


def _maker(provider: str, line: str, server: str) -> tuple[HookMaker, str]:
    """What makes this provider's webhooks, and the line they are for."""
    from answerback.store import models  # noqa: PLC0415  Django is set up by now
    from answerback.workflow.directory import account  # noqa: PLC0415

    try:
        adapter = phone(provider)
    except LookupError:
        raise typer.BadParameter(f"There is no provider {provider}. There are: {', '.join(phones())}.") from None
    lines = models.Line.objects.filter(connection__provider=provider).order_by("id")
    found = (lines.filter(number=line) if line else lines).first()
    ours = account(found.connection_id) if found else None
    if found is None or ours is None:
        known = ", ".join(each.number for each in lines[:5]) or "none yet"
        raise typer.BadParameter(f"No line {line} on a {provider} connection. Lines: {known}.", param_hint="--to")
    if not isinstance(adapter, MakesHooks):
        raise typer.BadParameter(f"Webhooks of {provider} cannot be made here.")
    return adapter.hooks(ours.connection, server), found.number


def _send(request: SignedRequest) -> int:
    console.print(f"POST {request.url}")
    try:
        answer = httpx.post(request.url, content=request.body, headers=dict(request.headers), timeout=20)
    except httpx.HTTPError as problem:
        console.print(f"No answer: {problem}. Is the server running? Start it with: answerback up")
        return 0
    console.print(f"{answer.status_code} {answer.text.strip()[:200]}", markup=False)
    return answer.status_code
