"""The pages under /phone: be a pretend customer, call and text the business, see what comes back.

Everything goes through the pretend phone world and from there, like a real provider's traffic, through signed
webhooks; no view here calls the workflow. GET changes nothing. The pages exist only where the business's phone
provider is the simulator.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast
from zlib import crc32
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from answerback.adapters.simulator import PhoneWorld, open_world
from answerback.console.guard import to_the_door
from answerback.console.phone.exchange import Exchange, exchange_for
from answerback.console.phone.people import PEOPLE, Person, person_with
from answerback.console.phone.screen import TAKEN, Screen, screen_of
from answerback.ports.numbers import typed
from answerback.store.queries import timeline
from answerback.workflow import clock, pictures
from answerback.workflow.attachments import MOST_BYTES
from answerback.workflow.pictures import NotAPicture

LONGEST_TEXT = 1600
"""As long a text as providers put together from its parts."""

RING_SECONDS = 20

Asked = ParamSpec("Asked")


def _by_way_of_the_door(view: Callable[Asked, HttpResponse]) -> Callable[Asked, HttpResponse]:
    """Whoever opens a page and is not signed in is led there and back; what they do is not done afterwards."""

    @wraps(view)
    def led(*asked: Asked.args, **named: Asked.kwargs) -> HttpResponse:
        request = cast("HttpRequest", asked[0])
        user = getattr(request, "user", None)
        if request.method == "GET" and user is not None and not user.is_authenticated and settings.PHONE_PAGE:
            return to_the_door(request)
        return view(*asked, **named)

    return led


@require_http_methods(["GET", "POST"])
@_by_way_of_the_door
def people(request: HttpRequest) -> HttpResponse:
    """GET: on to the first pretend person. POST `who`: be somebody else, by name, by number or both."""
    exchange = _exchange(request)
    if request.method == "GET":
        return redirect("phone:handset", number=int(PEOPLE[0].digits))
    world = _connected(exchange)
    person = _newcomer(world, request.POST.get("who", ""))
    world.add_handset(person.number, person.name, person.failure)
    return redirect("phone:handset", number=int(person.digits))


@require_GET
@never_cache
@_by_way_of_the_door
def handset(request: HttpRequest, number: int) -> HttpResponse:
    """The whole page for one pretend person."""
    return _page(request, _exchange(request), number)


@require_GET
@never_cache
@_by_way_of_the_door
def live(request: HttpRequest, number: int) -> HttpResponse:
    """What changes by itself; 204 while the version the page has (`v`) is still right."""
    exchange = _exchange(request)
    screen = _screen(exchange, f"+{number}")
    seen = request.GET.get("v", "")
    if seen == screen.version:
        return HttpResponse(status=204)
    announce = seen.rpartition(".")[2] != screen.version.rpartition(".")[2]
    return render(request, "phone/live.html", _context(exchange, number, screen) | {"announce": announce})


@require_GET
@never_cache
@_by_way_of_the_door
def story(request: HttpRequest, number: int) -> HttpResponse:
    """What answerback did and why, for this number; 204 while it is as the page has it (`v`)."""
    exchange = _exchange(request)
    return _story(request, exchange, number)


@require_POST
def call(request: HttpRequest, number: int) -> HttpResponse:
    """Ring the business; a call that is still going on is hung up first."""

    def act(world: PhoneWorld, caller: str, exchange: Exchange) -> None:
        now = clock.now()
        world.hang_up(caller, now)
        world.call(caller, exchange.line, now, ring=RING_SECONDS)

    return _acted(request, number, act)


@require_POST
def hang_up(request: HttpRequest, number: int) -> HttpResponse:
    """End the call."""
    return _acted(request, number, lambda world, caller, _: world.hang_up(caller, clock.now()))


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Pick up as the shop."""
    return _acted(request, number, lambda world, caller, shop: world.answer(caller, clock.now(), shop.shop_phone))


@require_POST
def ring_out(request: HttpRequest, number: int) -> HttpResponse:
    """Do not wait until the shop has let it ring long enough."""
    return _acted(request, number, lambda world, caller, _: world.ring_out(caller, clock.now()))


@require_POST
def voicemail(request: HttpRequest, number: int) -> HttpResponse:
    """Go on to the beep."""
    return _acted(request, number, lambda world, caller, _: world.to_voicemail(caller, clock.now()))


@require_POST
def leave_voicemail(request: HttpRequest, number: int) -> HttpResponse:
    """Speak the `words` and hang up; without words the caller just hung up."""
    words = request.POST.get("words", "").strip()[:LONGEST_TEXT]

    def act(world: PhoneWorld, caller: str, _: Exchange) -> None:
        if words:
            world.leave_voicemail(caller, words, clock.now())
        else:
            world.hang_up(caller, clock.now())

    return _acted(request, number, act, cleared="message")


@require_POST
def text(request: HttpRequest, number: int) -> HttpResponse:
    """Send `words` as typed, or a suggested `chip`, to the business; nothing to say sends nothing."""
    chip = request.POST.get("chip", "")
    words = (chip or request.POST.get("words", "")).strip()[:LONGEST_TEXT]

    def act(world: PhoneWorld, caller: str, exchange: Exchange) -> None:
        if words:
            world.text(caller, exchange.line, words, clock.now())

    return _acted(request, number, act, cleared="" if chip else "draft")


@require_POST
def send_picture(request: HttpRequest, number: int) -> HttpResponse:
    """Send a `picture` to the business, drawn anew; what is none is said."""
    _exchange(request)  # nothing is drawn for whoever may not be here
    file = request.FILES.get("picture")
    if file is None or (file.size or 0) > MOST_BYTES:
        return _acted(request, number, _nothing, "picture", gettext("Choose a picture of at most 12 MB."))
    try:
        drawn = pictures.anew(file.read())
    except NotAPicture as problem:
        return _acted(request, number, _nothing, "picture", str(problem))

    def act(world: PhoneWorld, caller: str, exchange: Exchange) -> None:
        world.text(caller, exchange.line, "", clock.now(), (world.take_picture(drawn.content),))

    return _acted(request, number, act, cleared="picture")


@require_GET
@never_cache
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture that was sent from a pretend phone."""
    content = open_world(_exchange(request).world).taken_picture(f"{TAKEN}{name}")
    if content is None:
        raise Http404("No pretend phone has sent such a picture.")
    return HttpResponse(content, content_type="image/jpeg")


@require_POST
def call_back(request: HttpRequest, number: int) -> HttpResponse:
    """The shop phones this person, and they talk."""

    def act(world: PhoneWorld, caller: str, exchange: Exchange) -> None:
        world.call_back(exchange.line, caller, clock.now(), talked=True)

    return _acted(request, number, act)


def _exchange(request: HttpRequest) -> Exchange:
    """The phone world of the business this person is looking at; 404 where there is none for them."""
    exchange = exchange_for(request)
    if exchange is None:
        raise Http404("There is no pretend phone world here: sign in to a business whose provider is the simulator.")
    return exchange


def _nothing(_world: PhoneWorld, _caller: str, _exchange: Exchange) -> None:
    """What was asked for cannot be done."""


def _acted(
    request: HttpRequest,
    number: int,
    act: Callable[[PhoneWorld, str, Exchange], object],
    cleared: str = "",
    problem: str = "",
) -> HttpResponse:
    """Do one act as this person; answer with the new screen, or for a browser without scripts with the page.

    `cleared` names the field that was used and shall be empty again, `problem` says why nothing was done.
    """
    exchange = _exchange(request)
    world = _connected(exchange)
    person = person_with(f"+{number}")
    if all(known.number != person.number for known in world.handsets()):
        world.add_handset(person.number, person.name, person.failure)
    act(world, person.number, exchange)
    if not request.headers.get("hx-request"):
        return redirect("phone:handset", number=number)
    screen = _screen(exchange, person.number)
    context = _context(exchange, number, screen) | {"announce": True, "cleared": cleared, "problem": problem}
    return render(request, "phone/live.html", context)


def _page(request: HttpRequest, exchange: Exchange, number: int) -> HttpResponse:
    if typed(f"+{number}") is None:
        raise Http404("This is not a phone number.")
    context = _context(exchange, number, _screen(exchange, f"+{number}"))
    return render(request, "phone/handset.html", context | {"people": _people(exchange)})


def _story(request: HttpRequest, exchange: Exchange, number: int) -> HttpResponse:
    rows = timeline.of_number(exchange.business_id, f"+{number}")
    version = f"{crc32(repr([(row.at, row.title, row.detail) for row in rows]).encode()):08x}"
    if request.GET.get("v") == version:
        return HttpResponse(status=204)
    context = {"rows": rows, "version": version, "number": number, "zone": exchange.zone}
    return render(request, "phone/story.html", context)


def _context(exchange: Exchange, number: int, screen: Screen) -> dict[str, Any]:
    names = {known.number: known.name for known in open_world(exchange.world).handsets()}
    if exchange.shop_phone:
        names.setdefault(exchange.shop_phone, gettext("The shop's cell phone"))
    return {
        "exchange": exchange,
        "number": number,
        "person": person_with(f"+{number}", names.get(f"+{number}", "")),
        "screen": screen,
        "shop": int(exchange.shop_phone.removeprefix("+") or 0),
        "longest": LONGEST_TEXT,
    }


def _screen(exchange: Exchange, number: str) -> Screen:
    return screen_of(
        open_world(exchange.world),
        number,
        line=exchange.line,
        shop_phone=exchange.shop_phone,
        now=clock.now(),
        zone=ZoneInfo(exchange.zone),
        root=exchange.hooks_url.partition("/hooks/")[0],
    )


def _connected(exchange: Exchange) -> PhoneWorld:
    """The world, told where to report what happens on our line."""
    world = open_world(exchange.world)
    world.connect(
        exchange.line,
        connection=exchange.connection,
        secret=exchange.secret,
        hooks_url=exchange.hooks_url,
        title=exchange.business,
    )
    return world


def _people(exchange: Exchange) -> list[Person]:
    """Everybody one can be: those of the start, then those made up here, the newest last."""
    listed = {person.number for person in PEOPLE} | {exchange.shop_phone}
    others = [known for known in open_world(exchange.world).handsets() if known.number not in listed]
    return [*PEOPLE, *(person_with(known.number, known.name) for known in others)]


def _newcomer(world: PhoneWorld, who: str) -> Person:
    """A person for what was typed: the number in it, or a made-up one, and the rest as the name."""
    digits = "".join(letter for letter in who if letter.isdigit() or letter == "+")
    number = typed(digits) or _free_number(world)
    name = " ".join(word for word in who.split() if any(letter.isalpha() for letter in word))[:40]
    return person_with(number, name)


def _free_number(world: PhoneWorld) -> str:
    """A number from the range kept for fiction that nobody here has."""
    taken = {known.number for known in world.handsets()} | {person.number for person in PEOPLE}
    free = (f"+15125550{last:03}" for last in range(180, 200))
    return next((number for number in free if number not in taken), "+15125550199")
