"""The Twilio adapter: the family's, with Twilio's account, signature and look-up of numbers."""

from collections.abc import Iterable
from datetime import datetime

from answerback.adapters import keywords
from answerback.adapters.twilio import lookup, registration
from answerback.adapters.twiml_family import rest, senders, signature
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.twiml_family.failures import FAILURES, fixes
from answerback.adapters.twiml_family.hooks import FormHooks, signed_form
from answerback.adapters.twiml_family.phone import CallingPhone
from answerback.ports.connection import Connection, Request, Setting
from answerback.ports.phone import NumberFacts, Sender

API = "https://api.twilio.com"

TWILIO = Dialect(
    provider="twilio",
    title="Twilio",
    failures=FAILURES,
    fixes=fixes("Twilio", "console.twilio.com", "account SID and auth token"),
    listens=True,
    media_hosts=("twilio.com", "twiliocdn.com", "amazonaws.com"),
    keywords=keywords.TWILIO,
)

SETTINGS = (
    Setting(
        name="account_sid",
        label="Account SID",
        help="On the first page of console.twilio.com; it begins with AC.",
    ),
    Setting(
        name="auth_token",
        label="Auth token",
        help="Beside the account SID. It signs what Twilio sends to us and lets us send texts.",
        secret=True,
    ),
    Setting(
        name="messaging_service_sid",
        label="Messaging service SID",
        help="Only if your numbers are in a messaging service (usual for US A2P registration); begins with MG.",
        required=False,
    ),
    keywords.SETTING,
    Setting(
        name="greeting",
        label="Spoken greeting",
        help="What callers hear on a line that has no settings of its own, such as: Sorry we missed you.",
        kind="words",
        required=False,
    ),
    Setting(
        name="api_base",
        label="API address",
        help="Leave as it is, unless you test against a pretend Twilio.",
        required=False,
        default=API,
    ),
)


class TwilioPhone(CallingPhone):
    """Twilio as `ports.phone.Phone` wants it."""

    name = "twilio"
    title = "Twilio"
    opened_by = "auth_token"
    dialect = TWILIO
    settings = SETTINGS

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:  # noqa: ARG002  no time is signed
        """Pass if Twilio signed this request with the connection's auth token, else raise `Forged`.

        Twilio signs no time, so an old request sent again verifies; its facts carry the same keys and count once.
        """
        signature.check(
            connection.settings.get("auth_token", ""),
            request.headers.get("x-twilio-signature", ""),
            request,
            known_as="auth token",
            header="X-Twilio-Signature",
        )
        signature.check_account(connection.settings.get("account_sid", ""), request)

    def account(self, connection: Connection) -> rest.Account:
        """The account of this connection; raises `Refused` when its settings cannot lead anywhere."""
        sid = connection.settings.get("account_sid", "")
        token = connection.settings.get("auth_token", "")
        base = connection.settings.get("api_base") or API
        return rest.account(self.dialect, sid, token, base, f"/2010-04-01/Accounts/{sid}")

    def look_up(self, connection: Connection, number: str) -> NumberFacts:
        """What kind of number this is (Lookup v2, line type intelligence; Twilio charges for it)."""
        return lookup.look_up(self.account(connection), number)

    def senders(self, connection: Connection, lines: Iterable[str]) -> tuple[Sender, ...]:
        """What Twilio says about each of these lines that the account has, and how its registration stands."""
        at = self.account(connection)
        return registration.registered(at, self.service(connection), senders.senders(at, lines))

    def hooks(self, connection: Connection, address: str) -> FormHooks:
        """Makes signed webhooks of this connection for a product that answers under `address`."""
        account, token = connection.settings.get("account_sid", ""), connection.settings.get("auth_token", "")
        return FormHooks(
            hooks_url=f"{address.rstrip('/')}/hooks/{self.name}/{connection.id}",
            account=account,
            recordings=f"{API}/2010-04-01/Accounts/{account}/Recordings",
            sign=lambda url, fields: signed_form(url, fields, token),
        )
