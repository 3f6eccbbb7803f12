"""How a shop forwards the calls it misses to us: what to dial, by carrier, as data.

Setting a forward takes the place of the carrier's own voicemail; dialling the code that cancels it brings it back.
Where a carrier's codes are refused (some prepaid plans, Verizon's business VoIP) its portal sets the same.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """One kind of network. `{to}` in a code is our number, `{seconds}` the ring time (5 to 30, by 5).

    `no_answer`, `busy` and `unreachable` set one kind each, `all` the three together; empty where the network has no
    such code. `cancel` takes them off again.
    """

    id: str
    title: str
    no_answer: str
    busy: str
    unreachable: str
    all: str
    cancel: str
    number: str = "national"
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to dial and what it does."""

    dial: str
    does: str


CARRIERS: tuple[Carrier, ...] = (
    Carrier(
        id="att",
        title="AT&T and most GSM networks",
        no_answer="*61*{to}**{seconds}#",
        busy="*67*{to}#",
        unreachable="*62*{to}#",
        all="*004*{to}#",
        cancel="##004#",
        number="e164",
    ),
    Carrier(
        id="t-mobile",
        title="T-Mobile (US)",
        no_answer="**61*{to}#",
        busy="**67*{to}#",
        unreachable="**62*{to}#",
        all="**004*{to}#",
        cancel="##004#",
        number="1",
    ),
    Carrier(
        id="verizon",
        title="Verizon, Visible",
        no_answer="*71{to}",
        busy="",
        unreachable="",
        all="",
        cancel="*73",
        says="One code for no answer and busy together. Business VoIP plans refuse it: use the portal.",
    ),
    Carrier(
        id="us-cellular",
        title="US Cellular",
        no_answer="*92{to}",
        busy="*90{to}",
        unreachable="",
        all="",
        cancel="*920",
        says="*920 takes off no answer, *900 busy. Codes differ by region; ask US Cellular when one is refused.",
    ),
    Carrier(
        id="landline-us",
        title="Landline or cable (US, Canada)",
        no_answer="*92{to}",
        busy="*90{to}",
        unreachable="",
        all="",
        cancel="*93",
        says="*93 takes off no answer, *91 busy. With some companies *68 sets both; ask yours what takes it off.",
    ),
    Carrier(
        id="landline-eu",
        title="Landline (Europe)",
        no_answer="*61*{to}#",
        busy="*67*{to}#",
        unreachable="",
        all="",
        cancel="#61#",
        number="e164",
        says="Some networks use *69* for busy. #67# takes that one off.",
    ),
)
"""Sources: 3GPP TS 22.030 for GSM; the carriers' support pages for the rest."""

SHORTEST_RING, LONGEST_RING, STEP = 5, 30, 5


def carrier(id: str) -> Carrier:
    """The network of this id; the first where there is none such."""
    return next((each for each in CARRIERS if each.id == id), CARRIERS[0])


def steps(of: Carrier, to: str, ring_seconds: int) -> tuple[Step, ...]:
    """What to dial on the shop's phone, one after the other, so that missed calls come to `to` (E.164)."""
    number, seconds = _dialled(of, to), round_ring(ring_seconds)
    if of.all and "{seconds}" not in of.no_answer:
        return (Step(dial=_code(of.all, number, seconds), does="Calls that are not answered, busy or out of reach"),)
    kinds = (
        (of.no_answer, "Calls that are not answered"),
        (of.busy, "Calls while the line is busy"),
        (of.unreachable, "Calls while the phone is off or out of reach"),
    )
    return tuple(Step(dial=_code(code, number, seconds), does=does) for code, does in kinds if code)


def round_ring(seconds: int) -> int:
    """The ring time networks take: a multiple of 5 from 5 to 30, never longer than asked for where that can be."""
    return max(SHORTEST_RING, min(LONGEST_RING, seconds // STEP * STEP))


def _dialled(of: Carrier, to: str) -> str:
    """Our number as this network wants it: with +, with 1 before it, or as it is dialled within the country."""
    if of.number == "e164" or not to.startswith("+1"):
        return to
    return to[1:] if of.number == "1" else to[2:]


def _code(code: str, number: str, seconds: int) -> str:
    return code.replace("{to}", number).replace("{seconds}", str(seconds))
