"""The forms in which a code of the second step is asked for: allauth's, with our words for their fields."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _


class _OurWords:
    fields: dict[str, Any]
    label_suffix: str
    code_is = _("Code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""  # no form of ours has colons
        code = self.fields["code"]
        code.label = self.code_is
        code.widget.attrs.pop("placeholder", None)  # it would say the label once more
        code.widget.attrs |= {"autocapitalize": "off", "autofocus": True}


class SignIn(_OurWords, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in; it knows which ways this person has set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))
        self.has_app = Authenticator.Type.TOTP in kinds
        self.has_passkey = Authenticator.Type.WEBAUTHN in kinds
        if not self.has_app:
            self.fields["code"].label = _("Recovery code")
            self.fields["code"].widget.attrs.pop("autofocus")


class Again(_OurWords, ReauthenticateForm):  # type: ignore[misc]
    """The second step once more, before what changes how somebody signs in."""


class SetUp(_OurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that is being set up."""

    code_is = _("The code it shows")
