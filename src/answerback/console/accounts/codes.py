"""The forms in which a code of the second step is asked for: allauth's, with our words for their fields."""

from contextlib import suppress
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from answerback.console.accounts import came_in
from answerback.store.secrets import WrongSecret


class _OurWords:
    fields: dict[str, Any]
    label_suffix: str
    code_is = _("Code")
    user: Any
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""  # no form of ours has colons
        code = self.fields["code"]
        code.label = self.code_is
        code.widget.attrs.pop("placeholder", None)  # it would say the label once more
        code.widget.attrs |= {"autocapitalize": "off", "autofocus": True}


class _Sealed(_OurWords):
    """One that says so where what codes are made from was sealed under another secret."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code, once something of theirs opens by it."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except WrongSecret:
            return self._by_what_can_be_read()
        except ValidationError as problem:
            if problem.code == "too_many_login_attempts":
                came_in.refused(context.request, self.user.pk)
            raise
        return code

    def _by_what_can_be_read(self) -> str:
        """allauth stops at the first that cannot: recovery codes that were made since would not open."""
        code: str = self.cleaned_data["code"]
        mine = Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN)
        for each in mine.order_by("id"):
            with suppress(WrongSecret):
                if each.wrap().validate_code(code):
                    each.user, self.authenticator = self.user, each
                    return code
        raise get_adapter().validation_error("sealed_elsewhere")


class SignIn(_Sealed, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in; it knows which ways this person has set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))
        self.has_app = Authenticator.Type.TOTP in kinds
        self.has_passkey = Authenticator.Type.WEBAUTHN in kinds
        if not self.has_app:
            self.fields["code"].label = _("Recovery code")
            self.fields["code"].widget.attrs.pop("autofocus")


class Again(_Sealed, ReauthenticateForm):  # type: ignore[misc]
    """The second step once more, before what changes how somebody signs in."""


class SetUp(_OurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that is being set up."""

    code_is = _("The code it shows")
