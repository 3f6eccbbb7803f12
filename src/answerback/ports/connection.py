"""What every port shares: the settings an adapter declares, a business's account at a provider, a request that came in,
and what a check of it finds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from answerback.ports.lines import OurLine

SettingKind = Literal["text", "words", "number", "yes_no", "choice", "phones"]
"""How a setting is asked for: `words` is a longer text, `phones` are numbers in E.164 with commas between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing a connection or a line needs to know; the console draws its form from these. All values are text.

    Secrets are stored encrypted. `choices` are (value, label) pairs, `least` and `most` bound a number.
    """

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    kind: SettingKind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A business's account at a provider: its id in our addresses, the values of the adapter's settings, its lines."""

    id: int
    provider: str
    settings: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, OurLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What came in over HTTP. `url` is the exact public address, `what` the last part of its path.

    Header names are lower case. `query` and `form` hold decoded pairs in the order they came.
    """

    method: str
    url: str
    what: str
    headers: Mapping[str, str]
    body: bytes
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] = ()


NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a check of a connection found: whether it is well, and what to do when it is not.

    `setting` names the setting that keeps us out, where the other end has said so, `NUMBER` where it has no such
    number; `reached` is False where it could not be asked.
    """

    name: str
    ok: bool
    says: str
    fix: str = ""
    setting: str = ""
    reached: bool = True
