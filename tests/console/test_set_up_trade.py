"""A trade that was chosen by a slip is another one until the set-up is over."""

from django.test import Client
from tests.console.test_set_up_faults import hers, nora, shown

from answerback.store import models
from answerback.store.playbook_file import pack

__all__ = ["nora"]


def services() -> set[str]:
    return {each["id"] for each in models.PlaybookVersion.objects.get(id=hers().playbook_id).body["services"]}


def test_another_trade_begins_with_its_own_playbook_and_asks_for_the_wording_again(nora: Client) -> None:
    nora.post("/set-up/wording/save", {})
    done = set(hers().set_up["done"])
    page = shown(nora, "business")
    assert 'value="law_firm" checked' not in page
    assert nora.post("/set-up/business/save", {"pack": "law_firm"}).status_code == 302
    assert services() == {each.id for each in pack("law_firm").services}
    assert ({*done} - set(hers().set_up["done"]), 'value="law_firm" checked' in shown(nora, "business")) == (
        {"wording"},
        True,
    )


def test_the_same_trade_changes_nothing(nora: Client) -> None:
    playbook = hers().playbook_id
    nora.post("/set-up/business/save", {"pack": hers().set_up["pack"]})
    nora.post("/set-up/business/save", {})
    assert hers().playbook_id == playbook


def test_a_trade_that_is_none_is_refused(nora: Client) -> None:
    assert nora.post("/set-up/business/save", {"pack": "piracy"}).status_code == 409


def test_once_the_set_up_is_over_the_trade_stays(nora: Client) -> None:
    models.Business.objects.update(set_up=None)
    assert 'name="pack"' not in shown(nora, "business")
    assert nora.post("/set-up/business/save", {"pack": "law_firm"}).status_code == 409
