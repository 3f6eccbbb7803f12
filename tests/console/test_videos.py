"""The library and the studio over HTTP: uploaded in pieces, drawn, published, watched, counted, removed."""

import html
import re
import subprocess
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import IntegrityError
from django.test import Client
from tests.console.test_numbers_open_lists import Numbers
from tests.watch.test_watch import PHONE, READS

from answerback.adapters.ffmpeg.studio import _ffmpeg
from answerback.console.videos.kinds import DRAWINGS
from answerback.engine import wording
from answerback.engine.storyboard import ICONS
from answerback.store import models
from answerback.store.queries import agencies, showings, watched
from answerback.store.storyboard_file import decode
from answerback.workflow import clock, library, studio, transaction, video_links

VIEWER = {"User-Agent": PHONE, **READS}


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Path) -> None:
    folder = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "shelf")},
    }
    settings.STORAGES = {**settings.STORAGES, "videos": folder}


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    to = tmp_path_factory.mktemp("clip") / "clip.mp4"
    card = ("-f", "lavfi", "-i", "testsrc=s=90x160:r=5:d=2", "-pix_fmt", "yuv420p")
    subprocess.run([_ffmpeg(), "-y", "-loglevel", "error", *card, str(to)], check=True)
    return to.read_bytes()


def told(**more: str) -> str:
    about = {"filename": "IMG_1.MOV", "title": "How we work", "kind": "overview", "language": "en", **more}
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in about.items())


def begun(client: Client, size: int, **more: str) -> str:
    answer = client.post("/videos/uploads", headers={"Upload-Length": str(size), "Upload-Metadata": told(**more)})
    assert answer.status_code == 201
    return answer.headers["Location"]


def sent(client: Client, address: str, body: bytes, at: int) -> int:
    kind = "application/offset+octet-stream"
    return client.patch(address, body, content_type=kind, headers={"Upload-Offset": str(at)}).status_code


def finished(clip: bytes, client: Client, **more: str) -> models.Video:
    address = begun(client, len(clip), **more)
    assert sent(client, address, clip, 0) == 204
    video = models.Video.objects.get(id=int(address.split("/")[-1]))
    studio.work(video.id)
    video.refresh_from_db()
    return video


def test_an_upload_goes_on_where_it_stopped_and_becomes_a_video(clip: bytes, alice: Client) -> None:
    address = begun(alice, len(clip))
    half = len(clip) // 2
    assert sent(alice, address, clip[:half], 0) == 204
    assert alice.head(address).headers["Upload-Offset"] == str(half)
    assert sent(alice, address, clip[:half], 0) == 409  # a repeated piece changes nothing
    assert sent(alice, address, clip[half:], half) == 204
    video = models.Video.objects.get()
    assert (video.state, video.title, video.kind) == ("waiting", "How we work", "overview")
    studio.work(video.id)
    video.refresh_from_db()
    assert (video.state, video.progress, video.problem, round(video.seconds)) == ("ready", 100, "", 2)
    assert set(video.files.values_list("role", flat=True)) == {"original", "as_shot", "as_shot_poster"}
    assert models.VideoUpload.objects.get().pieces == []


def test_an_upload_nobody_goes_on_with_is_given_up_after_three_days(clip: bytes, alice: Client, tmp_path: Path) -> None:
    address = begun(alice, len(clip))
    assert sent(alice, address, clip[:100], 0) == 204
    kept = models.VideoUpload.objects.get().pieces
    assert (library.give_up_unfinished(), [(tmp_path / "shelf" / each).exists() for each in kept]) == (0, [True])
    models.Video.objects.update(created_at=clock.now() - timedelta(days=4))
    assert (library.give_up_unfinished(), library.give_up_unfinished()) == (1, 0)
    video = models.Video.objects.get()
    assert (video.state, video.problem) == (
        "failed",
        "The rest of the file did not come within three days. Upload it again.",
    )
    assert [(tmp_path / "shelf" / each).exists() for each in kept] == [False]
    assert sent(alice, address, clip[100:], 100) == 409


def test_what_is_no_video_fails_with_the_reason_on_the_page(alice: Client) -> None:
    video = finished(b"#!/bin/sh\n" + b"x" * 500, alice)
    assert (video.state, video.problem) == ("failed", "This is a program, not a video.")
    assert "This is a program, not a video." in alice.get("/videos").content.decode()


def test_the_whole_file_may_come_in_one_form(clip: bytes, alice: Client, tmp_path: Path) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(clip)
    with source.open("rb") as file:
        form = {"file": file, "title": "Us", "kind": "faq", "language": "es"}
        assert alice.post("/videos/upload", form).status_code == 302
    assert models.Video.objects.values_list("title", "kind", "language", "state").get() == (
        "Us",
        "faq",
        "es",
        "waiting",
    )


def test_a_storyboard_from_a_starter_is_edited_and_refused_with_what_is_wrong(alice: Client) -> None:
    form = {"starter": "plumbing_what_next", "language": "en", "service": "water_heater"}
    to = alice.post("/videos/start", form).headers["Location"]
    video = models.Video.objects.get()
    board = decode(video.storyboard)
    assert board.scenes[0].lines == ("Rivera Plumbing, in half a minute",)
    assert "What it costs" not in [scene.heading for scene in board.scenes]
    edited = {"count": "1", "title": "Ours", "kind": "what_next", "language": "en", "heading-0": "x" * 90, "do": "make"}
    answer = alice.post(to, edited)
    assert answer.status_code == 409
    assert "Its heading has 90 characters and cannot be read in time." in answer.content.decode()
    video.refresh_from_db()
    assert (video.state, video.title) == ("draft", "Ours")
    assert alice.post(f"{to}.yaml", {"yaml": "title: Hi\nsceens: []"}).status_code == 409
    assert alice.post(f"{to}.yaml", {"yaml": "title: Hi\nscenes:\n- heading: Hello"}).status_code == 302
    assert alice.get(to).headers["Permissions-Policy"] == "camera=(), microphone=(self), geolocation=()"


def test_the_drawings_of_a_scene_are_named_by_what_they_show() -> None:
    assert set(DRAWINGS) == {icon for icon in ICONS if icon}


def test_a_drawn_video_has_two_shapes_and_captions(alice: Client) -> None:
    alice.post("/videos/start", {"starter": "how_we_work", "language": "es"})
    video = models.Video.objects.get()
    assert library.make(video) == ()
    studio.work(video.id, height=160)
    video.refresh_from_db()
    assert (video.state, video.problem) == ("ready", "")
    assert video.captions.startswith("WEBVTT\n")
    assert set(video.files.values_list("role", flat=True)) == {"vertical", "vertical_poster", "square", "square_poster"}


def test_work_that_was_stopped_stays_stopped(clip: bytes, alice: Client) -> None:
    address = begun(alice, len(clip))
    sent(alice, address, clip, 0)
    id = models.Video.objects.get().id
    alice.post(f"/videos/{id}/act", {"do": "stop"})
    studio.work(id)
    assert models.Video.objects.values_list("state", flat=True).get() == "stopped"
    alice.post(f"/videos/{id}/act", {"do": "again"})
    assert models.Video.objects.values_list("state", flat=True).get() == "waiting"


def test_a_testimonial_needs_a_release_also_for_the_database(clip: bytes, alice: Client) -> None:
    video = finished(clip, alice, kind="testimonial")
    alice.post(f"/videos/{video.id}/act", {"do": "publish"})
    assert models.Video.objects.filter(published_at__isnull=False).count() == 0
    with pytest.raises(IntegrityError, match="nobody has signed a release"):
        transaction.run(lambda _: models.Video.objects.filter(id=video.id).update(published_at=clock.now()))
    given = {"person": "Maria Lopez", "signed_on": "2026-03-01", "scope": "Texts to customers"}
    alice.post(f"/videos/{video.id}/release", given)
    alice.post(f"/videos/{video.id}/act", {"do": "publish"})
    assert models.Video.objects.filter(published_at__isnull=False).count() == 1
    token = video_links.preview(video.id, clock.now())
    assert alice.get(f"/v/{token}").status_code == 200
    alice.post(f"/videos/{video.id}/act", {"do": "withdraw"})
    assert models.Video.objects.filter(published_at__isnull=False).count() == 0
    assert alice.get(f"/v/{token}").status_code == 410


def test_the_place_of_a_video_is_kept_before_its_picture_is_there(clip: bytes, alice: Client) -> None:
    """What lay below it jumped, by a quarter of a phone's page."""
    video = finished(clip, alice)
    file = video.files.get(role="as_shot")
    page = alice.get(f"/videos/{video.id}").content.decode()
    assert re.findall(r'<video [^>]*width="(\d+)" height="(\d+)"', page) == [(str(file.width), str(file.height))]
    assert file.width > 0


def test_a_videos_page_wears_the_colour_of_the_businesss_agency(clip: bytes, alice: Client) -> None:
    video = finished(clip, alice)
    agency = models.Agency.objects.create(name="Northline", colour="#b4145a")
    models.Business.objects.filter(id=video.business_id).update(agency=agency)
    agencies.forget()
    address = f"/v/{video_links.preview(video.id, clock.now())}"
    for status in (200, 410):
        page = Client().get(address)
        links = re.findall(r'<link rel="(?:icon|stylesheet)" href="(?!/static)([^"]+)"', page.content.decode())
        assert (page.status_code, links) == (
            status,
            [f"/icon-192.png?of={agency.id}", f"/brand/{agency.id}.css?b4145a"],
        )
        models.Video.objects.filter(id=video.id).update(removed_at=clock.now())
    agencies.forget()


def test_only_owners_change_videos_and_nobody_sees_anothers(
    clip: bytes, alice: Client, bob: Client, charlie: Client
) -> None:
    video = finished(clip, alice)
    assert [client.get("/videos").content.count(b"How we work") > 0 for client in (alice, bob, charlie)] == [
        True,
        True,
        False,
    ]
    for client in (bob, charlie):
        assert client.get(f"/videos/{video.id}").status_code == 404
        assert client.post(f"/videos/{video.id}/act", {"do": "remove"}).status_code == 404
        assert client.post("/videos/uploads", headers={"Upload-Length": "5"}).status_code in {404, 413}
    assert models.Video.objects.filter(removed_at=None).count() == 1


def shown(shop: Any, video: models.Video) -> str:
    """The address of somebody who was sent this video."""
    to = shop.conversation(131, name="Maria")
    row = showings.ShowingRow(
        business=shop.business.id,
        contact=to.contact_id,
        conversation=to.id,
        video=video.id,
        text="video:2",
        at=clock.now(),
    )
    transaction.run(lambda cursor: showings.write(cursor, [row]))
    return f"/v/{video_links.token(to.id, video.id, clock.now() + timedelta(days=1))}"


def test_the_watch_page_counts_people_and_no_robots(clip: bytes, alice: Client, shop: Any) -> None:
    video = finished(clip, alice)
    address = shown(shop, video)
    stranger = Client()
    for robot in ({"User-Agent": "WhatsApp/2.23"}, {"User-Agent": "curl/8"}):
        assert stranger.get(address, headers=robot).status_code == 200
    assert watched.of_videos(shop.business.id)[video.id].marks == {}
    page = stranger.get(address, headers=VIEWER)
    assert "tel:+15125550100" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.cookies == {}
    part = stranger.get(f"{address}/video.mp4", headers={**VIEWER, "Range": "bytes=0-99"})
    assert (part.status_code, len(b"".join(part.streaming_content))) == (206, 100)
    assert stranger.post(f"{address}/seen", {"what": "half"}, headers=VIEWER).status_code == 204
    assert stranger.post(f"{address}/seen", {"what": "sold"}, headers=VIEWER).status_code == 400
    found = watched.of_videos(shop.business.id)[video.id]
    assert (found.sent, found.marks) == (1, {"opened": 1, "played": 1, "quarter": 1, "half": 1})
    talk = models.Showing.objects.get().conversation_id
    assert "Watched half of the video" in alice.get(f"/c/{talk}").content.decode()


def test_each_number_of_a_video_opens_the_people_it_counts(clip: bytes, alice: Client, shop: Any) -> None:
    video = finished(clip, alice)
    address = shown(shop, video)
    Client().get(address, headers=VIEWER)
    Client().post(f"{address}/seen", {"what": "half"}, headers=VIEWER)
    talk = models.Showing.objects.get().conversation_id
    ones = {"sent": [talk], "opened": [talk], "played": [talk], "quarter": [talk], "half": [talk], "finished": []}
    found = Numbers(alice.get(f"/videos/{video.id}").content.decode()).found
    figures = {said.href.partition("got=")[2]: said for said in found if "film-figures" in said.inside}
    assert {got: said.words for got, said in figures.items()} == {got: str(len(ids)) for got, ids in ones.items()}
    in_library = [said.href for said in Numbers(alice.get("/videos").content.decode()).found if "film" in said.inside]
    assert [href for href in in_library if href] == [figures[got].href for got in ("sent", "opened", "finished")]
    listed = {got: alice.get(said.href) for got, said in figures.items()}
    assert {got: [line.conversation for line in page.context["lines"]] for got, page in listed.items()} == ones
    assert "Nobody got this far with the video." in listed["finished"].content.decode()
    assert alice.get(f"/videos/{video.id}/people?got=x").status_code == 404
    shop.text(models.Conversation.objects.get(id=talk), "video:2", "machine", "See", "withdrawn")
    assert alice.get(figures["sent"].href).context["lines"] == []


def test_older_people_of_a_video_stand_on_the_next_page(
    clip: bytes, alice: Client, shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerback.console.videos.people.PAGE", 2)
    video = finished(clip, alice)
    talks = [shop.conversation(60 + last).id for last in range(3)]
    for talk in models.Conversation.objects.filter(id__in=talks):
        models.Showing.objects.create(
            business=shop.business, contact=talk.contact, conversation=talk, video=video, text="t", at=clock.now()
        )
    first = alice.get(f"/videos/{video.id}/people")
    assert (first.context["sum"], [line.conversation for line in first.context["lines"]]) == ("3 people", talks[:0:-1])
    last = alice.get(f"/videos/{video.id}/people?{first.context['older']}")
    assert [line.conversation for line in last.context["lines"]] == talks[:1]


def test_an_address_that_was_changed_or_ran_out_opens_nothing(clip: bytes, alice: Client, shop: Any) -> None:
    address = shown(shop, finished(clip, alice))
    assert Client().get(address[:-9] + ("A" if address[-9] != "A" else "B") + address[-8:]).status_code == 404
    with clock.using(lambda: shop.business.created_at + timedelta(days=9000)):
        assert Client().get(address).status_code == 404
    assert Client().get(f"{address}/passwords.txt", headers=VIEWER).status_code == 404


def test_a_removed_video_keeps_its_record_and_says_whom_to_call(clip: bytes, alice: Client, shop: Any) -> None:
    video = finished(clip, alice)
    address = shown(shop, video)
    alice.post(f"/videos/{video.id}/act", {"do": "remove"})
    gone = Client().get(address, headers=VIEWER)
    assert (gone.status_code, "tel:+15125550100" in gone.content.decode()) == (410, True)
    assert models.Showing.objects.count() == 1
    assert models.VideoFile.objects.count() == 0
    assert alice.get(f"/videos/{video.id}").status_code == 404


def test_typed_sentences_become_captions_over_the_video(clip: bytes, alice: Client) -> None:
    video = finished(clip, alice)
    alice.post(f"/videos/{video.id}/captions", {"captions": "Hello there\nBye"})
    page = alice.get(f"/v/{video_links.preview(video.id, clock.now())}/captions.vtt")
    assert page.content.decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.570\nHello there\n\n00:00:01.570 --> 00:00:02.000\nBye\n"
    )


def test_a_members_own_look_says_so_in_their_language_and_the_rest_in_the_videos(
    clip: bytes, alice: Client, shop: Any
) -> None:
    """The sentence that only staff see stood there in the customers' language."""
    video = finished(clip, alice)
    models.User.objects.filter(email="alice@example.com").update(language="es")
    page = alice.get(f"/videos/{video.id}").content.decode()
    assert re.findall(r"</svg> ([^<]*)</span>", page.partition('class="phone-screen"')[2].partition("</div>")[0]) == [
        "Choose a time",
        "Call",
    ]
    (address,) = re.findall(r'href="(/v/[^"]+)"', page)
    seen = alice.get(html.unescape(address)).content.decode()
    assert re.findall(r'<p class="soft"[^>]*>.*?</p>', seen) == [
        '<p class="soft" lang="es">Así lo ven los clientes. Sus propias visitas no se cuentan.</p>'
    ]
    assert ('<html lang="en">' in seen, f"Call {wording.phone(shop.business.phone)}" in seen) == (True, True)


def test_the_page_is_light_before_anybody_plays(clip: bytes, alice: Client, shop: Any) -> None:
    address = shown(shop, finished(clip, alice))
    static = Path(__file__).parents[2] / "src" / "answerback" / "watch" / "static" / "watch"
    poster = b"".join(Client().get(f"{address}/poster.jpg", headers=VIEWER).streaming_content)
    page = Client().get(address, headers=VIEWER).content
    weight = len(page) + len(poster) + sum(each.stat().st_size for each in static.iterdir())
    assert weight < 100_000


def test_videos_lie_in_a_bucket_and_are_handed_out_by_expiring_addresses(
    clip: bytes, alice: Client, shop: Any, settings: Any
) -> None:
    import boto3
    import httpx
    from moto.server import ThreadedMotoServer

    from answerback.server.environment import environment, videos

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        at = f"http://{host}:{port}"
        boto3.client(
            "s3", endpoint_url=at, aws_access_key_id="k", aws_secret_access_key="s", region_name="us-east-1"
        ).create_bucket(Bucket="films")
        env = environment({"ANSWERBACK_VIDEOS": f"s3://k:s@films?endpoint={at}"})
        settings.STORAGES = {**settings.STORAGES, "videos": videos(env)}
        video = finished(clip, alice)
        assert (video.state, video.problem) == ("ready", "")
        address = shown(shop, video)
        page = Client().get(address, headers=VIEWER)
        assert f"media-src 'self' {at}" in page.headers["Content-Security-Policy"]
        to = Client().get(f"{address}/video.mp4", headers=VIEWER).headers["Location"]
        assert to.startswith(f"{at}/films/")
        assert "X-Amz-Expires=3600" in to
        assert httpx.get(to, headers={"Range": "bytes=4-7"}, timeout=60).content == b"ftyp"
        library.remove(video)
    finally:
        server.stop()


def measured(shop: Any, last: int, *, booked: bool = False, sold: bool = False) -> models.Conversation:
    """A lead that replied and whose service is known, measured."""
    conversation = shop.conversation(last)
    nothing = dict.fromkeys(("callbacks_owed", "callbacks_made", "recovered", "not_ours", "taken_back", "hour"), 0)
    no = dict.fromkeys(("qualified", "qualified_by_label", "booked_by_label", "stands", "attended"), False)
    models.LeadMeasure.objects.create(
        lead=models.Lead.objects.get(conversation=conversation),
        business=shop.business,
        line=shop.line,
        version=1,
        began_at=clock.now(),
        day=clock.now().date(),
        service="leak",
        calls=1,
        texted=True,
        replied=True,
        booked=booked,
        sold=sold,
        **nothing,
        **no,
    )
    return conversation


def test_the_report_compares_those_who_got_a_video_with_those_who_did_not(alice: Client, shop: Any) -> None:
    video = models.Video.objects.create(
        business=shop.business,
        title="Us",
        kind="overview",
        language="en",
        made_by="studio",
        state="ready",
        created_at=clock.now(),
    )
    got, played = measured(shop, 201), measured(shop, 202, booked=True, sold=True)
    held, none = measured(shop, 203, booked=True), measured(shop, 204)
    for to in (got, played):
        shop.text(to, "video:1", "machine", "See {video}", "delivered")
        row = showings.ShowingRow(
            business=shop.business.id,
            contact=to.contact_id,
            conversation=to.id,
            video=video.id,
            text="video:1",
            at=clock.now(),
        )
        transaction.run(lambda cursor, row=row: showings.write(cursor, [row]))
    transaction.run(lambda cursor: showings.mark(cursor, played.id, video.id, "played", clock.now()))
    shop.text(played, "in:1", "customer", "great", "received", at=clock.now() + timedelta(minutes=2))
    models.Decision.objects.create(
        business=shop.business,
        conversation=held,
        at=clock.now(),
        rule="video",
        verdict="not_sent",
        why="No video was sent.",
        guards=[{"name": "hold_out", "passed": False, "evidence": ""}],
    )
    groups = transaction.run(lambda cursor: watched.compared(cursor, shop.business.id, none.opened_at))
    assert {name: (g.leads, g.replied_after, g.booked, g.sold) for name, g in groups.items()} == {
        "watched": (1, 1, 1, 1),
        "sent": (1, 0, 0, 0),
        "held_back": (1, 0, 1, 0),
        "none": (1, 0, 0, 0),
    }
    page = alice.get("/reports/videos").content.decode()
    assert "Held back for comparison" in page
    without = [said.words for said in Numbers(page).found if not said.href and not said.inside & {"p", "span"}]
    assert without == []
    assert _behind(alice, page) == {
        ("watched", "leads"): ("1", [played.id]),
        ("watched", "after"): ("1", [played.id]),
        ("watched", "booked"): ("1", [played.id]),
        ("watched", "sold"): ("1", [played.id]),
        ("sent", "leads"): ("1", [got.id]),
        ("held_back", "leads"): ("1", [held.id]),
        ("held_back", "booked"): ("1", [held.id]),
        ("none", "leads"): ("1", [none.id]),
        **dict.fromkeys(NONE_OF, ("0", [])),
    }
    labels = re.findall(r'aria-label="(Watched a video, [^"]*)"', page)
    assert labels == [
        "Watched a video, Leads: 1", "Watched a video, Replied after it: 1", "Watched a video, Booked: 1 (100%)",
        "Watched a video, Sold: 1 (100%)",
    ]  # fmt: skip
    wrong = ("", "got=sent&count=x", "got=x")
    assert [alice.get(f"/reports/videos/leads?{each}").status_code for each in wrong] == [404] * 3


NONE_OF = [
    ("sent", "after"),
    ("sent", "booked"),
    ("sent", "sold"),
    ("held_back", "sold"),
    ("none", "booked"),
    ("none", "sold"),
]
"""The zeros of the page."""


def _behind(client: Client, page: str) -> dict[tuple[str, str], tuple[str, list[int]]]:
    """Each number of the page that opens a list, by what it asks for: itself, and which conversations it lists."""
    found = {}
    for href, number in re.findall(r'<a href="(/reports/videos/leads[^"]*)"[^>]*>(\d+)[ <]', page):
        asked = parse_qs(html.unescape(href).partition("?")[2])
        listed = client.get(html.unescape(href)).context["lines"]
        found[asked["got"][0], asked["count"][0]] = (number, [line.conversation for line in listed])
    return found
