"""Stays connected to a switchboard: signs in, catches up on what happened meanwhile, then tells what happens.

No call is lost while the hangup handler is in the dialplan: it writes each call into Asterisk's own database, and a
call is taken out of it only after it is kept here. Without the handler a call that began and ended between two
connections is not seen; one that we had seen begin ends as unknown.
"""

from collections.abc import Mapping
from contextlib import suppress

from answerback.adapters.asterisk import record
from answerback.adapters.asterisk.ami import Ami, Message, connect
from answerback.adapters.asterisk.tracker import Tracker
from answerback.ports.connection import Connection
from answerback.ports.errors import Malformed, Refused
from answerback.ports.listening import Ear
from answerback.ports.phone import Happened

FAMILY = "answerback"
"""The family in Asterisk's database, and the name of the event, that the hangup handler writes."""

PORT, TLS_PORT = 5038, 5039


def listen(connection: Connection, tracker: Tracker, ear: Ear) -> None:
    """Hear one connection until it breaks or `ear.stopping`; raises `Unavailable` or `Refused`."""
    with signed_in(connection.settings) as ami:
        _catch_up(ami, tracker, ear)
        ear.connected()
        for message in ami.messages():
            if ear.stopping:
                return
            if message is not None:
                _hear(ami, message, tracker, ear)


def signed_in(settings: Mapping[str, str]) -> Ami:
    """A connection that is signed in; raises `Unavailable` or `Refused`."""
    host, user, secret = (settings.get(name, "").strip() for name in ("host", "user", "secret"))
    if not host or not user or not secret:
        raise Refused(
            "This connection has no host, no manager user or no secret.", failure="sender_unregistered", code="login"
        )
    tls = settings.get("tls") == "yes"
    port = settings.get("port", "").strip()
    number = int(port) if port.isdecimal() and len(port) < 6 else TLS_PORT if tls else PORT
    ami = connect(host, number, tls=tls)
    try:
        ami.sign_in(user, secret)
    except BaseException:
        ami.wire.close()
        raise
    return ami


def _catch_up(ami: Ami, tracker: Tracker, ear: Ear) -> None:
    """What the hangup handler wrote down while we were away, then which calls there are now."""
    for entry in ami.ask_for_list("DBGetTree", "DBGetTreeComplete", Family=FAMILY):
        key = entry.get("Key", "").rpartition("/")[2]
        _keep_record(ami, key, entry.get("Val", ""), tracker, ear)
    channels = ami.ask_for_list("CoreShowChannels", "CoreShowChannelsComplete")
    _keep(tracker.present(channels, ear.now()), tracker, ear)


def _hear(ami: Ami, message: Message, tracker: Tracker, ear: Ear) -> None:
    if message.get("Event") == "UserEvent" and message.get("UserEvent", "").lower() == FAMILY:
        _keep_record(ami, message.get("Uniqueid", ""), message.get("Record", ""), tracker, ear)
    else:
        _keep(tracker.heard(message, ear.now()), tracker, ear)


def _keep_record(ami: Ami, key: str, line: str, tracker: Tracker, ear: Ear) -> None:
    """Keep what one record says, then let Asterisk forget it: in this order, so that a crash loses nothing."""
    with suppress(Malformed):  # somebody else's entry, or a handler that was changed: it would never become readable
        told = record.facts(record.fields(line), tracker.plan, ear.now())
        if facts := [fact for fact in told if isinstance(fact, Happened)]:
            ear.keep(facts)
    if key:
        ami.ask("DBDel", Family=FAMILY, Key=key)


def _keep(facts: list[Happened], tracker: Tracker, ear: Ear) -> None:
    """Keep these facts and those that could not be kept before; they are not forgotten until they are kept."""
    tracker.unkept += facts
    if tracker.unkept:
        ear.keep(tuple(tracker.unkept))
        tracker.unkept.clear()
