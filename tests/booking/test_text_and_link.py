"""The last opening, taken by text and by link in the same instant: one is confirmed, the other offered others."""

import threading
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from answerback.engine.events import TextReceived
from answerback.engine.state import State
from answerback.store import codec, models
from answerback.store.queries import ledger
from answerback.workflow import bookings, transaction, turn
from answerback.workflow.bookings import Taken

THURSDAY_9 = datetime(2026, 3, 12, 9, tzinfo=ZoneInfo("America/Chicago"))
ANSWERS = {"service": "toilet", "urgency": "soon", "area": "Austin 78704", "name": "Tom", "address": "3 Oak Ave"}


def test_one_is_told_yes_whoever_was_faster(shop: Any, moment: Any) -> None:
    bookings.book(shop.customer(1).token, THURSDAY_9)  # Only Eva is left.
    maria, tom = shop.customer(2), shop.customer(3, name="Tom")
    _offered(tom.conversation, THURSDAY_9)
    _texts(tom.conversation, "1", moment.now, shop.line.number)
    gate, link = threading.Barrier(2), []

    def by_link() -> None:
        gate.wait()
        try:
            link.append(bookings.book(maria.token, THURSDAY_9).starts_at)
        except Taken as taken:
            link.append(taken)
        finally:
            connection.close()

    def by_text() -> None:
        gate.wait()
        try:
            turn.run()
        finally:
            connection.close()

    threads = [threading.Thread(target=each) for each in (by_link, by_text)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    turn.run()
    assert sorted(shop.calendar()) == [("booked", "Dan", "Thu 09:00"), ("booked", "Eva", "Thu 09:00")]
    said = list(
        models.Message.objects.filter(conversation=tom.conversation, author="machine").values_list("purpose", flat=True)
    )
    assert said == (["times"] if link == [THURSDAY_9] else ["booked"])


def _offered(conversation: models.Conversation, start: datetime) -> None:
    state = State(
        phase="offered", service="toilet", answers=ANSWERS, asked="@time", asked_about="time", offers=(start,)
    )
    models.Conversation.objects.filter(id=conversation.id).update(state=codec.plain(codec.encode_state(state)))


def _texts(conversation: models.Conversation, words: str, at: datetime, line: str) -> None:
    event = TextReceived(at=at, line=line, text=words)
    own = ledger.Own(business=conversation.business_id, conversation=conversation.id, event=event, bump=1)
    transaction.run(lambda cursor: ledger.record(cursor, [own], at))
