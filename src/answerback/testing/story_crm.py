"""Sentences about a CRM: connected, away and back again, and what of a customer stands in it.

The pretend HubSpot is an account of its own over real HTTP; copies are made by the product's own task whenever a
sentence looks, and at every moment the CRM goes away or comes back.
"""

from answerback.testing.pretend_hubspot import PretendHubSpot
from answerback.testing.story_sentences import Failed, Teller, Unclear, count_of, says


@says("HubSpot is connected")
def is_connected(teller: Teller) -> None:
    from answerback.store import models  # noqa: PLC0415  Django is set up by the World
    from answerback.store.secrets import seal  # noqa: PLC0415
    from answerback.workflow import crms  # noqa: PLC0415

    teller.hubspot = PretendHubSpot().__enter__()
    settings = teller.hubspot.settings()
    teller.crm = crms.connect(teller.world.shop.business, "hubspot", settings)
    models.OutsideCrm.objects.filter(id=teller.crm).update(sealed=seal(settings))


@says("HubSpot is away")
def is_away(teller: Teller) -> None:
    _hubspot(teller).away = True
    _copy(teller)


@says("HubSpot is back")
def is_back(teller: Teller) -> None:
    hubspot = _hubspot(teller)
    hubspot.away = False
    hubspot.catch_up()


@says("{who} is in HubSpot once")
def is_there_once(teller: Teller, who: str) -> None:
    found = _contacts(teller, who)
    if len(found) != 1:
        raise Failed(f"{who} is in HubSpot {len(found)} times.")


@says("{who} is not in HubSpot")
def is_not_there(teller: Teller, who: str) -> None:
    if found := _contacts(teller, who):
        raise Failed(f"{who} is in HubSpot {len(found)} times.")


@says("HubSpot tells of {number:count} text[s] of {who}")
def tells_of_texts(teller: Teller, number: str, who: str) -> None:
    _tells(teller, who, "communications", count_of(number))


@says("HubSpot tells of {number:count} call[s] of {who}")
def tells_of_calls(teller: Teller, number: str, who: str) -> None:
    _tells(teller, who, "calls", count_of(number))


def _tells(teller: Teller, who: str, kind: str, count: int) -> None:
    there = [each for id in _contacts(teller, who) for each in _hubspot(teller).timeline(id, kind)]
    if len(there) != count:
        raise Failed(f"HubSpot tells of {len(there)}.")


def _contacts(teller: Teller, who: str) -> list[str]:
    """The ids of their contacts there, once what is due was copied."""
    number = teller.number(who)
    _copy(teller)
    return [each.id for each in _hubspot(teller).of("contacts") if each.properties.get("phone") == number]


def _copy(teller: Teller) -> None:
    from answerback.store.queries import crm as rows  # noqa: PLC0415
    from answerback.workflow import clock, tasks, transaction  # noqa: PLC0415

    if teller.crm in transaction.run(lambda cursor: rows.due_crms(cursor, clock.now())):
        tasks.crm(teller.crm)


def _hubspot(teller: Teller) -> PretendHubSpot:
    if teller.hubspot is None:
        raise Unclear("No CRM is connected. Write first: HubSpot is connected.")
    return teller.hubspot
