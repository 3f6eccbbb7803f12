"""The forms in which a password is chosen, asked for or forgotten: allauth's, with our words for their fields."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.core import context
from django.utils.translation import gettext_lazy as _

from answerback.console.brand import RENEWED, wear

LABELS = {
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("The password you have"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}

RULES = _("At least 10 characters, and none that everybody uses.")
"""As the page says it on which somebody joins; Django's own list is four lines that begin alike."""


class _OurWords:
    fields: dict[str, Any]
    label_suffix: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""  # no form of ours has colons
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].help_text = RULES if name == "password1" else ""
                self.fields[name].widget.attrs.pop("placeholder", None)  # it would say the label once more


class Change(_OurWords, ChangePasswordForm):  # type: ignore[misc]
    """Another password, for whoever knows the one they have."""


class First(_OurWords, SetPasswordForm):  # type: ignore[misc]
    """A password for whoever signs in by a passkey or single sign-on so far."""


class Anew(_OurWords, ResetPasswordKeyForm):  # type: ignore[misc]
    """A password for whoever forgot theirs and follows the link that came by mail: they are known by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user is not None:
            wear(context.request, self.user.pk)

    def save(self) -> None:
        """Keep it; the page that says so still knows them."""
        super().save()
        context.request.session[RENEWED] = self.user.pk


class Again(_OurWords, ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before what changes how somebody signs in."""


class Forgotten(_OurWords, ResetPasswordForm):  # type: ignore[misc]
    """The address a link to choose a new password is mailed to."""
