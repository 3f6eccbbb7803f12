"""No heat, no power or no air where a baby, somebody old or somebody sick lives is an emergency, in both languages.

What only sounds like them (twin beds, a heater ten months old) is none.
"""

import pytest
from tests.understanding.conftest import ReadingOf

WITH_SOMEBODY_FRAIL = """
we have newborn twins and the heater died
tenemos gemelos recién nacidos y no hay calefacción
no heat and I'm 8 months pregnant
estoy embarazada de 8 meses y no hay calefacción
sin calefacción desde anoche y mi bebé de 3 semanas está helado
se descompuso la calefacción y tengo una bebita de 2 meses
no prende el calentón y vive conmigo mi mamá de 84 años
no tenemos luz y mi esposo usa oxígeno
se fue la luz y mi papá depende de un concentrador de oxígeno
power is out and my dad is on an oxygen concentrator
AC died its 101 in here and grandma is 91
el aire no enfría y mi abuelita tiene 90 años
heat's out, premature baby at home
furnace quit and we just brought our preemies home from the nicu
no hay calefacción y acabamos de traer al bebé prematuro del hospital
no heat, my husband is on home dialysis
sin luz y mi esposo se dializa en casa
no hay agua caliente ni calefacción y mi mamá está en silla de ruedas
heater stopped working, i have a 2 year old and a newborn
the furnace is dead and my mother has alzheimers
la calefacción no funciona y mi mamá tiene alzhéimer
no heat and my son has a trach and a ventilator
no hay luz y mi hijo está conectado a un ventilador para respirar
boiler is down, my triplets are 5 weeks
no tenemos calefacción y tengo trillizos de un mes
heat is out at a nursing home
se apagó la calefacción en un asilo de ancianos
no AC and my wife is due next week
el aire acondicionado no sirve y mi esposa está a punto de dar a luz
heat pump died, elderly parents in the house
no hay calefacción y mis suegros son mayores de 80
furnace out. mom just got home from open heart surgery
no hay calefacción, mi papá acaba de salir del hospital operado del corazón
we have no heat and a 10 day old
no tenemos calefacción y un recién nacido de diez días
no heat and my grandson has asthma real bad
sin calefacción y mi niña es asmática
sin aire y mi señora en quimioterapia
no heat here & i am on hospice
no hay calefacción y mi abuelo está en cuidados paliativos
no power, my fridge with insulin is getting warm and im diabetic
no sirve la calefaccion y hay adultos mayores en la casa
heater broke, there is a disabled adult here who cant move
se murió el boiler y tengo una persona discapacitada aquí
no heat, we got a lil one just born sunday
no hay calefacción, mi nena nació el domingo
furnace wont kick on, baby is 9 days old
la calefa no jala y mi beba tiene 20 días
estamos sin luz y mi mamá necesita su máquina para respirar
heater kaput and my water broke last week i mean we have a brand new baby
AC not cooling and my mom has ms and cant regulate her temp
no tenemos agua caliente ni calefacción, mi esposa acaba de dar a luz
it's 48 in here and I have twins that are 6 weeks
our furnace stopped, husband is a quadriplegic
se fue el aire, tengo a mi suegra de 88 años aquí
No heat. I care for a medically fragile child.
mi vecina de 92 años no tiene calefacción
el minisplit ya no enfría y mi papá está delicado del corazón
the boiler went out at our assisted living facility
sin calefacción y con dos bebés
my elderly neighbor has no heat
hace mucho frío aquí, no hay calefacción y soy asmática
no ac and im 39 weeks along
the power's been off since 4 and my son's feeding pump needs electricity
"""
ALIKE = """
we bought twin beds and the heater in the guest room needs a cover
twin furnaces, want both tuned up, no hurry
need a quote to replace the heater in the baby's room next month
compramos dos camas gemelas y queremos mover el radiador
my twin brother said your furnace tune ups are good
the grandma suite needs a new mini split quote
our old ac is 14 years old and we want a quote for a new one
looking for a heater for a senior center remodel next spring
quiero cotizar calefacción para el cuarto de mi bebé que nace en junio
baby blue paint peeling near the heater vent
my ac is about 10 months old, need a tune up
do you clean oxygen sensors
wheelchair ramp estimate please
el sensor de oxígeno del calentador marca error, ¿cuánto cobran?
mi hermano gemelo recomendó su servicio
we have a baby grand piano near the radiator, can you check the humidity
queremos una cotización para calefacción en una casa de ancianos, sin prisa
annual furnace check for my mother in law's condo please
ac is 10 months old and its not cooling
our 3 month old furnace wont turn on, is it under warranty
the heat pump is 8 weeks old and it stopped, can someone come this week
el aire acondicionado tiene 2 meses y no enfría, tiene garantía?
el boiler de 6 meses no prende
the twins are off to college so we want to shut off the heat upstairs
need heater installed in the old people's hall, remodel in may
persona mayor busca cotización de aire
do you hire seniors? i can fix heat pumps
adult family size water heater quote
senior discount on a tune up?
do you give senior discounts? ac is out of freon i think
is there a descuento para personas mayores? mi aire no enfria bien
"""


@pytest.mark.parametrize("text", WITH_SOMEBODY_FRAIL.strip().splitlines())
def test_somebody_frail_without_heat_is_an_emergency(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text, industry="hvac").urgency == "emergency"


@pytest.mark.parametrize("text", ALIKE.strip().splitlines())
def test_what_only_sounds_like_them_is_none(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text, industry="hvac").urgency != "emergency"
