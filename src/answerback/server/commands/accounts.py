"""`answerback invite`, `agency`, `password`: the first people of an installation, and the way back in."""

import secrets
from typing import Annotated

import typer
from rich.console import Console

from answerback.server import setting_up

console = Console(highlight=False)


def invite(email: Annotated[str, typer.Argument(help="The e-mail address this person will sign in with.")]) -> None:
    """Print a link with which somebody sets up the first business and becomes its owner."""
    _prepare()
    from answerback.workflow import people  # noqa: PLC0415  Django is set up by now

    _show(people.make_first_link(email), email)


def agency(
    name: Annotated[str, typer.Argument(help="What the agency is called.")],
    email: Annotated[str, typer.Argument(help="Its first admin's e-mail address.")],
    *,
    business: Annotated[list[int] | None, typer.Option(help="The number of a business it looks after.")] = None,
) -> None:
    """Make an agency and print a link for its first admin."""
    _prepare()
    from answerback.store import models  # noqa: PLC0415
    from answerback.workflow import people  # noqa: PLC0415

    made, _ = models.Agency.objects.get_or_create(name=name)
    for row in models.Business.objects.filter(id__in=business or []):
        models.Business.objects.filter(id=row.id).update(agency=made)
    _show(people.make_first_link(email, agency=made.id), email)


def password(email: Annotated[str, typer.Argument(help="Whose password.")]) -> None:
    """Give somebody a new password, and take their second step away; every browser of theirs is signed out."""
    _prepare()
    from answerback.console.accounts import second_step  # noqa: PLC0415  Django is set up by now
    from answerback.store import models  # noqa: PLC0415

    user = models.User.objects.filter(email__iexact=email).first()
    if user is None:
        raise typer.BadParameter(f"Nobody signs in as {email}. Invite them: answerback invite {email}")
    new = secrets.token_urlsafe(9)
    user.set_password(new)
    user.save(update_fields=["password"])
    second_step.take_away(user.id)
    console.print(f"{user.email} signs in with {new} and sets the second step up anew.", soft_wrap=True)


def _prepare() -> None:
    setting_up.prepare(announce=console.print)
    setting_up.migrate()


def _show(token: str, email: str) -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    root = settings.PUBLIC_URL or settings.LOCAL_URL
    address = root + reverse("console:join", args=[token])
    console.print(f"For {email}, once, within seven days:\n{address}", soft_wrap=True)
