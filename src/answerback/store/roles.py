"""Who may do what: the one matrix of roles and acts, as data.

The console's guard asks it before every page, docs/roles.md is drawn from it, and tests walk every address by it. An
act nobody names here is refused. Never here: which business a person belongs to (`queries.access`).
"""

from typing import Literal, get_args

Role = Literal["owner", "manager", "desk", "technician", "agency"]

Act = Literal[
    "work",
    "book",
    "reports",
    "export",
    "import",
    "money",
    "playbook",
    "videos",
    "settings",
    "lines",
    "people",
    "see_as",
    "audit",
    "erase",
    "agency",
]

ROLES: dict[Role, str] = {
    "owner": "the business is theirs",
    "manager": "runs it day by day",
    "desk": "answers customers",
    "technician": "goes to customers",
    "agency": "looks after the business from outside, for an agency",
}

ACTS: dict[Act, str] = {
    "work": "see conversations, calls, leads, contacts, videos, to-dos, who is on call, how the lines are; reply, "
    "take over, hand back, note, keep snippets, snooze, end, name and merge contacts",
    "book": "make, move and cancel appointments; connect one's own calendar",
    "reports": "see the reports",
    "export": "take lists and reports out as files, hand out links to a report",
    "import": "bring contacts in from a file",
    "money": "mark a job sold and its amount, take an amount back",
    "playbook": "change the playbook and publish it, compare wordings",
    "videos": "make, upload, publish and remove videos",
    "settings": "change hours, locations, sending rules, appointment types, who is on call, integrations; let programs "
    "in, go through the set-up",
    "lines": "set up lines and connections",
    "people": "invite people, change their roles, end their sessions, take away a second step that is lost, "
    "take them out",
    "see_as": "see the console as another member does without being able to act as them",
    "audit": "read the audit log",
    "erase": "erase a contact for good",
    "agency": "see all businesses of the agency side by side, add one, set its rules, name and looks, "
    "invite and take out its admins",
}

_EVERYBODY: frozenset[Role] = frozenset(get_args(Role))

_IN_CHARGE: frozenset[Role] = frozenset({"owner", "manager", "agency"})

MATRIX: dict[Act, frozenset[Role]] = {
    "work": _EVERYBODY,
    "book": _EVERYBODY,
    "reports": _EVERYBODY,
    "export": _IN_CHARGE,
    "import": _IN_CHARGE,
    "money": _EVERYBODY,
    "playbook": _IN_CHARGE,
    "videos": _IN_CHARGE,
    "settings": _IN_CHARGE,
    "lines": _IN_CHARGE,
    "people": frozenset({"owner", "agency"}),
    "see_as": frozenset({"owner", "agency"}),
    "audit": frozenset({"owner", "agency"}),
    "erase": frozenset({"owner"}),
    "agency": frozenset({"agency"}),
}

SECOND_STEP: frozenset[Role] = frozenset({"owner", "agency"})
"""The roles that must sign in with a second step: whoever has them can let others in and take data out."""


def may(role: str, act: Act) -> bool:
    """May a member with this role do this? Unknown roles may do nothing."""
    return role in MATRIX[act]
