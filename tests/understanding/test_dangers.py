"""Dangers are heard in any wording; what is denied, past or over is not."""

from typing import Any

import pytest

ReadingOf = Any

HAZARDS = """
violence | plumbing | mi esposo me pega, necesito ayuda
violence | plumbing | he violated the restraining order, hes in my driveway
flood | plumbing | my sump pump quit and the pit is rising
gas | plumbing | i smell gas in the kitchen
gas | plumbing | strong smell of gas near the water heater
gas | hvac | there's a gas leak i think
gas | plumbing | huele a gas en la cocina
gas | plumbing | hay una fuga de gas
gas | plumbing | smells like rotten eggs in the basement
gas | plumbing | we hear hissing from the gas line
carbon_monoxide | hvac | our carbon monoxide alarm is going off
carbon_monoxide | hvac | co detector keeps beeping and we feel dizzy
carbon_monoxide | hvac | suena la alarma de monoxido de carbono
fire | hvac | burning smell coming from the furnace
fire | hvac | dryer smells like its burning when its on
fire | hvac | it smells like burning when the heat comes on
fire | hvac | smoke coming out of the vents
fire | hvac | the outlet is smoking
fire | towing | my car is on fire
fire | hvac | sale humo del aire acondicionado
fire | hvac | huele a quemado
fire | hvac | sparks coming from the unit
electric | plumbing | water is dripping into the electrical panel
electric | plumbing | water coming through the light fixture
electric | plumbing | got shocked touching the faucet
electric | plumbing | cae agua en el enchufe
flood | plumbing | burst pipe in the garage
flood | plumbing | pipe burst!! help
flood | plumbing | water everywhere in my kitchen
flood | plumbing | my basement is flooding
flood | plumbing | there is water pouring through the ceiling
flood | plumbing | sewage coming up in the shower
flood | plumbing | the main line broke and I cant shut the water off
flood | plumbing | se reventó un tubo y hay agua por todos lados
flood | plumbing | se inundo la casa
flood | plumbing | las aguas negras se están saliendo en el baño
medical_emergency | clinic | i have chest pain and my arm is numb
medical_emergency | clinic | i cant breathe
medical_emergency | clinic | having trouble breathing
medical_emergency | clinic | my throat is swelling up
medical_emergency | clinic | shes having an allergic reaction
medical_emergency | clinic | he passed out and wont wake up
medical_emergency | dental | my face is swollen and its hard to swallow
medical_emergency | dental | bleeding wont stop after the extraction
medical_emergency | clinic | my dad is slurring his words
medical_emergency | clinic | me duele el pecho
medical_emergency | clinic | no puedo respirar
medical_emergency | clinic | mi hijo se desmayo
medical_emergency | clinic | se me esta cerrando la garganta
self_harm | clinic | i want to kill myself
self_harm | clinic | i dont want to be here anymore
self_harm | plumbing | honestly i just want to die
self_harm | law | everyone would be better off without me
self_harm | clinic | thinking about ending it all
self_harm | clinic | i cant do this anymore, whats the point
self_harm | clinic | im going to hurt myself
self_harm | clinic | been having suicidal thoughts
self_harm | law | no reason to live after the divorce
self_harm | clinic | i took a whole bottle of pills
self_harm | clinic | my daughter says she wants to kill herself
self_harm | clinic | me quiero morir
self_harm | clinic | ya no quiero vivir
self_harm | clinic | he pensado en quitarme la vida
self_harm | clinic | quiero matarme
self_harm | clinic | mi hijo dice que quiere matarse
self_harm | clinic | i wish i was dead
self_harm | clinic | there is nothing left to live for
violence | law | my husband hit me last night
violence | law | he threatened to kill me
violence | law | my ex is stalking me
violence | towing | a man is following me
violence | law | mi esposo me golpea
violence | law | me amenazó con una pistola
violence | law | someone broke in and he has a gun
"""

CALM = """
clinic | shooting hoops again thanks to you all!!
plumbing | im shocking the water myself, just need someone to fix the filter
clinic | kids are drowning me in questions about when we can swim, need you to take the cover off
clinic | no room to breathe on my calendar this week, the 24th works
clinic | sat on my specs and one arm came off. cant see without them
plumbing | last year we had a flood, now just a slow drain
plumbing | we had a burst pipe two years ago, want an inspection
plumbing | no gas smell, just want the line moved
plumbing | I don't smell gas
plumbing | need a gas line run to my new stove
plumbing | what would you charge if a pipe burst
plumbing | the pipe burst but its fixed now, need the wall looked at
plumbing | el año pasado se inundo la casa
plumbing | no se ha inundado nada
towing | ran out of gas on oak street
towing | my phone is dying, hurry up
towing | my battery is dying
hvac | we have a gas furnace due for a tune up
hvac | my thermostat is not on fire lol just blank
hvac | fireplace tune up
clinic | i want to quit smoking
clinic | bad breath
clinic | i was fired from my job
salon | im dying to get my hair done
salon | cut my own hair and need it fixed
salon | shes going to kill it at prom, needs an updo
dental | im dying for whiter teeth
dental | hit me up when you have an opening
law | hit by a car last month
piano_tuning | the hammer action is shot
plumbing | just a slow drip under the sink
plumbing | kitchen faucet drips
plumbing | want a quote for a new toilet
hvac | ac is not cooling well
plumbing | you could fix this if you come tomorrow
plumbing | price is killing me
clinic | flu shot for me and my wife
law | following up on my case
plumbing | following up on my quote
"""

EMERGENCIES = """
towing | stuck on the side of the highway
towing | im stranded on I-35 with my kids
towing | my baby is locked in the car
towing | se quedo mi bebe encerrado en el carro
towing | varada en la carretera
hvac | no heat and we have a newborn
hvac | our ac is out and my elderly mother is here
hvac | no tenemos calefaccion y tengo un bebe
law | my son just got arrested
law | i have court tomorrow morning
law | ICE took my husband
law | arrestaron a mi hermano
dental | knocked my front tooth out
dental | se le cayó un diente de un golpe
plumbing | this is an emergency
plumbing | es una emergencia
plumbing | URGENT please hurry
"""

WAITING = """
not urgent, just a dripping faucet
no rush, need a new toilet sometime
its not an emergency but my sink is slow
whenever you can get to it, the disposal hums
can wait till next month, want a new water heater
no es urgente, el lavabo gotea
sin prisa, quiero cambiar el inodoro
no hurry on the drain
just getting quotes for a water heater
cuando puedan, es una gotera chica
"""

SOON = """
can someone come today for a clogged drain
need a plumber asap, toilet clogged
no hot water
water heater went out, need someone tomorrow
necesito un plomero hoy
need it done as soon as possible, slow drain
"""


def rows(block: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize(("hazard", "industry", "text"), rows(HAZARDS))
def test_danger_heard(reading_of: ReadingOf, hazard: str, industry: str, text: str) -> None:
    reading = reading_of(text, industry=industry)
    assert (hazard in reading.hazards, reading.urgency) == (True, "emergency")


@pytest.mark.parametrize(("industry", "text"), rows(CALM))
def test_no_danger_where_there_is_none(reading_of: ReadingOf, industry: str, text: str) -> None:
    reading = reading_of(text, industry=industry)
    assert (reading.hazards, reading.urgency == "emergency") == ((), False)


@pytest.mark.parametrize(("industry", "text"), rows(EMERGENCIES))
def test_emergency_without_danger_to_life(reading_of: ReadingOf, industry: str, text: str) -> None:
    assert reading_of(text, industry=industry).urgency == "emergency"


@pytest.mark.parametrize("text", [row[0] for row in rows(WAITING)])
def test_can_wait(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text).urgency == "can_wait"


@pytest.mark.parametrize("text", [row[0] for row in rows(SOON)])
def test_soon(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text).urgency == "soon"


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("yes", "emergency"),
        ("YES very", "emergency"),
        ("sí", "emergency"),
        ("no", "can_wait"),
        ("No rush", "can_wait"),
        ("it can wait", "can_wait"),
        ("puede esperar", "can_wait"),
        ("not an emergency", "can_wait"),
        ("yes water is still pouring out", "emergency"),
    ],
)
def test_the_urgency_question(reading_of: ReadingOf, text: str, urgency: str) -> None:
    reading = reading_of(text, "urgent")
    assert (reading.intent, reading.urgency) == ("answer", urgency)


def test_real_danger_beats_polite_patience(reading_of: ReadingOf) -> None:
    assert reading_of("no rush but i smell gas in the house").hazards == ("gas",)


def test_evidence_says_why_in_plain_words(reading_of: ReadingOf) -> None:
    assert '"burst pipe" says water or sewage doing damage now' in reading_of("we have a burst pipe").evidence
