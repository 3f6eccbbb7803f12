"""A voicemail of a hidden number that comes minutes after its call asks a person once, and is there to be heard."""

import re
from typing import TYPE_CHECKING, Any

from answerback.store import models
from answerback.workflow import attachments, setup

if TYPE_CHECKING:
    from answerback.testing.world import World

HIDDEN = "withheld"


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_late_voicemail_of_a_hidden_number_is_asked_for_once_and_can_be_heard(world: "World", as_person: Any) -> None:
    """The button on today's page said Answer, of somebody whom nobody can text or call."""
    setup.add_member(world.shop.business, "Bob", "desk", email="bob@example.com", password="a long password")
    desk = as_person("bob@example.com")
    call = world.call(HIDDEN)
    world.run(minutes=5)
    assert (world.todos(HIDDEN), "Withheld number" in desk.get("/").content.decode()) == ((), False)
    world.tell(HIDDEN, "voicemail", call=call, seconds=9, media="https://recordings.example/9.wav")
    world.run(minutes=1)
    world.tell(HIDDEN, "transcript", call=call, text="Please call me about the boiler, 512 555 0131")
    world.redeliver(2, last=2)
    world.run(minutes=30)
    (todo,) = world.todos(HIDDEN)
    talk = models.Conversation.objects.get()
    today = desk.get("/").content.decode()
    assert _words(today).count("Voicemail from a hidden number: listen to it") == 1
    button = re.findall(rf'id="answer-{todo.id}" href="([^"]+)">([^<]+)<', today)
    assert button == [(f"/c/{talk.id}", "Open")]
    attachments.fetch_due()
    (heard,) = re.findall(r'<audio[^>]*src="(/media/\d+)"', desk.get(button[0][0]).content.decode())
    sound = desk.get(heard)
    assert (sound.status_code, sound["Content-Type"].partition("/")[0]) == (200, "audio")
    desk.post(f"/todos/{todo.id}/close", {"outcome": "reached"})
    assert "listen to it" not in _words(desk.get("/").content.decode())
