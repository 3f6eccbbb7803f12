"""Setting up a line: a form its adapter declares, a test of the connection, the number at the provider."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import NOW

from answerback.adapters.twilio import adapter
from answerback.store import models
from answerback.store.secrets import seal
from answerback.testing.pretend_twilio import PretendTwilio
from answerback.workflow import directory, setup

LINE, SHOP = "+15125550166", "+15125550177"


@pytest.fixture
def twilio() -> Iterator[PretendTwilio]:
    with PretendTwilio() as running:
        yield running


@pytest.fixture
def line(shop: Any, twilio: PretendTwilio) -> models.Line:
    connection = setup.connect(shop.business.id, "twilio", "Our Twilio", twilio.settings())
    made = setup.add_line(shop.business.id, connection.id, LINE, "Website")
    directory.forget()
    return made


def said(client: Client, address: str) -> list[str]:
    return [str(message) for message in client.get(address).context["messages"]]


def filled_in(**more: str) -> dict[str, str]:
    """The form as the page shows it, with something changed."""
    return {setting.name: setting.default for setting in adapter.line_settings} | more


def test_form_asks_for_everything_the_adapter_declares(line: models.Line, alice: Client) -> None:
    page = alice.get(f"/lines/{line.id}")
    assert [ask.setting.name for ask in page.context["asks"]] == [each.name for each in adapter.line_settings]
    shown = page.content.decode()
    assert [each.name for each in adapter.line_settings if f'name="{each.name}"' not in shown] == []


def test_what_is_filled_in_is_kept_and_no_more(line: models.Line, alice: Client) -> None:
    alice.post(f"/lines/{line.id}/set", filled_in(ring=SHOP, missed_words="Sorry!\r\nWe are busy."))
    line.refresh_from_db()
    assert line.settings == {"ring": SHOP, "missed_words": "Sorry!\nWe are busy."}
    assert line.disclosure.startswith("We will text you at this number")
    alice.post(f"/lines/{line.id}/set", filled_in(ring=SHOP, consent_words=""))
    line.refresh_from_db()
    assert (line.settings["consent_words"], line.disclosure) == ("", "")


def test_line_of_a_shop_that_forwards_its_calls_is_turned_on_by_the_defaults(line: models.Line, alice: Client) -> None:
    alice.post(f"/lines/{line.id}/set", filled_in())
    line.refresh_from_db()
    assert line.settings == {"ring": ""}


def test_what_cannot_be_kept_stays_in_the_form_with_why(line: models.Line, alice: Client) -> None:
    page = alice.post(f"/lines/{line.id}/set", filled_in(ring="<b>512</b>", ring_seconds="9"))
    assert page.status_code == 409
    assert [ask.value for ask in page.context["asks"][:3]] == ["<b>512</b>", "together", "9"]
    assert "with + and country code" in page.context["asks"][0].wrong
    assert "<b>512</b>" not in page.content.decode()
    line.refresh_from_db()
    assert line.settings == {}


def test_connection_is_tested_with_a_button(line: models.Line, twilio: PretendTwilio, alice: Client) -> None:
    alice.post(f"/connections/{line.connection_id}/test")
    assert said(alice, "/lines") == [
        "Our Twilio, sign-in: Twilio lets us in.",
        "Our Twilio, account: The Twilio account is active.",
        f"Our Twilio, {LINE}: The Twilio account has no number {LINE}. Buy or port it there, or correct the line.",
    ]


def test_number_is_pointed_at_us_after_it_was_shown(
    line: models.Line, twilio: PretendTwilio, alice: Client, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://shop.example.com"
    twilio.account.own(LINE)
    shown = alice.post(f"/lines/{line.id}/connect")
    assert [change.what for change in shown.context["changes"]] == [
        "calls come in at",
        "call status goes to",
        "texts come in at",
    ]
    assert twilio.account.changes == []
    alice.post(f"/lines/{line.id}/connect", {"do": "yes"})
    wanted = f"https://shop.example.com/hooks/twilio/{line.connection_id}/voice"
    assert twilio.account.numbers[LINE]["voice_url"] == wanted
    assert alice.post(f"/lines/{line.id}/connect").context["changes"] == ()


def test_where_callers_find_a_line_is_said_anew(line: models.Line, shop: Any, alice: Client) -> None:
    """It could be said once, in the set-up; reports and the filters of the leads call the line by it."""
    shown = re.search(
        r'action="/lines/\d+/source".*?</form>', alice.get(f"/lines/{line.id}").content.decode(), re.DOTALL
    )
    assert (shown is not None and f'value="{line.source}"' in shown[0]) is True
    alice.post(f"/lines/{line.id}/source", {"source": "  Google   listing "})
    line.refresh_from_db()
    assert line.source == "Google listing"
    assert "Google listing" in alice.get("/leads").content.decode()
    refused = alice.post(f"/lines/{line.id}/source", {"source": " "})
    line.refresh_from_db()
    assert (refused.status_code, line.source) == (409, "Google listing")


def test_desk_sees_no_way_in(line: models.Line, alice: Client, bob: Client) -> None:
    assert "/lines" in alice.get("/").content.decode()
    assert "/lines" not in bob.get("/").content.decode()


@pytest.mark.parametrize(
    ("form", "told", "field"),
    [
        ("source", {"source": " "}, "source"),
        ("forwarding", {"shop": "12", "often": "7"}, "shop"),
        ("forwarding", {"shop": LINE, "often": "7"}, "shop"),
    ],
)
def test_what_is_refused_is_said_in_its_form_beside_its_field(
    line: models.Line, alice: Client, form: str, told: dict[str, str], field: str
) -> None:
    """Behind a value that named no field the cursor stood nowhere."""
    page = alice.post(f"/lines/{line.id}/{form}", told)
    within = next(each for each in page.content.decode().split("<form") if f'action="/lines/{line.id}/{form}"' in each)
    assert (page.status_code, re.findall(r'data-beside="(.*?)"', within)) == (409, [field])


def test_what_is_wrong_with_a_lines_setting_is_said_in_the_readers_language(line: models.Line, alice: Client) -> None:
    """It was English on a Spanish page."""
    models.User.objects.update(language="es")
    told = filled_in(ring=LINE, fallback_url="http://shop.example/doc", ring_seconds="x", detect_machines="perhaps")
    page = alice.post(f"/lines/{line.id}/set", told).content.decode()
    assert sorted(re.findall(r'<strong class="late">(.*?)</strong>', page)) == [
        "(512) 555-0166 es esta misma línea: una llamada sonaría en círculo. Escriba el teléfono propio del negocio.",
        "Detectar máquinas es sí o no.",
        "La dirección del documento de reserva empieza con https://.",
        "Sonar durante (segundos) es un número entero de 5 a 60.",
    ]


def test_a_line_of_a_switchboard_texts_by_another_from_its_page(shop: Any, alice: Client) -> None:
    """Only the command that connected it could say so."""
    office = models.Connection.objects.create(
        business=shop.business, provider="asterisk", sealed=seal({"post_token": "t"}), created_at=NOW
    )
    line = models.Line.objects.create(business=shop.business, connection=office, number="+15125550177")
    address = f"/lines/{line.id}"
    assert b"Texts leave by" in alice.get(address).content
    assert b"Texts leave by" not in alice.get(f"/lines/{shop.line.id}").content
    alice.post(f"{address}/source", {"source": "Office", "texts_by": shop.line.id})
    line.refresh_from_db()
    assert (line.source, line.texts_by_id) == ("Office", shop.line.id)
    refused = alice.post(f"{address}/source", {"source": "Office", "texts_by": "999999"})
    assert "Texts can leave only by a line of the same business." in refused.content.decode()
    alice.post(f"{address}/source", {"source": "Office", "texts_by": ""})
    line.refresh_from_db()
    assert line.texts_by_id is None


def test_where_a_lines_texts_leave_is_saved_and_taken_back_with_its_source(shop: Any, alice: Client) -> None:
    """The sender alone had no undo; with the source, half was taken back; refused, the source was another already."""
    line = _of_a_switchboard(shop)
    address = f"/lines/{line.id}/source"
    for given in ({"source": "Office", "texts_by": shop.line.id}, {"source": "Old", "texts_by": shop.line.id}):
        page: Any = alice.post(address, given, follow=True)
        (toast,) = [each.extra_tags for each in page.context["messages"]]
        alice.post("/undo", {"undo": toast}, follow=True)
        line.refresh_from_db()
        assert (line.source, line.texts_by_id) == ("Old", None)
    alice.post(address, {"source": "New", "texts_by": "999999"})
    line.refresh_from_db()
    assert (line.source, line.texts_by_id) == ("Old", None)


def test_an_undo_never_lets_texts_leave_by_a_line_that_sends_none(shop: Any, alice: Client) -> None:
    line = _of_a_switchboard(shop)
    models.Line.objects.filter(id=line.id).update(texts_by=shop.line)
    page: Any = alice.post(f"/lines/{line.id}/source", {"source": "Old", "texts_by": ""}, follow=True)
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    models.Line.objects.filter(id=shop.line.id).update(texts_by=line)
    page = alice.post("/undo", {"undo": toast}, follow=True)
    says = f"{line.number} sends the texts of another line, so it must send its own."
    assert [str(each) for each in page.context["messages"]] == [says]
    line.refresh_from_db()
    assert line.texts_by_id is None


def test_the_line_that_sends_the_texts_is_offered_though_it_can_send_none_now(shop: Any, alice: Client) -> None:
    """The form showed "no line" then, and saving another source took the sender away."""
    line, sender = _of_a_switchboard(shop), _of_a_switchboard(shop, "+15125550178")
    models.Line.objects.filter(id=line.id).update(texts_by=sender)
    page = alice.get(f"/lines/{line.id}").content.decode()
    assert f'<option value="{sender.id}" selected>' in page


def _of_a_switchboard(shop: Any, number: str = "+15125550177") -> models.Line:
    office, _ = models.Connection.objects.get_or_create(
        business=shop.business,
        provider="asterisk",
        name="",
        defaults={"sealed": seal({"post_token": "t"}), "created_at": NOW},
    )
    return models.Line.objects.create(business=shop.business, connection=office, number=number, source="Old")


def test_what_a_provider_says_of_a_line_is_marked_as_its_words(shop: Any, alice: Client) -> None:
    """It stood there as if we had said it, in English on Spanish pages."""
    says = "Texts from this number are blocked. Campaign C9X is suspended by TCR."
    models.LineFinding.objects.create(
        business=shop.business, line=shop.line, name="texting", level="red", says=says, since=NOW, checked_at=NOW
    )
    told = "Texts from this number are blocked. The provider's own words: “Campaign C9X is suspended by TCR.”"
    for page in ("/", "/health"):
        assert told in html.unescape(alice.get(page).content.decode())
