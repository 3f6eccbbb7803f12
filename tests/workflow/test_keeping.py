"""How long words, pictures and recordings are kept: the agency or the business says it, the nightly job heeds it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from answerback.store import models
from answerback.store.queries import timeline
from answerback.store.queries.keeping import GONE
from answerback.testing.world import World
from answerback.workflow import attachments, keeping, preferences, tasks, web_leads
from answerback.workflow.preferences import WrongValue
from answerback.workflow.web_leads import Inquiry

ANN = "+15125550131"


@pytest.fixture
def told(world: World) -> World:
    """A shop with one customer, who sent a picture and left a voicemail, and was texted from the office phone."""
    world.text(ANN, "my kitchen drain is clogged", media=("https://pictures.example/leak.jpg",))
    world.call(ANN, voicemail="please call me back")
    world.tell(ANN, "staff_text", text="On my way, Ann", member="Maria", message="m1")
    world.run(minutes=1)
    attachments.fetch_due()
    assert models.Event.objects.filter(kind="StaffTexted").count() == 1
    return world


def after(world: World, days: int) -> dict[str, bool]:
    """What is still there after so many days, by kind."""
    world.clock.move_to(world.now + timedelta(days=days))
    tasks.forget(timestamp=0)
    kept = {row.kind: row.content is not None for row in models.Attachment.objects.all()}
    spoken = models.Event.objects.filter(kind__in=["TextReceived", "VoicemailTranscribed", "StaffTexted"])
    words = {*spoken.values_list("body__text", flat=True), *models.Message.objects.values_list("body", flat=True)}
    return {**kept, "words": words != {""}, "raw": models.Event.objects.filter(raw__isnull=False).exists()}


def everything(words: bool, picture: bool, recording: bool) -> dict[str, bool]:
    return {"words": words, "raw": words, "picture": picture, "recording": recording}


def test_unless_somebody_says_otherwise_words_and_pictures_stay_a_year_and_recordings_ninety_days(told: World) -> None:
    assert after(told, 89) == everything(words=True, picture=True, recording=True)
    assert after(told, 2) == everything(words=True, picture=True, recording=False)
    assert after(told, 273) == everything(words=True, picture=True, recording=False)
    assert after(told, 2) == everything(words=False, picture=False, recording=False)


@pytest.mark.parametrize("name", ["words_kept", "pictures_kept", "recordings_kept"])
def test_a_business_says_how_long_each_kind_is_kept(told: World, name: str) -> None:
    preferences.change(models.Business.objects.get(), {name: "40"})
    assert after(told, 41) == everything(
        words=name != "words_kept", picture=name != "pictures_kept", recording=name != "recordings_kept"
    )


def test_what_is_to_be_kept_longer_is(told: World) -> None:
    longer = dict.fromkeys(("words_kept", "pictures_kept", "recordings_kept"), "1000")
    preferences.change(models.Business.objects.get(), longer)
    assert after(told, 999) == everything(words=True, picture=True, recording=True)


def test_an_agency_says_it_for_its_businesses_and_a_business_otherwise(told: World) -> None:
    agency = models.Agency.objects.create(name="North Star")
    models.Business.objects.update(agency=agency)
    preferences.change(agency, {"words_kept": "40", "pictures_kept": "40"})
    preferences.change(models.Business.objects.get(), {"pictures_kept": "80"})
    assert after(told, 41) == everything(words=False, picture=True, recording=True)
    assert after(told, 40) == everything(words=False, picture=False, recording=True)


def test_another_business_keeps_its_own_words(told: World) -> None:
    preferences.change(models.Business.objects.get(), {"words_kept": "40"})
    other = models.Business.objects.create(name="Elsewhere", zone="America/Chicago", created_at=told.now)
    theirs = models.Message.objects.order_by("id").first()
    assert theirs is not None
    models.Message.objects.filter(id=theirs.id).update(business=other)
    after(told, 41)
    assert list(models.Message.objects.exclude(body="").values_list("id", flat=True)) == [theirs.id]


def asked(world: World) -> None:
    """They filled in a form, which made a to-do that was done, and woke somebody, who came."""
    lead = Inquiry(
        number=ANN, name="Ann Miller", message="the sump pump hums", source="the website",
        answers={"service": "drain", "how": "since sunday"}, agreed="Texts about my request, STOP ends them.",
    )  # fmt: skip
    web_leads.take_in(world.shop.business, lead)
    world.run(minutes=1)
    talk = models.Conversation.objects.get(contact__number=ANN)
    models.Todo.objects.filter(conversation=talk, key="form").update(closed_at=world.now, outcome="done")
    models.Todo.objects.create(
        business_id=world.shop.business, conversation=talk, key="own:1", kind="own", title="Ask Ann for her photos",
        due_at=world.now, opened_at=world.now,
    )  # fmt: skip
    models.Page.objects.create(
        business_id=world.shop.business, conversation=talk, key="k", reason="urgent", summary="Ann: basement floods",
        opened_at=world.now, round_at=world.now, rung_at=world.now, taken_at=world.now, ended="taken",
    )  # fmt: skip


def written(world: World, days: int) -> dict[str, object]:
    """What is still written of them after so many days."""
    world.clock.move_to(world.now + timedelta(days=days))
    tasks.forget(timestamp=0)
    talk = models.Conversation.objects.get(contact__number=ANN)
    form = models.Event.objects.get(kind="FormSent")
    return {
        "form": (form.body["title"], form.body["answers"].get("how", ""), form.body["agreed"]),
        "lead": models.Lead.objects.get(conversation=talk).answers.get("message", ""),
        "state": talk.state["answers"].get("message", ""),
        "todos": dict(models.Todo.objects.filter(key__in=["form", "own:1"]).values_list("key", "title")),
        "page": models.Page.objects.get(key="k").summary,
    }


def test_to_dos_that_are_done_pages_and_forms_go_with_the_words(world: World) -> None:
    """They stayed for ever, whatever the setting said."""
    asked(world)
    agreed = "Texts about my request, STOP ends them."
    kept = {
        "form": ("Asked through the website: the sump pump hums", "since sunday", agreed),
        "lead": "the sump pump hums",
        "state": "the sump pump hums",
        "todos": {"form": "Asked through the website: the sump pump hums", "own:1": "Ask Ann for her photos"},
        "page": "Ann: basement floods",
    }
    gone = {
        "form": ("", "", agreed),
        "lead": "",
        "state": "",
        "todos": {"form": GONE, "own:1": "Ask Ann for her photos"},
        "page": GONE,
    }
    preferences.change(models.Business.objects.get(), {"words_kept": "40"})
    assert written(world, 39) == kept
    assert written(world, 2) == gone
    models.Todo.objects.filter(key="own:1").update(closed_at=world.now)
    assert written(world, 0)["todos"] == {"form": GONE, "own:1": GONE}
    rows = [(row.kind, row.title, row.detail) for row in timeline.of_number(world.shop.business, ANN)]
    assert {("text_in", "Filled in a form", ""), ("todo", f"To-do: {GONE}", "Closed by itself: done")} <= set(rows)


def test_no_crm_is_told_again_of_what_is_forgotten(world: World) -> None:
    """Each old to-do and lead would be written there anew, in the first night by the thousand."""
    asked(world)
    business = world.shop.business
    models.OutsideCrm.objects.create(business_id=business, provider="hubspot", sealed=b"x", created_at=world.now)
    models.Todo.objects.filter(key="form").update(urgent=True)
    models.Lead.objects.update(priority=1)
    assert set(models.CrmCopy.objects.values_list("kind", flat=True)) >= {"todo", "lead"}
    models.CrmCopy.objects.update(due_at=None)
    with transaction.atomic(), connection.cursor() as cursor:
        keeping.forget(cursor, world.now + timedelta(days=366))
        assert models.Todo.objects.get(key="form").title == GONE
        assert not models.CrmCopy.objects.filter(due_at__isnull=False)
        models.Todo.objects.filter(key="form").update(urgent=False)
        assert models.CrmCopy.objects.filter(due_at__isnull=False).count() == 1


def test_what_a_reading_quotes_goes_with_the_words_it_is_of(told: World) -> None:
    """It stayed, and with it the words that said so, the name and the address."""
    first = models.Message.objects.filter(author="customer").earliest("id")
    quoting = {**(first.reading or {}), "evidence": ['"clogged" says so'], "slots": {"name": "Ann"}, "draft": "Hello"}
    models.Message.objects.filter(id=first.id).update(reading=quoting)
    after(told, 366)
    first.refresh_from_db()
    assert {each for each in ("evidence", "slots", "times", "draft") if each in (first.reading or {})} == set()
    assert (first.reading or {})["intent"] == quoting["intent"]


@pytest.mark.parametrize(
    ("name", "written", "says"),
    [
        ("words_kept", "29", "Write 30 to 2190."),
        ("pictures_kept", "2191", "Write 30 to 2190."),
        ("recordings_kept", "6", "Write 7 to 2190."),
    ],
)
def test_what_is_too_short_or_too_long_is_refused(told: World, name: str, written: str, says: str) -> None:
    with pytest.raises(WrongValue) as refused:
        preferences.change(models.Business.objects.get(), {name: written})
    assert refused.value.wrong == {name: says}


def test_that_somebody_texted_stays_when_their_words_are_gone(told: World) -> None:
    def seen() -> list[tuple[str, str]]:
        return [(row.kind, row.title) for row in timeline.of_number(told.shop.business, ANN)]

    before = seen()
    after(told, 400)
    assert seen() == before


def test_staffs_words_go_also_where_what_the_provider_sent_went_before(told: World) -> None:
    """Until 29 November 2026 what the provider sent went after a year, and these words stayed."""
    models.Event.objects.filter(kind="StaffTexted").update(raw=None)
    assert after(told, 366) == everything(words=False, picture=False, recording=False)
