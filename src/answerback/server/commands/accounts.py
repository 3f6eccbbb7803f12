"""`answerback invite`, `agency`, `password`: the first people of an installation, and the way back in."""

import os
import secrets
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console

from answerback.server import listening_at, processes, setting_up
from answerback.server.environment import database_name, var_folder

console = Console(highlight=False)

MOST_NAMED = 20


def invite(
    email: Annotated[str, typer.Argument(help="The e-mail address this person will sign in with.")],
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Into the demo that runs; it has a database of its own.")
    ] = False,
) -> None:
    """Print a link with which somebody sets up the first business and becomes its owner."""
    if demo:
        _go_to_the_demo()
    _prepare()
    from answerback.workflow import people  # noqa: PLC0415  Django is set up by now

    _show(people.make_first_link(email), email)
    if not demo:
        _say_that_the_demo_does_not_know_it(email)


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

    known = dict(models.Business.objects.order_by("id").values_list("id", "name"))
    if missing := [str(each) for each in business or [] if each not in known]:
        there = ", ".join(f"{id} {each}" for id, each in list(known.items())[:MOST_NAMED]) or "none yet"
        raise typer.BadParameter(f"There is no business {', '.join(missing)}. Businesses here: {there}.")
    made, _ = models.Agency.objects.get_or_create(name=name)
    models.Business.objects.filter(id__in=business or []).update(agency=made)
    for row in models.Business.objects.filter(id__in=business or []):
        people.seat_admins(row)
    _show(people.make_first_link(email, agency=made.id), email)


def password(email: Annotated[str, typer.Argument(help="Whose password.")]) -> None:
    """Give somebody a new password, and take their second step away; every browser of theirs is signed out."""
    _prepare()
    from answerback.console.accounts import second_step  # noqa: PLC0415  Django is set up by now
    from answerback.store import models  # noqa: PLC0415
    from answerback.workflow import audit  # noqa: PLC0415

    user = models.User.objects.filter(email__iexact=email).first()
    if user is None:
        raise typer.BadParameter(f"Nobody signs in as {email}. Invite them: answerback invite {email}")
    new = secrets.token_urlsafe(9)
    user.set_password(new)
    user.save(update_fields=["password"])
    second_step.take_away(user.id)
    audit.note_person(user.id, "door:password_given", "")
    console.print(f"{user.email} signs in with {new} and sets the second step up anew.", soft_wrap=True)


def _go_to_the_demo() -> None:
    var = var_folder()
    if not listening_at.address(var, listening_at.DEMO):
        console.print(
            f"No demo runs in the folder {var}. Start it in another terminal: {processes.program()} demo. "
            "Where it runs in another folder, name that in ANSWERBACK_VAR.",
            soft_wrap=True,
        )
        raise typer.Exit(1)
    if server := os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{setting_up.DEMO_DATABASE}").geturl()
    os.environ["ANSWERBACK_DATABASE"] = setting_up.DEMO_DATABASE


def _say_that_the_demo_does_not_know_it(email: str) -> None:
    """Nothing where this installation runs itself: its link leads to another port than the demo's."""
    var, ours = var_folder(), processes.program()
    at = listening_at.address(var, listening_at.DEMO)
    if at and not listening_at.address(var, database_name()):
        console.print(
            f"The demo at {at} does not know this link: it has a database of its own. Stop the demo and start "
            f"{ours} up, or invite into the demo: {ours} invite --demo {email}",
            soft_wrap=True,
        )


def _prepare() -> None:
    setting_up.prepare(announce=console.print)
    setting_up.migrate()


def _show(token: str, email: str) -> None:
    from django.urls import reverse  # noqa: PLC0415

    from answerback.workflow import ways_in  # noqa: PLC0415

    address = ways_in.public() + reverse("console:join", args=[token])
    console.print(f"For {email}, once, within seven days:\n{address}", soft_wrap=True)
