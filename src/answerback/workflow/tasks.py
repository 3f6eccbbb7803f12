"""Background tasks: upkeep of what is kept, on a timetable. Each may run twice or late without harm."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from answerback.store import models
from answerback.store.queries import alerts, notices, outside
from answerback.store.queries import crm as crm_rows
from answerback.store.queries.rows import Cursor
from answerback.workflow import (
    advice,
    audit,
    busy_times,
    clock,
    copying,
    crm_changes,
    crm_report,
    entries,
    experiments,
    host_watch,
    idempotency,
    invitations,
    keeping,
    large_files,
    library,
    line_alarms,
    line_health,
    line_tests,
    look_ups,
    measuring,
    monthly,
    one_by_one,
    phones,
    queue,
    studio,
    sweeps,
    transaction,
    unheard,
    uploads,
    weekly,
)
from answerback.workflow import attachments as fetching

SECURITY_EVENTS_KEPT = timedelta(days=90)


@app.periodic(cron="17 3 * * *")
@app.task(name="answerback.forget", retry=RetryStrategy(max_attempts=5, exponential_wait=4), queueing_lock="forget")
def forget(timestamp: int) -> None:  # noqa: ARG001  Procrastinate hands over the time of the timetable
    """Forget what is past its time: security events after 90 days, what was said when its business says."""
    transaction.run(lambda cursor: _forget(cursor, clock.now()))


@app.periodic(cron="*/10 * * * *")
@app.task(name="answerback.forget_removed", queueing_lock="forget_removed")
def forget_removed(timestamp: int) -> None:  # noqa: ARG001  as above
    """Every ten minutes: forget what removed webhooks and alert ways held, and tables that were chosen a day ago."""
    transaction.run(lambda cursor: notices.forget_removed(cursor, clock.now()))
    transaction.run(lambda cursor: alerts.forget_removed(cursor, clock.now()))
    transaction.run(lambda _: uploads.forget(clock.now()))


@app.periodic(cron="* * * * *")
@app.task(name="answerback.measure", queueing_lock="measure", lock="measure")
def measure(timestamp: int) -> None:  # noqa: ARG001  as above
    """Measure the leads of every business that something happened to since the last time."""
    one_by_one.each(measuring.refresh, measuring.businesses(), "measure.broken business=%s")


@app.periodic(cron="41 2 * * *")
@app.task(name="answerback.measure_all", queueing_lock="measure_all", lock="measure")
def measure_all(timestamp: int) -> None:  # noqa: ARG001  as above
    """Measure every lead again: the receipts that came days late, and a new version of the definitions."""
    one_by_one.each(measuring.recount, measuring.businesses(), "measure.broken business=%s")


@app.periodic(cron="23 * * * *")
@app.task(name="answerback.guard_wordings", queueing_lock="guard_wordings")
def guard_wordings(timestamp: int) -> None:  # noqa: ARG001  as above
    """Every hour: pause variants of wordings that make people say stop or complain."""
    experiments.guard_all()


@app.periodic(cron="*/10 * * * *")
@app.task(name="answerback.weekly", queueing_lock="weekly", lock="weekly")
def tell_owners(timestamp: int) -> None:  # noqa: ARG001  as above
    """Every ten minutes: tell the owners whose Monday morning it is about their week, each once."""
    weekly.run()


@app.periodic(cron="*/30 * * * *")
@app.task(name="answerback.monthly", queueing_lock="monthly", lock="monthly")
def tell_agencies(timestamp: int) -> None:  # noqa: ARG001  as above
    """Every half hour: send agency admins whose first morning of the month it is last month on paper, each once."""
    monthly.run()


@app.periodic(cron="25 * * * *")
@app.task(name="answerback.host_names", queueing_lock="host_names", lock="host_names")
def look_at_host_names(timestamp: int) -> None:  # noqa: ARG001  as above
    """Every hour: look at agencies' host names whose day it is; tell their admins of one that leads here no more."""
    host_watch.run()


@app.periodic(cron="* * * * *")
@app.task(name="answerback.left_behind", queueing_lock="left_behind", priority=20)
def left_behind(timestamp: int) -> None:  # noqa: ARG001  as above
    """Every minute: tasks whose process died wait for another."""
    transaction.run(queue.take_up)


@app.task(name=queue.CALENDAR)
def calendar(calendar: int) -> None:
    """Bring one outside calendar up to date: write what waits for it, read it when it is its turn.

    It is not retried as a task: the rows say when it is due again, and `calendars` looks at them every minute.
    """
    entries.write_due(calendar)
    if transaction.run(lambda cursor: calendar in outside.due(cursor, clock.now())):
        busy_times.read(calendar)


@app.periodic(cron="* * * * *")
@app.task(name="answerback.calendars", queueing_lock="calendars")
def calendars(timestamp: int) -> None:  # noqa: ARG001  Procrastinate hands over the time of the timetable
    """Let every calendar that is due be brought up to date: whatever was lost on the way is found here."""
    for due in transaction.run(lambda cursor: outside.due(cursor, clock.now())):
        queue.defer_calendar(due)
    invitations.send_due()


@app.task(name=queue.CRM)
def crm(crm: int) -> None:
    """Bring one CRM up to date: read what changed there when it is its turn, then copy what waits for it.

    It is not retried as a task: the rows say when they are due again, and `crms` looks at them every minute.
    """
    models.OutsideCrm.objects.filter(id=crm).update(asked_at=None)
    crm_changes.read_due(crm)
    copying.copy_due(crm)


@app.periodic(cron="* * * * *")
@app.task(name="answerback.crms", queueing_lock="crms")
def crms(timestamp: int) -> None:  # noqa: ARG001  as above
    """Let every CRM that has something due be brought up to date: whatever was lost on the way is found here."""
    for due in transaction.run(lambda cursor: crm_rows.due_crms(cursor, clock.now())):
        queue.defer_crm(due)


@app.task(name=queue.COMPARE)
def compare_crm(crm: int) -> None:
    """Compare ours with a CRM and keep what differs."""
    crm_report.make(crm)


@app.task(name=queue.INVITATIONS)
def send_invitations() -> None:
    """Send the invitations that are due; what fails says in its row when it is due again."""
    invitations.send_due()


@app.task(name=queue.END_OF_SEEING)
def end_of_seeing(business: int, member: int, name: str, whose: str, since: float) -> None:
    """The hour is over in which somebody saw the console as another member; who came back has it written down."""
    began = datetime.fromtimestamp(since, tz=UTC)
    ended = audit.Noted(
        business=business, member=member, name=name, act="see_as", what="console:see_as_myself", seen_as=whose
    )
    audit.note_end_of_seeing(ended, began)


@app.task(name="answerback.advise", priority=10)
def advise(event: int) -> None:
    """Ask the language model about one text; its turn waits some seconds for this."""
    advice.put(event)


@app.task(name=queue.LOOK_UPS)
def look_up_numbers() -> None:
    """Ask providers about numbers that are about to be texted."""
    while look_ups.run():
        pass


@app.periodic(cron="* * * * *")
@app.task(name="answerback.look_ups_again", queueing_lock="look_ups_again", lock="look_ups")
def look_ups_again(timestamp: int) -> None:  # noqa: ARG001  as above
    """Every minute: ask again where a provider was away."""
    look_ups.run()


@app.task(name=queue.ATTACHMENTS)
def attachments() -> None:
    """Fetch the pictures and recordings that are due; their rows say when those that could not be had are due again."""
    while fetching.fetch_due():
        pass


@app.periodic(cron="* * * * *")
@app.task(name="answerback.attachments_again", queueing_lock="attachments_again", lock="attachments")
def attachments_again(timestamp: int) -> None:  # noqa: ARG001  as above
    """Every minute: fetch what a provider did not hand out before, and what was lost on the way."""
    fetching.fetch_due()


@app.task(name=queue.VIDEO)
def video(video: int) -> None:
    """Convert or draw one video; its row says how far it is, and what went wrong."""
    studio.work(video)


@app.periodic(cron="* * * * *")
@app.task(name="answerback.videos", queueing_lock="videos")
def videos(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: videos whose worker died are taken up again."""
    for lost in studio.lost():
        queue.defer_video(lost)


@app.task(name=queue.TABLE)
def table(upload: int) -> None:
    """Take one large table in; its row says how far it is, and what is wrong with it."""
    large_files.work(upload)


@app.periodic(cron="* * * * *")
@app.task(name="answerback.tables", queueing_lock="tables")
def tables(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: tables whose worker died are taken up again."""
    for lost in large_files.lost():
        queue.defer_table(lost)


@app.periodic(cron="53 3 * * *")
@app.task(name="answerback.unfinished_uploads", queueing_lock="unfinished_uploads")
def unfinished_uploads(timestamp: int) -> None:  # noqa: ARG001
    """Every night: uploads of videos that nobody goes on with are given up."""
    library.give_up_unfinished()


@app.periodic(cron="* * * * *")
@app.task(name="answerback.look_after", queueing_lock="look_after")
def look_after(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: look after each connection, and see from our rows whether each line does its work."""
    steps: tuple[Callable[[], int], ...] = (
        sweeps.look_after_all,
        line_tests.run,
        line_health.check_all,
        line_alarms.send_due,
        unheard.send_due,
        phones.ask_due,
    )
    one_by_one.each(lambda step: step(), steps, "look_after.broken step=%s", lambda step: step.__module__)


@app.periodic(cron="*/15 * * * *")
@app.task(name="answerback.ask_providers", queueing_lock="ask_providers")
def ask_providers(timestamp: int) -> None:  # noqa: ARG001
    """Every quarter of an hour: ask the providers too how their connections and our numbers are."""
    line_health.check_all(ask=True)


@app.periodic(cron="40 3 * * *")
@app.task(name="answerback.sweep", retry=RetryStrategy(max_attempts=3, exponential_wait=60), queueing_lock="sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001
    """Every night: read each provider's lists of calls and texts, and keep what no report told us."""
    sweeps.look_after_all(all_of_them=True)


def _forget(cursor: Cursor, now: datetime) -> None:
    cursor.execute("DELETE FROM security_event WHERE at < %s", [now - SECURITY_EVENTS_KEPT])
    idempotency.forget(cursor, now)
    notices.forget(cursor, now)
    alerts.forget(cursor, now)
    keeping.forget(cursor, now)
