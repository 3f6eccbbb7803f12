"""One conversation: its timeline, what is known, what goes out next, and what staff can do about it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import connection as database
from django.db.backends.utils import CursorWrapper
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import acts, amounts, lists, paging, pressed, reply_box, said, snippets, thread, words
from answerback.console.guard import WAITED, Visit, seated
from answerback.console.moments import Moment, due, moment, weekday_and_time
from answerback.console.refused import Refused
from answerback.console.steps import next_step, plan_form, step_due
from answerback.console.taught import Teaches, teaches
from answerback.engine import segments
from answerback.engine.effects import OVER
from answerback.engine.holding_back import is_planned, would_be
from answerback.engine.measures import LOST_REASONS
from answerback.engine.playbook import Playbook
from answerback.store import codec, ids, models
from answerback.store.queries import access, calls, conversations, inbox, learned, news, timeline
from answerback.store.queries.calls import CallRow
from answerback.store.queries.staff_texts import OWN as OWN_PEOPLE
from answerback.workflow import desk, desk_bookings, directory, mistakes, once
from answerback.workflow.attachments import MOST_BYTES
from answerback.workflow.desk import HeldByAnother, NotAllowed
from answerback.workflow.handling import Undo

MOST_CALLS = 3
MOST_TODOS, MOST_AMOUNTS, MOST_NEXT, MOST_QUICK = 8, 8, 4, 3
"""Beside the timeline so many are shown, and how many more there are: with its forms each weighs a kilobyte or more."""


@require_safe
@seated
def show(visit: Visit, id: int) -> HttpResponse:
    """The conversation."""
    version = _version(visit, id)
    return page(visit, access.conversation_for(visit.user, id), version=version)


@require_safe
@seated
def live(visit: Visit, id: int) -> HttpResponse:
    """What changes by itself; 204 while the version the page has (`v`) is still right. With `before` what happened
    earlier than the page shows, once.
    """
    asked = visit.request.GET
    # Asked each second, so before the conversation is fetched with all that belongs to it.
    version = _version(visit, id)
    if version and asked.get("v") == version:
        return HttpResponse(status=204)
    conversation = access.conversation_for(visit.user, id)
    if (before := paging.moment(asked.get("before", ""))) is not None:
        there = visit.at(conversation.business_id)
        part = thread.before(timeline.of_conversation(conversation.id), there, before)
        return render(visit.request, "console/talk_earlier.html", {"conversation": conversation, "part": part})
    shown = _context(visit, conversation, version, live=True)
    if shown["lead"] and asked.get("lead") == "none":  # made since the page was drawn, which has nothing yet to end it
        shown |= _quick(visit.at(conversation.business_id), conversation, shown) | {"lead_came": True}
    return render(visit.request, "console/conversation_live.html", shown)


@require_POST
@seated
def take_over(visit: Visit, id: int) -> HttpResponse:
    """The machine is silent from here on. Who saw that nobody had it (`free`) takes it from nobody who has it since."""
    conversation = access.conversation_for(visit.user, id)
    actor, free = visit.at(conversation.business_id).actor, visit.request.POST.get("free") == "yes"
    try:
        undo = desk.take_over(conversation.id, actor, free=free)
        said.done_or_so_already(visit, _("It is yours. The machine is silent."), undo, _("It is yours already."))
    except HeldByAnother as problem:
        values = {"name": problem.name}
        meanwhile = _("%(name)s has taken this conversation over meanwhile. Nothing was changed.") % values
        said.refused(visit.request, NotAllowed(meanwhile))
    return redirect(said.talk(visit.request, id))


@require_POST
@seated
def hand_back(visit: Visit, id: int) -> HttpResponse:
    """The machine may speak again."""
    conversation = access.conversation_for(visit.user, id)
    try:
        undo = desk.hand_back(conversation.id, visit.at(conversation.business_id).actor)
        done = _("Handed back. %(brand)s answers their next text.") % {"brand": visit.brand}
        said.done_or_so_already(visit, done, undo, _("No person has it, so there is nothing to hand back."))
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return redirect(said.talk(visit.request, id))


@require_POST
@seated
def connect(visit: Visit, id: int) -> HttpResponse:
    """Ring this member's own phone, and the customer once they press 1."""
    conversation = access.conversation_for(visit.user, id)
    try:
        if WAITED in visit.request.headers:  # whoever pressed it has called by other means, or has no time any more
            raise NotAllowed(_("A call is not placed later. Press it again if you still want to be connected."))
        desk.connect(conversation.id, visit.at(conversation.business_id).actor)
        messages.success(visit.request, _("Your phone rings in a moment. Press 1 to be connected."))
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    if visit.request.POST.get("back") == "todos":
        return redirect("console:todos")
    return said.back(visit, said.talk(visit.request, id))


@require_POST
@seated
def reply(visit: Visit, id: int) -> HttpResponse:
    """Text the customer. What was refused stays in the box, with why."""
    conversation = access.conversation_for(visit.user, id)
    body = reply_box.body(visit)
    known = ids.read(visit.request.POST.get("sure", ""))
    writing = visit.request.POST.get("writing", "")
    try:
        actor, picture = visit.at(conversation.business_id).actor, reply_box.picture(visit)

        def text() -> Undo:
            return desk.text(
                conversation.id, actor, body, picture=picture, wait=desk.UNSENT, known=known, writing=writing
            )

        undo = pressed.once_a_page(visit, body, text)
        said.done(visit.request, _("On its way."), undo)
    except HeldByAnother as problem:
        reply_box.ask_for_the_picture_again(visit)
        conversation = access.conversation_for(visit.user, id)  # whose it is since it was looked up
        return page(visit, conversation, draft=body, status=409, more={"confirm": problem})
    except NotAllowed as problem:
        said.refused(visit.request, problem)
        reply_box.ask_for_the_picture_again(visit)
        return page(visit, conversation, draft=body, status=409)
    except once.BeingDone:
        messages.info(visit.request, _("This is being done already."))
    return redirect(said.talk(visit.request, id))


@require_POST
@seated
def plain(visit: Visit, id: int) -> HttpResponse:
    """What the text in the box costs, and the same in plain characters; nothing is sent."""
    conversation = access.conversation_for(visit.user, id)
    body = reply_box.body(visit)
    messages.info(visit.request, words.cost(body))
    return page(visit, conversation, draft=segments.make_plain(body))


@require_POST
@seated
def stop(visit: Visit, id: int) -> HttpResponse:
    """The customer told us to stop texting."""
    conversation = access.conversation_for(visit.user, id)
    stood = _is_stopped(conversation) and conversation.ended_at is not None
    undo = mistakes.told_to_stop(conversation.id, visit.at(conversation.business_id).actor)
    if stood and undo is None:
        said.done_or_so_already(visit, "", undo, _("They had said stop already."))
    else:
        said.done(visit.request, _("No text goes to this number any more. They can text START to change that."), undo)
    return redirect(said.talk(visit.request, id))


@require_POST
@seated
def called(visit: Visit, id: int) -> HttpResponse:
    """Somebody phoned the customer by other means than ours."""
    conversation = access.conversation_for(visit.user, id)
    talked = visit.request.POST.get("talked") == "yes"
    actor = visit.at(conversation.business_id).actor
    undo = desk.called_back(conversation.id, actor, conversation.line.number, talked=talked)
    said.done(visit.request, _("Noted: you talked.") if talked else _("Noted: nobody reached."), undo)
    return redirect(said.talk(visit.request, id))


def page(
    visit: Visit,
    conversation: models.Conversation,
    draft: str = "",
    status: int = 200,
    *,
    more: Mapping[str, Any] | None = None,
    refused: Refused | None = None,
    version: str = "",
) -> HttpResponse:
    """The page of a conversation, with these words in the box; `more` stands in place of what it would show. Without
    the `version` it had before it was fetched it looks for news at once.
    """
    there = visit.at(conversation.business_id)
    kept = [] if draft else conversations.drafts(conversation.id, there.seat.member)
    box = {
        "draft": draft or (kept[-1][1] if kept else ""),
        "drafts": json.dumps(dict(kept)) if kept else "",
        "most_bytes": MOST_BYTES,
    }
    shown = _context(there, conversation, version)
    box["only_notes"] = bool(shown["stopped"] or not (shown["tel"] or conversation.contact.number == OWN_PEOPLE))
    shown |= box | _quick(there, conversation, shown) | dict(more or {})
    if refused and refused.form == "money" and refused.id not in {each.id for each in shown["money"] if each.stands}:
        messages.error(visit.request, refused.problem)  # it was taken back meanwhile, and no form of it is left
    return there.page("console/conversation.html", shown, status=status, refused=refused)


def _quick(visit: Visit, conversation: models.Conversation, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What stands above the box, in one tap."""
    filled = snippets.filled(visit, conversation.contact.name)
    held = desk_bookings.held(conversation.id, shown["standing"])
    return {
        "snippets": filled,
        "quick": sorted(filled, key=lambda each: each.id)[:MOST_QUICK],
        "held": weekday_and_time(held, visit.now) if held else "",
    }


def _version(visit: Visit, id: int) -> str:
    """Read before anything that is shown: what changes while the page is drawn makes the next look fetch it again."""
    return news.version_of(id, [seat.business for seat in visit.seats], visit.now)


def _context(visit: Visit, conversation: models.Conversation, version: str, *, live: bool = False) -> dict[str, Any]:
    visit = visit.at(conversation.business_id)
    seat = visit.seat
    contact, people = conversation.contact, acts.people(visit)
    rows = timeline.of_conversation(conversation.id)
    first, at = paging.moment(visit.request.GET.get("since", "")), visit.request.GET.get("at", "")
    pages = inbox.pages_of(seat.business, conversation.id)
    todos = lists.beside(inbox.todos_of(seat.business, conversation.id), pages)
    stopped = _is_stopped(conversation)
    money, ahead = amounts.shown(rows, visit), thread.waiting(rows, visit)
    if stopped:  # what waits for its time is not sent then; the confirmation of a stop leaves at once
        ahead = [each for each in ahead if not each.ahead]
    most = len(ahead) if visit.request.GET.get("next") == "all" else MOST_NEXT
    return {
        "seat": seat,
        "conversation": conversation,
        "who": words.who(contact.name, contact.number),
        "number": words.number(contact.number),
        "callers": list(contact.people.order_by("id")),
        "tel": words.tel(contact.number),
        "erased": words.is_erased(contact.number),
        "part": thread.since(rows, visit, first) if live and first else thread.holding(rows, visit, at),
        "first": first,
        "at": at,
        "next": ahead[:most],
        "more_next": len(ahead[most:]),
        "next_asked": visit.request.GET.get("next") == "all",
        "timers": [] if stopped else _timers(visit, conversation),
        "todos": lists.shown(todos[:MOST_TODOS], visit),
        "more_todos": len(todos[MOST_TODOS:]),
        "woken": lists.woken(pages, visit),
        "asked": len(todos) + len(pages),
        "money": money[:MOST_AMOUNTS],
        "more_money": len(money[MOST_AMOUNTS:]),
        "stopped": stopped,
        "snoozed": _snoozed(conversation, visit.now, seat.zone),
        "people": people,
        "snoozes": acts.choices(visit),
        "list_tab": said.tab(visit.request) or "needs",
        "find": said.find(visit.request),
        "version": version,
        "live": live,
        "longest": reply_box.LONGEST_TEXT,
        "lost_reasons": LOST_REASONS,
        "calls": _calls(conversation, visit, seat.zone),
        "can_connect": desk.can_connect(conversation.id, visit.at(seat.business).actor),
        "number_is": number_is(seat.business, contact.number),
        "theirs_until": _theirs_until(visit, conversation),
        **_booked(visit, conversation),
    } | _lead(visit, conversation, people, stopped=stopped)


def _is_stopped(conversation: models.Conversation) -> bool:
    stops = models.Suppression.objects.filter(business=conversation.business_id, number=conversation.contact.number)
    return stops.filter(lifted_at__isnull=True).exists()


def _timers(visit: Visit, conversation: models.Conversation) -> list[tuple[int, str, Moment, str]]:
    """What the machine will do by itself later, as things stand, and what it would had nobody held it back."""
    seat = visit.seat
    found = conversations.timers(conversation.id, visit.now)
    if not found or conversation.state is None:
        return []
    playbook = directory.known(seat.business, seat.revision, conversation.playbook_id).rules.playbook
    state = codec.decode_state(codec.encode(conversation.state))
    return [
        (each.id, each.timer, moment(each.due_at, visit.now, seat.zone), each.held_by)
        for each in found
        if (would_be if each.held_by else is_planned)(playbook, state, each.timer, each.ref)
    ]


def _calls(conversation: models.Conversation, visit: Visit, zone: ZoneInfo) -> list[tuple[CallRow, Moment, Teaches]]:
    """The last calls, for whoever knows better what became of one, with what that would teach."""
    with database.cursor() as cursor:
        rows = known_calls(cursor, conversation)
    knows = learned.of_lines(conversation.business_id)
    now = visit.now
    return [(row, moment(row.at, now, zone), teaches(row, knows.get(row.line), now, zone)) for row in rows]


def _theirs_until(visit: Visit, conversation: models.Conversation) -> Moment | None:
    """Until when what they write after the end is for whoever has the conversation."""
    if conversation.phase != "human" or conversation.state is None:
        return None
    until = codec.decode_state(codec.encode(conversation.state)).timer_at
    return moment(until, visit.now, visit.seat.zone) if until else None


def _booked(visit: Visit, conversation: models.Conversation) -> dict[str, Any]:
    """The appointment that is to come."""
    found = desk_bookings.standing(conversation.id)
    booked = found if found and found.status == "booked" else None
    at = moment(booked.starts_at, visit.now, visit.seat.zone) if booked else None
    return {"standing": found, "booked": booked, "booked_at": at}


def known_calls(cursor: CursorWrapper, conversation: models.Conversation) -> list[CallRow]:
    return calls.of_conversation(cursor, conversation.id, limit=MOST_CALLS)


def number_is(business: int, number: str) -> str:
    known = models.KnownNumber.objects.filter(business_id=business, number=number).first()
    return known.number_is if known else ""


def _lead(
    visit: Visit, conversation: models.Conversation, people: list[models.Member], *, stopped: bool
) -> dict[str, Any]:
    lead = models.Lead.objects.select_related("owner").filter(conversation=conversation).first()
    phase = words.PHASES.get(conversation.phase)
    if lead is None:
        return {"lead": None, "phase": phase, "address": ""}
    seat = visit.at(conversation.business_id).seat
    playbook = directory.known(seat.business, seat.revision, conversation.playbook_id).rules.playbook
    form = plan_form(lead, seat.zone, people)
    chips = [words.STATUSES.get(lead.status), words.URGENCIES.get(lead.urgency)]
    if lead.missed_reason:
        chips.append(words.Chip(words=words.MISSED.get(lead.missed_reason, lead.missed_reason), icon="phone-missed"))
    return {
        "lead": lead,
        "phase": None if lead.status == conversation.phase else phase,
        "chips": [chip for chip in chips if chip],
        "service": _service(playbook, lead.service),
        "urgency": "" if "urgency" in lead.answers else _said(lead.urgency),
        "outcome": words.STATUSES[lead.status].words,
        "answers": _answers(playbook, lead.answers, conversation.contact.name),
        "address": lead.answers.get("address", ""),
        "is_over": lead.status in OVER,
        "step": next_step(lead, stopped=stopped),
        "step_at": due(step_due(lead, conversation), visit.now, seat.zone),
        "step_late": step_due(lead, conversation) < visit.now,
        "value": form.values["value"],
        "plan": form.values,
        "plan_form": form,
    }


def _snoozed(conversation: models.Conversation, now: datetime, zone: ZoneInfo) -> Moment | None:
    until = conversation.snoozed_until
    return moment(until, now, zone) if until and until > now else None


def _service(playbook: Playbook, id: str) -> str:
    service = playbook.service(id)
    return words.named(service.name) if service else words.tidy(id)


def _answers(playbook: Playbook, told: dict[str, str], name: str) -> list[tuple[str, str]]:
    """What the customer told us, in the order it is asked; the service and their `name` stand above already."""
    answers = {slot: said for slot, said in told.items() if (slot, said) != ("name", name)}
    order = [learn.slot for learn in playbook.learn if learn.kind != "service" and learn.slot in answers]
    services = {learn.slot for learn in playbook.learn if learn.kind == "service"}
    extra = [slot for slot in answers if slot not in order and slot not in services]
    return [(words.tidy(slot), _said(answers[slot])) for slot in [*order, *extra]]


def _said(answer: str) -> str:
    known = words.URGENCIES.get(answer)
    return known.words if known else answer
