"""What the law and the carriers ask for before texts may go out, looked up in what was set up. Looks, never changes."""

from django.utils.translation import gettext as _

from answerback.console import words
from answerback.console.retold import whose
from answerback.engine.lint import has_opt_out_notice
from answerback.ports.connection import Finding
from answerback.store import models
from answerback.workflow import drafts


def findings(business: models.Business) -> list[Finding]:
    """Everything that was looked at, in the order of the page."""
    lines = list(models.Line.objects.filter(business=business).select_related("connection"))
    return [_opt_out(business), *(_sender(line) for line in lines), _greeting(lines), _help(business)]


def _opt_out(business: models.Business) -> Finding:
    greet = drafts.of(business.id).playbook.greet
    texts = [text for wording in greet.values() for variants in wording.values() for text in variants]
    ok = all(has_opt_out_notice(text) for text in texts)
    says = _("Every first text says how to make it stop.") if ok else _("A first text does not say how to stop.")
    return Finding(name=_("Opt-out"), ok=ok, says=says, fix=_("Write “Reply STOP to opt out” into it."))


def _sender(line: models.Line) -> Finding:
    name = _("Sender registration, %(number)s") % {"number": words.number(line.number)}
    if line.connection.provider == "simulator":
        says = _("A pretend line needs none. A real one in the US needs 10DLC or toll-free verification.")
        return Finding(name=name, ok=True, says=says)
    if line.sender_state == "registered":
        return Finding(name=name, ok=True, says=_("The provider says it is registered."))
    says = whose(line.sender_says) or _("The provider has not said that this number may text yet.")
    fix = _("Register it at your provider (in the US 10DLC or toll-free). Until then texts may be refused.")
    return Finding(name=name, ok=False, says=says, fix=fix)


def _greeting(lines: list[models.Line]) -> Finding:
    real = [line for line in lines if line.connection.provider != "simulator"]
    if lines and not real:
        says = _("Pretend callers need no greeting. On a real line it tells them that we may text them back.")
        return Finding(name=_("Consent greeting"), ok=True, says=says)
    told = all(line.disclosure for line in real)
    says = (
        _("Callers are told that we may text them back.")
        if told
        else _("Nothing tells callers that we may text them back. The call is the consent; reviewers ask for more.")
    )
    fix = _("Add “If we miss you, we may text you back” to the greeting, under Lines.")
    return Finding(name=_("Consent greeting"), ok=told, says=says, fix=fix)


def _help(business: models.Business) -> Finding:
    say = drafts.of(business.id).playbook.say
    says = _("HELP is answered with your name and phone; STOP is confirmed once and kept for ever.")
    return Finding(name=_("HELP and STOP"), ok=bool(say.help and say.opted_out), says=says)
