"""The SignalWire adapter: the family's, with SignalWire's addresses, signing key and look-up of numbers."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from answerback.adapters.signalwire import signature
from answerback.adapters.twiml_family import rest
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.twiml_family.failures import FAILURES, fixes
from answerback.adapters.twiml_family.hooks import FormHooks, signed_form
from answerback.adapters.twiml_family.phone import CallingPhone
from answerback.adapters.twiml_family.signature import check_account
from answerback.engine.events import LineType
from answerback.ports.connection import Connection, Request, Setting
from answerback.ports.errors import Refused
from answerback.ports.phone import NumberFacts

SIGNALWIRE = Dialect(
    provider="signalwire",
    title="SignalWire",
    failures=FAILURES,
    fixes=fixes("SignalWire", "your SignalWire space", "project ID and API token"),
    media_hosts=("signalwire.com",),
)

LINE_TYPES: Mapping[str, LineType] = {"wireless": "mobile", "mobile": "mobile", "landline": "landline", "voip": "voip"}

SETTINGS = (
    Setting(name="space", label="Space", help="The address of your space, such as hill.signalwire.com."),
    Setting(name="project_id", label="Project ID", help="Under API in your space."),
    Setting(
        name="api_token",
        label="API token",
        help="Under API in your space; it needs voice, messaging and numbers. It lets us send texts.",
        secret=True,
    ),
    Setting(
        name="signing_key",
        label="Signing key",
        help="Under API in your space. It signs what SignalWire sends to us.",
        secret=True,
    ),
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
        help="Leave empty, unless you test against a pretend SignalWire.",
        required=False,
    ),
)


class SignalWirePhone(CallingPhone):
    """SignalWire as `ports.phone.Phone` wants it."""

    name = "signalwire"
    title = "SignalWire"
    opened_by = "api_token"
    dialect = SIGNALWIRE
    settings = SETTINGS

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:  # noqa: ARG002  no time is signed
        """Pass if SignalWire signed this request with the connection's signing key, else raise `Forged`.

        SignalWire signs no time, so an old request sent again verifies; its facts carry the same keys and count once.
        """
        signature.check(connection.settings.get("signing_key", ""), request)
        check_account(connection.settings.get("project_id", ""), request)

    def account(self, connection: Connection) -> rest.Account:
        """The project of this connection; raises `Refused` when its settings cannot lead anywhere."""
        told = connection.settings
        project, space = told.get("project_id", ""), told.get("space", "").removeprefix("https://").strip("/ ")
        if not space and not told.get("api_base"):
            raise Refused("This connection has no space. Add it in its settings, such as hill.signalwire.com.")
        base = told.get("api_base") or f"https://{space}"
        path = f"/api/laml/2010-04-01/Accounts/{project}"
        return rest.account(self.dialect, project, told.get("api_token", ""), base, path)

    def look_up(self, connection: Connection, number: str) -> NumberFacts:
        """What kind of number this is (SignalWire charges for it)."""
        path = f"/api/relay/rest/lookup/phone_number/{quote(number)}"
        said = rest.get(self.account(connection), path, {"include": "carrier"})
        told = said.get("carrier")
        carrier = told if isinstance(told, dict) else {}
        kind = LINE_TYPES.get(str(carrier.get("linetype")).lower(), "unknown")
        return NumberFacts(number=number, line_type=kind, carrier=str(carrier.get("lec") or "")[:80])

    def hooks(self, connection: Connection, address: str) -> FormHooks:
        """Makes signed webhooks of this connection for a product that answers under `address`."""
        project, key = connection.settings.get("project_id", ""), connection.settings.get("signing_key", "")
        space = connection.settings.get("space", "").strip("/ ")
        return FormHooks(
            hooks_url=f"{address.rstrip('/')}/hooks/{self.name}/{connection.id}",
            account=project,
            recordings=f"https://{space}/api/laml/2010-04-01/Accounts/{project}/Recordings",
            sign=lambda url, fields: signed_form(url, fields, key, signature.HEADER),
        )
