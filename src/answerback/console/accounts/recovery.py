"""The pages of the recovery codes: allauth's own note in a GET that somebody has seen them, so these write nothing."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic.edit import FormView

from answerback.console.accounts.step_page import THEN
from answerback.store.secrets import WrongSecret

Views = Callable[..., HttpResponseBase]
CONFIRMED: Callable[[Views], Views] = reauthentication_required(app="allauth.mfa")


@require_safe
@never_cache
@CONFIRMED
def show(request: HttpRequest) -> HttpResponse:
    """Those that still open."""
    return _unused(request, "mfa/recovery_codes/index.html")


@require_safe
@never_cache
@CONFIRMED
def download(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    answer = _unused(request, "mfa/recovery_codes/download.txt")
    if answer.status_code == 200:
        answer.headers["Content-Type"] = "text/plain; charset=utf-8"
        answer.headers["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer


@method_decorator(CONFIRMED, name="dispatch")
class Generate(views.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New ones; also where those that stand cannot be read."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many end by it; none where they cannot be read, as these open nothing."""
        try:
            told: dict[str, Any] = super().get_context_data(**kwargs)
        except WrongSecret:
            told = FormView.get_context_data(self, **kwargs) | {"unused_code_count": 0}
        return told


generate = Generate.as_view()


def left(row: Authenticator | None) -> tuple[int, int] | None:
    """How many of how many still open; None where they cannot be read. Without any they are 0 of 0."""
    if row is None:
        return 0, 0
    try:
        return len(row.wrap().get_unused_codes()), len(row.wrap().generate_codes())
    except WrongSecret:
        return None


def _unused(request: HttpRequest, template: str) -> HttpResponse:
    row = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    if row is None:
        raise Http404
    try:
        unused = row.wrap().get_unused_codes()
    except WrongSecret:
        return render(request, "mfa/recovery_codes/unreadable.html", status=409)
    if not unused and template.endswith(".txt"):
        raise Http404
    shown = {"unused_codes": unused, "total_count": len(row.wrap().generate_codes()), "then": request.session.get(THEN)}
    return render(request, template, shown)
