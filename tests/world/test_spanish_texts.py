"""Every Spanish text of every shipped pack is sent once to a pretend phone; nothing of it is English or left open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from tests.in_spanish import ENGLISH

from answerback.engine.playbook import CallSituation
from answerback.engine.rehearsal import wordings
from answerback.engine.segments import make_plain, segments
from answerback.engine.variants import choose
from answerback.engine.wording import numbered
from answerback.store.playbook_file import pack, pack_text, packs
from answerback.testing.world import World

DAYS = [(day, start, end) for day in range(5) for start, end in (("08:00", "12:00"), ("13:00", "17:00"))]
HOLIDAY = "2026-05-25"  # Memorial Day, a Monday
WITH_BLANKS = re.compile(r"\{\w+\}")
MOMENTS: dict[CallSituation, str] = {
    "open": "2026-03-10 10:00",
    "lunch": "2026-03-10 12:15",
    "closed": "2026-03-10 19:30",
}
NO_WORDS = re.compile(r"https?://\S+|\bSTOP\b")
UNSENT = {
    "say > calling_now",  # `a_taken_case_is_told_in_spanish.story`
    "say > calling_later",
    "say > deposit",  # `a_deposit_is_asked_for_in_spanish.story`
    "say > taken",  # `the_last_opening_in_spanish.story`
    "say > other_times",
    "say > thanks",  # nothing says it
    "routes > otherwise > say",  # only where no times can be booked
}
BOOKED = {
    *("routes > book > say", "say > booked", "say > cancelled", "say > times", "say > which_time", "say > ask_name"),
    *("say > ask_address", "say > moved", "say > move_times", "say > reminder"),
}
UNSENT_OF = {
    "law_firm": BOOKED,  # a person looks for conflicts first
    **{name: {"say > ask_address"} for name in ("dental_clinic", "med_spa", "salon")},  # customers come to them
}


@dataclass(frozen=True)
class Talk:
    """What a customer of this trade writes."""

    wants: str
    at_once: str
    danger: str = "huele mucho a gas en la casa"
    urgent: str = ""
    not_ours: str = ""
    sensitive: str = "voy a demandarlos, ya hablé con mi abogado"


TALKS = {
    "plumbing": Talk(
        wants="quiero remodelar mi baño",
        at_once="se tapó el fregadero, puede esperar, en Austin",
        urgent="se reventó un tubo y se está inundando la casa",
        not_ours="¿reparan lavadoras? la mía no sirve",
    ),
    "hvac": Talk(
        wants="quiero un equipo nuevo de aire",
        at_once="el termostato no prende, puede esperar, en Austin",
        urgent="no hay calefacción y tengo un bebé recién nacido, la casa está helada",
        not_ours="se descompuso mi refrigerador",
    ),
    "dental_clinic": Talk(
        wants="necesito una limpieza",
        at_once="necesito una limpieza, puede esperar",
        danger="no puedo respirar y se me está hinchando la garganta",
        urgent="me duele muchísimo una muela, no aguanto, es urgente",
        not_ours="necesito unos lentes nuevos",
    ),
    "med_spa": Talk(
        wants="quiero quitarme unas arrugas",
        at_once="quiero quitarme unas arrugas, puede esperar",
        danger="no puedo respirar y se me está hinchando la cara",
        urgent="es una emergencia, se me infectó",
        not_ours="quiero un tatuaje",
    ),
    "salon": Talk(
        wants="quiero un tinte",
        at_once="quiero un corte de pelo, puede esperar",
        danger="no puedo respirar y se me está hinchando la cara",
        urgent="me arde mucho el cuero cabelludo por el tinte, es urgente",
        not_ours="quiero un tatuaje",
    ),
    "law_firm": Talk(
        wants="necesito un divorcio",
        at_once="necesito un divorcio, puede esperar, en Austin",
        danger="mi esposo me está pegando ahorita",
        urgent="tengo una audiencia mañana, es urgente",
        not_ours="necesito declararme en bancarrota, puede esperar, en Austin, soy Maria Lopez",
        sensitive="estoy muy enojado con ustedes, nadie me contesta, pésimo servicio",
    ),
}
VAGUE = {"urgency": "azul marino", "service": "mmm", "choice": "azul marino", "contact_pref": "azul marino"}
"""What answers none of these questions."""

ANSWERS = {"urgency": "puede esperar", "area": "Austin", "name": "Maria Lopez", "contact_pref": "un enlace por favor"}


@pytest.fixture(params=packs())
def trade(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


class Shop:
    """A business that speaks Spanish first, and customers with numbers of their own."""

    def __init__(self, world: World, trade: str) -> None:
        self.world, self.talk, self.playbook = world, TALKS[trade], pack(trade)
        self.numbers: list[str] = []
        self.tried = 0

    def customer(self) -> str:
        self.tried += 1
        self.numbers.append(f"+1512555{2000 + self.tried}")
        return self.numbers[-1]

    def writes(self, number: str, *texts: str) -> None:
        for text in texts:
            self.world.text(number, text)
            self.world.run(seconds=70)

    def last(self, number: str) -> str:
        texts = self.world.texts_to(number)
        return texts[-1].body if texts else ""

    def asked(self, number: str) -> str | None:
        """The slot of the question that stands last."""
        body = self.last(number)
        for learn in self.playbook.learn:
            if any(_pattern(text).search(body) for wording in (learn.ask, learn.again) for text in wording["es"]):
                return learn.slot
        return None

    def answer(self, slot: str | None) -> str:
        return self.talk.wants if slot == "service" else ANSWERS.get(slot or "", "1")

    def to_the_times(self, number: str) -> None:
        self.writes(number, self.talk.at_once)
        for _ in self.playbook.learn:
            if (slot := self.asked(number)) is not None:
                self.writes(number, self.answer(slot))


def _pattern(text: str) -> re.Pattern[str]:
    parts = WITH_BLANKS.split(text)
    return re.compile(r".*?".join(map(re.escape, parts)), re.DOTALL)


def _both(shop: Shop, situation: CallSituation) -> Iterator[str]:
    """Customers who are told the first variant and the second."""
    variants = shop.playbook.greet[situation]["es"]
    missing = set(range(len(variants)))
    while missing:
        shop.tried += 1
        number = f"+1512555{2000 + shop.tried}"
        if (which := choose(variants, number)) in missing:
            missing.remove(which)
            shop.numbers.append(number)
            yield number


def _greetings(shop: Shop) -> None:
    world = shop.world
    for situation, moment in MOMENTS.items():
        world.run(until=moment)
        for number in _both(shop, situation):
            world.call(number)
        world.run(minutes=2)


def _holiday(shop: Shop) -> None:
    for number in _both(shop, "holiday"):
        shop.world.call(number)
    shop.world.run(minutes=2)


def _greetings_again(shop: Shop) -> None:
    world = shop.world
    for number in _both(shop, "repeat"):
        world.call(number, 6, "abandoned")
        world.run(seconds=40)
        world.call(number)
    for number in _both(shop, "voicemail"):
        world.call(number, voicemail="hola, llámenme por favor, gracias")
    world.run(minutes=20)


def _questions(shop: Shop) -> None:
    """Each question, and how it is put again to whoever was not understood."""
    for learn in shop.playbook.learn:
        number = shop.customer()
        shop.writes(number, "hola buenas tardes" if learn.kind == "service" else shop.talk.wants)
        for _ in shop.playbook.learn:
            slot = shop.asked(number)
            if slot in {None, learn.slot}:
                break
            shop.writes(number, shop.answer(slot))
        shop.writes(number, VAGUE.get(learn.kind, "pues no sé"))


def _routes(shop: Shop) -> None:
    talk = shop.talk
    for text in (talk.danger, talk.urgent, talk.not_ours, talk.sensitive, "llámenme por favor"):
        shop.writes(shop.customer(), text)
    shop.writes(shop.customer(), "hola buenas tardes", "azul marino", "azul marino", "azul marino")


def _stops(shop: Shop) -> None:
    shop.writes(shop.customer(), "hola buenas tardes", "ALTO", "START", "AYUDA")
    shop.writes(shop.customer(), "se equivocó de número")
    shop.writes(shop.customer(), shop.talk.at_once, "ya no, gracias, ya encontré a alguien")
    shop.writes(shop.customer(), "gracias")


def _bookings(shop: Shop) -> None:
    _books(shop, shop.customer(), "el lunes a las 9 de la mañana", "1", "Maria Lopez")
    number = shop.customer()
    _books(shop, number, "el frol del blor", "1", "Ana Lopez", "¿se puede el viernes mejor?", "1")
    shop.writes(number, "ya no voy a poder, cancele mi cita por favor")
    shop.world.run(days=6)


def _books(shop: Shop, number: str, *texts: str) -> None:
    shop.to_the_times(number)
    for text in texts:
        shop.writes(number, text)
        if "domicilio" in shop.last(number):
            shop.writes(number, "12 Elm St")


def _silence(shop: Shop) -> None:
    shop.world.call(shop.customer())
    shop.world.run(days=2)


ACTS = (_greetings, _holiday, _greetings_again, _questions, _routes, _stops, _bookings, _silence)


def _all_said(trade: str) -> list[str]:
    """Every text to a customer, of all acts, each in a World of its own."""
    bodies: list[str] = []
    for act in ACTS:
        begins = f"{HOLIDAY if act is _holiday else '2026-03-10'} 10:00"
        with World(playbook=pack_text(trade, first="es"), now=begins, hours=DAYS) as world:
            shop = Shop(world, trade)
            act(shop)
            bodies += [text.body for number in shop.numbers for text in world.texts_to(number)]
    return bodies


def _unsaid(trade: str, bodies: list[str]) -> list[str]:
    """The wordings of this pack, by place, that no text held."""
    return [
        f"{where}: {text}"
        for where, kind, _, wording, _ in wordings(pack(trade))
        if where not in UNSENT | UNSENT_OF.get(trade, set()) and not where.startswith("send > ")
        for text in ([numbered(wording["es"])] if kind == "choice" else wording["es"])
        if not any(_pattern(text).search(body) for body in bodies)
    ]


def test_every_text_of_a_pack_is_sent_and_reads_as_spanish(database: None, trade: str) -> None:
    bodies = _all_said(trade)
    assert _unsaid(trade, bodies) == []
    assert [body for body in bodies if "{" in body or ENGLISH.search(NO_WORDS.sub(" ", body))] == []
    assert [body for body in bodies if segments(body) > 2 or segments(body) != segments(make_plain(body))] == []
