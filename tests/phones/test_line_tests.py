"""A real call tries a line's forwarding out: it comes back and all is well, or people hear of it."""

from typing import TYPE_CHECKING

import pytest

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import line_alarms, line_health, line_tests
from answerback.workflow.actors import NotAllowed

if TYPE_CHECKING:
    from tests.services import Mailbox

ANN, SHOP = "+15125550131", "+15125550166"


def found(name: str) -> tuple[str, str]:
    row = models.LineFinding.objects.get(name=name)
    return row.level, row.says


def tried(world: World, line: models.Line) -> tuple[str, str]:
    """What the finding says once a test call was made and its three minutes are over."""
    due = line_tests.of_line(line.id)
    assert due is not None
    assert line_tests.place(due)
    world.run(minutes=4)
    line_tests.run()
    line_health.check_all()
    return found("forwarding")


def test_forwarding_is_tried_out_and_a_lost_call_alarms_at_the_second(world: World) -> None:
    line = models.Line.objects.get()
    line_tests.watch(line, "(512) 555-0166", 0)
    assert tried(world, line) == ("green", f"A test call to {SHOP} came to us.")
    assert (world.lead(line.number), world.texts_to(line.number)) == (None, ())

    world.phones.add_handset(SHOP, "The shop", failure="unreachable")
    assert tried(world, line) == ("amber", f"A test call to {SHOP} did not come to us.")
    assert tried(world, line) == ("red", f"Two test calls to {SHOP} did not come to us.")
    assert world.broken_promises() == ()


def test_forwarding_of_every_call_is_seen_by_a_test_call_that_comes_at_once(world: World) -> None:
    """Twilio does not say why a call was sent on to us; how soon a test call comes does."""
    line = models.Line.objects.get()
    line_tests.watch(line, SHOP, 0)
    world.phones.add_handset(SHOP, "The shop", failure="unreachable")
    at_once = f"The test call to {SHOP} came to us at once, without ringing there."
    for level, says in (("amber", at_once), ("red", f"Two test calls to {SHOP} came to us at once: it never rings.")):
        due = line_tests.of_line(line.id)
        assert due is not None
        assert line_tests.place(due)
        world.run(seconds=2)
        world.tell(line.number, "ringing", call=f"at-once-{level}")
        world.run(minutes=4)
        line_tests.run()
        line_health.check_all()
        assert found("forwarding") == (level, says)
    assert "Cancel unconditional forwarding" in models.LineFinding.objects.get(name="forwarding").fix


def test_test_calls_are_made_in_the_middle_of_working_days_and_no_oftener_than_asked(world: World) -> None:
    line = models.Line.objects.get()
    made = []
    for every_days in (0, 7):
        line_tests.watch(line, SHOP, every_days)
        made.append(line_tests.run())
    for until in ("2026-03-10 15:00", "2026-03-17 09:59", "2026-03-17 10:00", "2026-03-21 12:00"):
        world.run(until=until)
        made.append(line_tests.run())
    assert made == [0, 1, 0, 0, 1, 0]
    assert list(models.LineTest.objects.order_by("id").values_list("state", flat=True)) == ["reached", "reached"]


@pytest.mark.parametrize(("shop", "why"), [("call me", "like +15125550177"), ("+15125550100", "this line itself")])
def test_number_that_cannot_be_the_shops_is_refused(world: World, shop: str, why: str) -> None:
    line = models.Line.objects.get()
    with pytest.raises(NotAllowed, match=why.replace("+", r"\+")):
        line_tests.watch(line, line.number if "itself" in why else shop, 7)


def test_blocking_error_of_the_only_line_is_told_by_e_mail_within_two_minutes(world: World, mailbox: "Mailbox") -> None:
    """The line that is blocked cannot tell anybody itself; a mail server that is away is asked again."""
    models.Member.objects.filter(role="owner").update(email="dana@example.com")
    world.provider.refuse(failure="sender_unregistered")
    mailbox.says = "451 later"
    world.call(ANN)
    world.run(minutes=1)
    line_health.check_all()
    assert (line_alarms.send_due(), mailbox.letters) == (0, [])
    mailbox.says = "250 OK"
    world.run(minutes=1)
    line_health.check_all()
    assert line_alarms.send_due() == 1
    (letter,) = mailbox.letters
    assert letter["To"] == "Dana <dana@example.com>"
    assert "needs you" in letter["Subject"]
    assert "Finish the number's registration at the provider" in " ".join(
        letter.get_body(("plain",)).get_content().split()
    )
    assert line_alarms.send_due() == 0, "people are told once"
