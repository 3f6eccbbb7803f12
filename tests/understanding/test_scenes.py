"""Dangers put together from several words, and the everyday texts that share those words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.reading import Asked, Reading, Vocabulary
from answerback.understanding import read

_ZONE = ZoneInfo("America/Chicago")
_NOW = datetime(2026, 3, 11, 10, 0, tzinfo=_ZONE)

EMERGENCIES = """
plumbing | there is a geyser in my front yard the main broke
plumbing | water coming through the kitchen light what do i do
plumbing | raw sewage in my kitchen floor drain
plumbing | my ceiling just fell in water everywhere
plumbing | the toilet upstairs overflowed and its coming thru to the living room
plumbing | i smell rotten eggs near my stove
plumbing | gas leak
plumbing | pls hurry the basement has a foot of water
plumbing | no puedo cerrar la llave de paso y sale agua por todas partes
plumbing | huele mucho a gas y me siento mareada
hvac | no heat and its 10 below, three little kids here
hvac | our heat went out and grandma lives with us shes 87
hvac | AC died, 104 outside, my baby is only 2 months
hvac | the CO alarm wont stop
hvac | burning plastic smell from vents
hvac | mi papá está enfermo del corazón y no hay aire, hace 110 grados
hvac | furnace making popping noise and flames are coming out the bottom
hvac | my wife has MS and cant take this heat, ac out
towing | im in a ditch off county road 9
towing | someone hit me on the highway and left, im still in the car
towing | my car died on an offramp and people almost hit me
towing | stuck on the side of 101 with my toddler
towing | my kid is locked in the car and its hot out
towing | keys are in the van with the dog in there and its hot
towing | dog in the car windows up and i lost my keys
towing | carro se apago en el carril de en medio
towing | i blew a tire on the interstate shoulder no spare
towing | in the middle of the intersection wont start
restoration | river is coming into the house
restoration | fire dept just left, roof is gone and its about to rain
restoration | pipe froze and burst, every room has water
restoration | toilet backing up into the tub raw sewage everywhere
dental | my jaw is swelling and im having a hard time swallowing
dental | my kid fell and her front tooth came out
dental | wont stop bleeding since they pulled it yesterday
dental | golpe en la cara, se me salio el diente
dental | face so swollen my eye is closing
dental | baseball to the mouth two teeth are pushed back
medspa | my vision went blurry after under eye filler
medspa | skin around my nose turned grayish after filler
medspa | my lips and tongue are swelling after the injection
medspa | hard to breathe after the peel numbing cream
medspa | me pusieron relleno y no veo bien de un ojo
law | police arrested my brother this morning
law | they have my wife at the ICE detention center
law | i have an eviction hearing tomorrow at 9
law | my ex is outside my house pounding on the door
law | detuvieron a mi esposo en el trabajo
law | warrant out for me and cops are at my moms
law | i was just served and i have to be in court in the morning
clinic | my husband is having crushing chest pain
clinic | my baby wont wake up
clinic | i think im having a stroke
clinic | my daughter ate peanuts and her lips are puffy
clinic | my dad fell and cant get up hes bleeding from the head
clinic | i took all my pills
clinic | theres no reason for me to be here anymore
clinic | i cant stop crying i dont want to live like this
clinic | creo que me esta dando un infarto
clinic | mi hija tiene 40 de fiebre y convulsiona
clinic | seeing double and my speech is weird
clinic | my blood sugar is 520 and im throwing up
clinic | cant keep anything down and i have blood in my vomit
clinic | blood in my stool a lot of it and dizzy
clinic | having really bad thoughts and im scared of myself
locksmith | my newborn is in the car and the keys are inside
locksmith | locked out with no shoes and its snowing
locksmith | my mom with alzheimers locked herself in the bedroom
locksmith | estoy afuera de mi casa y mi bebe esta adentro
locksmith | somebody kicked in my door and i cant lock it, im alone tonight
locksmith | left the oven on and im locked out
auto_repair | car stalled on the railroad tracks
auto_repair | brakes failed on the freeway im on the shoulder
auto_repair | smoke from the engine and im on 17 with my kids
roofing | tree through the roof water pouring in
roofing | ceiling collapsed on the bed
roofing | roof blew off in the storm and its still raining
roofing | part of the roof caved in
vet | my dog is having a seizure
vet | cat cant pee and is yowling
vet | dog ate rat poison
vet | puppy wont stop vomiting blood
vet | mi gato no respira bien
vet | my dog was attacked by a coyote
vet | he swallowed a sock and is choking
vet | bloated belly and pacing, great dane
vet | dog hit by car
salon | my scalp is burning really bad and swelling from the bleach and my throat feels weird
propane_delivery | there is frost on the tank and a hissing by the regulator
clinic | nos quedamos sin nada, se acabó la insulina de mi papá
vet | she cannot pee since yesterday and cries
clinic | a scorpion, le picó un alacrán a mi niño
midwife | contractions 3 minutes apart already
plumbing | i cant get the water to turn off
plumbing | the water is up to the beds
law | a marshal comes tomorrow at noon to put us out
dental | she hit the pavement with her scooter and a tooth is gone
hvac | huele a huevo podrido y me siento mareada
any trade | he pushed me down the stairs, i'm 80
any trade | no me dejan salir de la casa
any trade | someone follows my daughter home from school
any trade | ya no le veo sentido a seguir
any trade | the pills are lined up
dental | my crown cut my gum and the bleeding hasnt slowed in 3 hours
any trade | i will be dead by friday, its a relief
"""

EVERYDAY = """
plumbing | water heater pilot light went out, no hot water
plumbing | faucet handle broke off in the shower
plumbing | toilet keeps running all night in the guest bathroom
plumbing | leaking a little under the kitchen sink, bucket under it
plumbing | is it ok if i come by at 3
plumbing | i cant talk right now, can you text me
plumbing | gas water heater is leaking from the bottom, water is off
plumbing | do you install gas lines for a pool heater
plumbing | hot water has been out 2 days
hvac | ac has been out 2 days can someone come tomorrow
hvac | ac not keeping up, its 79 in here
hvac | house is warm upstairs
hvac | unit is making a loud buzzing noise
hvac | my mom needs a new furnace, she is on a budget, quotes?
hvac | ac is leaking water into the drain pan
towing | need a tow from my house to the shop on 35th
towing | locked my keys in my car at the gym
towing | out of gas at the chevron lot
towing | how far can you tow on the highway
towing | exit 12, behind the shell station
towing | dead battery in my driveway with my kids late for school
locksmith | my ex moved out and i want the locks rekeyed
locksmith | lost my car key fob, need a new one
locksmith | locked out of my office, no rush im at lunch
auto_repair | car shakes when i brake on the highway
auto_repair | my car got hit in the parking lot, need an estimate
auto_repair | rear brakes grinding
dental | my son has a loose baby tooth should i worry
dental | scared of the dentist, do you do sedation
dental | gums bleed a lot when i brush
dental | my lip is still numb from this morning lol
dental | wisdom teeth hurting on and off
medspa | i want the lines around my eyes to disappear
medspa | how long are lips swollen after filler
medspa | can my lips look bigger without looking fake
medspa | i have redness on my cheeks
law | how long does immigration paperwork take
law | need help with my dads estate, he passed last month
law | want to change my name after divorce
law | do you do traffic tickets
clinic | cant make it friday, my car is shaking and i need a mechanic
clinic | need my son's adhd meds refilled
clinic | my back went out and i cant stand for long
clinic | i have a cold and my throat itches
clinic | im confused about my bill
roofing | roof is old and some shingles are missing
roofing | gutter fell off the back of the house
roofing | want a quote for a new roof before the rainy season
vet | he keeps shaking his head and scratching his ears
vet | my dog takes apoquel can i get a refill
vet | cat is due for shots and hates the car
vet | is it bad if my dog ate grass
salon | i need my roots done before my trip
salon | my hair broke off from bleach at another salon
pest_control | bats in my attic
pest_control | raccoon got in the garage
pest_control | wasps near the front door
garage_door | garage door fell off the track, car is outside
moving | moving out of my parents house june 1
property_mgmt | the elevator is slow
restoration | house smells like smoke from the last tenant
restoration | small water stain on ceiling from the tub upstairs, fixed now
any trade | my dog needs his nails trimmed
any trade | can you groom a 80 lb lab
any trade | my kitty needs shots and a checkup
any trade | how much to neuter a cat
any trade | are you open on the 4th, my dog needs boarding
any trade | my son needs a haircut saturday
any trade | daughter has a cavity, when can she come in
any trade | my kids need their teeth cleaned
any trade | booking for me and my 3 kids
any trade | need a plumber to install a water line to the fridge
any trade | water pressure is low in the upstairs shower
any trade | shower drain is slow
any trade | kitchen sink leaking under cabinet small drip
any trade | hot water takes forever to come up
any trade | light fixture install in dining room
any trade | want recessed lights in the kitchen
any trade | fan is noisy in the bathroom
any trade | need an outlet for my ev charger in the garage
any trade | breaker keeps tripping when i run the microwave
any trade | gas fireplace wont light
any trade | gas stove hookup quote please
any trade | can you move a gas meter
any trade | car is in the garage at home, wont start
any trade | my truck needs an oil change and the brakes checked
any trade | brake light is out
any trade | tires are worn out need 4 new ones
any trade | rear ended last month need bumper fixed
any trade | ac is out in my car
any trade | ac guy came last week, bill question
any trade | heat is not reaching the back bedroom
any trade | thermostat is dead
any trade | want to replace our 20 yr old furnace
any trade | do you offer financing for a new ac
any trade | tree trimming for 3 oaks in the front
any trade | roof is 15 years old want it inspected
any trade | gutters are falling off the back
any trade | wind took a few shingles off last night, no leaks
any trade | ceiling fan install
any trade | ceiling has an old water stain
any trade | I want to get my teeth whitened before my wedding
any trade | i lost a filling but it doesnt hurt
any trade | my jaw clicks when i chew
any trade | lip filler consult please
any trade | do you do laser for face veins
any trade | eyes look tired, what do you recommend
any trade | my face is breaking out
any trade | can i see the doctor about my knee
any trade | need my bp checked for work
any trade | do you take walk ins for strep tests
any trade | i hurt my back lifting, want an appointment
any trade | my mom needs a ride to her appointment, are you near the bus
any trade | moms birthday is saturday can she get a facial
any trade | my husband snores, do you do sleep studies
any trade | want to see someone about my weight
any trade | is the doctor in today
any trade | i need a notary for a power of attorney
any trade | we want to set up a trust for our kids
any trade | what time is my court date again
any trade | got a speeding ticket, can you help
any trade | police report is attached
any trade | wife and i are separating, how does it work
any trade | looking for help with a visa for my husband
any trade | hail took out our skylight last month, roofer already tarped it
any trade | the elevator in your building was out so i was late, sorry
any trade | locked my keys in my car at work no hurry
any trade | i lost my house key, need a new one made
any trade | lock is sticking on the front door
any trade | want smart locks on two doors
any trade | safe wont open, forgot the code
any trade | my phone died call me later
any trade | im dead on my feet lets do tomorrow
any trade | this price is insane you're killing me
any trade | that was fire, thanks
any trade | you guys are the bomb
any trade | holy smokes thats expensive
any trade | its freezing cold in your waiting room lol
any trade | my hair is a disaster, help
any trade | im stuck in traffic be there in 10
any trade | stuck at work can we move it to 4
any trade | running late, on the highway now
any trade | i'm outside
any trade | im here where do i park
any trade | my kid is sick so we cant make it
any trade | kids are out of school that day so mornings work
any trade | i was in the hospital so i missed my appointment
any trade | on my way
any trade | my flight got cancelled, stuck in denver, can we reschedule
any trade | pool pump is leaking a little
any trade | shock treatment for the pool and a filter clean
any trade | add chlorine to my weekly service please
any trade | bees keep coming to our hummingbird feeder, what do you do about that
any trade | saw a mouse in the kitchen
any trade | ants everywhere in the kitchen
any trade | roaches all over the bathroom
any trade | found a scorpion in the garage, how much for spray
any trade | dishwasher leaves water in the bottom
any trade | washer is shaking the house when it spins
any trade | dryer takes 3 cycles
any trade | oven doesnt get hot
any trade | fridge is making ice but its leaking onto the floor a bit
any trade | microwave door broke
any trade | mi perro necesita vacunas
any trade | cuanto cobran por limpiar el drenaje
any trade | necesito pintar la casa por fuera
any trade | se me rompio la llave del lavabo, no urge
any trade | quiero una cita para mi hija el lunes
any trade | el aire no enfria bien arriba
any trade | mi mama necesita una limpieza dental
any trade | tengo una gotera chiquita
any trade | can you fix a cracked windshield
any trade | car alarm keeps going off, want it removed
any trade | smoke detector chirping need new battery
any trade | carbon monoxide detector install for 3 bedrooms
any trade | fire pit build quote
any trade | water heater is 12 years old, thinking of replacing
any trade | want a hot tub wired
any trade | do you do ballroom lights on the ceiling
any trade | help me pick a color for my living room
any trade | i shot you an email yesterday
any trade | can the tech call when hes on the way, dog needs to be put away
any trade | my ex lives there now, change the address to mine
any trade | he has a key, he can let you in
any trade | cleaners broke my lamp last time but you fixed it thanks
any trade | no one is home but the key is under the mat
any trade | someone will be at the door
auto_repair | it wobbles on the highway above 60
car_glass | a pebble on the freeway, small star
clinic | hurt my shoulder lifting boxes
dental | se le cayó un diente de leche
dental | se me rompió un diente postizo
tow | Emergency Lane 12, next to the bakery
any trade | i'm in Socorro, TX
restoration | smells like smoke from the grill on my coat
hvac | add carbon monoxide alarms to the bedrooms
medspa | this humidity is killing me, smooth it please
piano | a wire snapped in the treble
auto_repair | me dejaron un golpe en la puerta
garage_doors | the cable snapped and the door is crooked
garage_doors | cable snapped, door's down, other car is out
dog_trainer | he drags me down the block, my shoulder is toast
auto_repair | my car is having a stroke at every light
house_cleaning | the dog ate the corner of the couch
salon | your prices are going to give me a heart attack haha
fence | we need one around the pool so that nobody drowns
"""

NOT_NOW = [
    "if i ever had a flood at night would you come",
    "last summer the basement flooded, want a sump pump",
    "had a flood in 2019, dont want it to happen again",
    "if i ever get locked out do you come at night",
    "does it bleed a lot",
    "do you install carbon monoxide detectors",
    "the previous owners had a fire in the kitchen",
]

STILL_NOW = [
    ("sorry to bother you, no rush, but my chest is really tight", True),
    ("no hurry if youre busy but there is water pouring through the ceiling", True),
    ("not urgent, locked out with my dog", False),
]


def rows(block: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in block.splitlines() if line.strip()]


def reading(text: str, industry: str) -> Reading:
    return read(text, asked=Asked(), vocabulary=Vocabulary(industry=industry), now=_NOW, zone=_ZONE)


@pytest.mark.parametrize(("industry", "text"), rows(EMERGENCIES))
def test_emergency_in_scattered_words(industry: str, text: str) -> None:
    assert reading(text, industry).urgency == "emergency"


@pytest.mark.parametrize(("industry", "text"), rows(EVERYDAY))
def test_everyday_words_are_no_emergency(industry: str, text: str) -> None:
    found = reading(text, industry)
    assert (found.hazards, found.urgency == "emergency") == ((), False)


@pytest.mark.parametrize("text", NOT_NOW)
def test_what_is_past_or_only_thought_of(text: str) -> None:
    assert reading(text, "plumbing").urgency != "emergency"


@pytest.mark.parametrize(("text", "emergency"), STILL_NOW)
def test_politeness_beats_inconvenience_but_not_danger(text: str, emergency: bool) -> None:
    assert (reading(text, "plumbing").urgency == "emergency") == emergency
