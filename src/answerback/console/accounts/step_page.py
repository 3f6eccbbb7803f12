"""The page of the second step: what is set up, and for who still owes one the button that sets a passkey up."""

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.base.views import IndexView
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from answerback.console import said
from answerback.console.accounts.mine import LANGUAGES
from answerback.console.guard import owes_the_step
from answerback.store.models import User

THEN = "after_the_step"
"""The session's key for the page that somebody was kept from, where they go on once the step is set up."""


class Page(IndexView):  # type: ignore[misc]
    """allauth's, with what makes a passkey in one tap where somebody owes the step and showed who they are just now."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        if not owes_the_step(self.request):
            self.request.session.pop(THEN, None)
            return told
        self.request.session[THEN] = _wanted(self.request)
        told |= {"owed": True, "others": [each for each in LANGUAGES.items() if each[0] != get_language()]}
        if not is_reauthentication_required(self.request, app="allauth.mfa"):
            told["passkey"] = AddWebAuthnForm(user=self.request.user)
            told["js_data"] = {"creation_options": begin_registration(self.request.user, False)}
        return told


show = Page.as_view()


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """The language of whoever owes the step, who reaches no other page to choose it."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("mfa_index"))
    wanted = request.POST.get("language", "")
    if wanted in LANGUAGES:
        User.objects.filter(id=request.user.pk or 0).update(language=wanted)
    return redirect("mfa_index")


def _wanted(request: HttpRequest) -> str:
    """Where somebody was going; only ever a page of ours."""
    wanted = request.GET.get("next") or request.session.get(THEN) or "/"
    return wanted if said.is_ours(wanted) else "/"
