"""Texts put together from parts: contrast pairs above all, where one part turns a danger into none or a wish into a question.

The parts are data of this module; what they mean together is said once for all of a kind.
"""

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training.texts import Labelled

_HERE = Path(__file__).parent
_UNREAD = _HERE / "unread"


def _merged(files: Iterable[Path]) -> dict[str, Any]:
    """The industries of several files as one; no trade may stand in two, as their services would be mixed."""
    found: dict[str, Any] = {}
    for file in files:
        more = json.loads(file.read_text(encoding="utf-8"))
        if twice := found.keys() & more:
            raise ValueError(f"{file.name}: {', '.join(sorted(twice))} stand in another file too; rename them here.")
        found |= more
    return found


INDUSTRIES = _merged([_HERE / "industries.json"])
"""The trades that texts of any trade are placed at, and whose services texts are made of."""
WRITERS_INDUSTRIES = _merged(sorted((_HERE / "texts").glob("*_industries.json")))
"""The trades that other writers brought with their texts."""
UNKNOWN_INDUSTRIES = json.loads((_UNREAD / "industries.json").read_text(encoding="utf-8"))
STRANGERS_INDUSTRIES = _merged(_UNREAD / f"{name}_industries.json" for name in ("fresh", "second", "third", "fourth"))
"""Trades of four strangers, whose texts judge."""
NAMED_INDUSTRIES = _merged(_UNREAD / f"{name}_industries.json" for name in ("names", "odd", "odder"))
"""Trades known by the names of their services alone."""


def made(*, seed: int) -> list[Labelled]:
    """All texts put together, a sample of each kind."""
    chance = random.Random(seed)
    kinds = (
        _of_services,
        _cold_and_hot,
        _on_the_road,
        _shut_in,
        _symptoms,
        _gas_and_smoke,
        _water,
        _stops,
        _threats,
        _hurt_oneself,
        _stories_of_law,
        _complaints,
        _old_jobs,
    )
    return [one for kind in kinds for one in kind(chance)]


def _pick(chance: random.Random, many: list[str], count: int) -> list[str]:
    return chance.sample(many, min(count, len(many)))


def _say(text: str, intent: str | None, **labels: object) -> Labelled:
    given = {"industry": "any", "asked": "open", **labels}
    return Labelled(text=text, intent=intent, **given)  # type: ignore[arg-type]


_BOOK = [
    "need {s}",
    "i need {s}",
    "I need {s} please",
    "looking for {s}",
    "looking to get {s}",
    "can i get {s}",
    "want {s}",
    "i want to book {s}",
    "can you do {s} for me",
    "need help with {s}",
    "{s}",
    "{s} please",
    "need someone for {s}",
    "i'd like to schedule {s}",
    "id like {s}",
    "interested in {s}",
    "hi im interested in {s}",
    "calling about {s}",
    "called about getting {s}",
    "need to set up {s}",
    "can someone come do {s}",
    "we need {s} at our place",
    "my mom needs {s}",
    "I would like to make an appointment for {s}",
    "how do i book {s}",
    "hello i was looking for {s}",
    "{s} for my husband",
    "trying to get {s} done",
]
_BOOK_SOON = [
    "need {s} today",
    "need {s} asap",
    "can i get {s} tomorrow",
    "need {s} today if possible",
    "looking for {s} this afternoon",
    "any chance for {s} today",
    "need {s} as soon as you can",
    "{s} tomorrow morning?",
    "got time for {s} today? i really need it",
    "need {s} right away",
]
_BOOK_LATER = [
    "no rush but need {s}",
    "need {s} next week",
    "want {s} sometime next month",
    "{s}, whenever you have time",
    "want {s} in april, just planning ahead",
    "looking for {s}, not urgent",
    "gathering quotes for {s}",
    "need {s} next tuesday",
    "just getting bids on {s}",
    "want {s} before summer, no hurry",
]
_ASK = [
    "how much is {s}",
    "how much for {s}",
    "how much do you charge for {s}",
    "price for {s}?",
    "whats the price on {s}",
    "cost of {s}",
    "do you do {s}",
    "do you guys do {s}?",
    "do u offer {s}",
    "do you offer {s} on weekends",
    "how long does {s} take",
    "is {s} expensive",
    "does insurance cover {s}",
    "do you take insurance for {s}",
    "is there a deal on {s}",
    "what does {s} include",
    "do you do {s} in round rock",
    "who does {s} there",
    "can you tell me about {s}",
    "what's the cheapest {s}",
    "does {s} hurt",
    "whats involved in {s}",
    "any specials on {s}",
    "do i need an appointment for {s}",
    "wondering what you charge for {s}",
    "is {s} worth it",
    "how often should i get {s}",
    "curious about {s} prices",
    "do you finance {s}",
    "can {s} be done in one day",
    "is the consult for {s} free",
]
_OWN = [
    "when is my {s} appointment",
    "what time is my {s}",
    "is my {s} still on for today",
    "running late for my {s}",
    "did you get the paperwork for my {s}",
    "what do i owe for the {s}",
    "is the {s} done",
    "how is the {s} going",
    "i have {s} at 3, do i need to bring anything",
    "you did {s} for us last month, where is the receipt",
    "when will the {s} be finished",
    "is the {s} you did last year under warranty",
]
_CANCEL = [
    "cancel my {s}",
    "need to cancel my {s}",
    "please cancel the {s} on friday",
    "cancel {s} appointment",
    "i dont need the {s} anymore, cancel the appointment",
]
_MOVE = [
    "can we move my {s} to friday",
    "need to reschedule my {s}",
    "reschedule {s} please",
    "can i change my {s} to next week",
    "push my {s} to the afternoon",
    "is there an earlier time for my {s}",
]
_BAD = [
    "the {s} you did was terrible",
    "i paid for {s} and it was a joke",
    "unhappy with the {s}",
    "your guy messed up the {s}",
    "i want a refund for the {s}",
    "{s} took 5 hours and you overcharged me",
    "you botched my {s}",
    "worst {s} ever",
    "already having problems after your {s}, this is unacceptable",
]
_DECLINE = [
    "found someone else for the {s}",
    "dont need {s} anymore",
    "we decided not to do {s}",
    "got {s} somewhere else",
    "changed my mind on {s}",
    "too much money for {s}, no thanks",
]
_SALE = [
    "we sell leads for {s}",
    "i can get you more customers for {s}",
    "our company supplies products for {s}",
    "we do marketing for {s} businesses",
    "want to rank first on google for {s}?",
]
_JOB = [
    "i do {s}, are you hiring",
    "looking for a job doing {s}",
    "experienced in {s}, any openings",
    "i have 5 years of {s} and need work",
    "are you hiring for {s}",
]


def _of_services(chance: random.Random) -> Iterator[Labelled]:
    """What people say around the name of a service, in every trade there is."""
    for industry, content in INDUSTRIES.items():
        for service in content["services"]:
            name = service["name"].lower()
            names = [part.strip() for part in name.replace(":", " & ").split("&")]
            spoken = [name, *names]
            told = {"industry": industry, "service": service["id"]}
            for patterns, count, intent, more in (
                (_BOOK, 5, "book", {}),
                (_BOOK_SOON, 1, "book", {"urgency": "soon"}),
                (_BOOK_LATER, 1, "book", {"urgency": "can_wait"}),
                (_ASK, 5, "question", {}),
                (_OWN, 1, "existing", {}),
                (_CANCEL, 1, "cancel", {}),
                (_MOVE, 1, "reschedule", {}),
                (_BAD, 1, "complaint", {"tags": ("complaint",)}),
                (_DECLINE, 1, "decline", {"asked": "followup"}),
            ):
                for pattern in _pick(chance, patterns, count):
                    said = pattern.format(s=chance.choice(spoken))
                    if service["id"] in {"emergency", "biohazard", "accident"} and intent == "book":
                        continue
                    yield _say(said, intent, **{**told, **more})
            if chance.random() < 0.3:
                yield _say(chance.choice(_SALE).format(s=names[0]), "vendor", industry=industry)
                yield _say(chance.choice(_JOB).format(s=names[0]), "job_seeker", industry=industry)


_COLD = [
    "no heat",
    "heat is out",
    "furnace died",
    "furnace quit",
    "heater stopped working",
    "furnace is down",
    "our heat went out last night",
    "boiler is dead",
    "heater wont turn on",
    "the heat isnt working",
]
_HOT = [
    "no ac",
    "ac is out",
    "ac died",
    "ac broke",
    "air conditioner quit",
    "the ac isnt cooling",
    "our air went out",
    "ac stopped last night",
    "central air is dead",
]
_FRAIL = [
    "my mom is 88",
    "we have a newborn",
    "i have a 3 week old",
    "baby is only 2 months",
    "my dad is 90 and lives here",
    "my husband is on oxygen",
    "my wife is bedridden",
    "i have twin infants",
    "my grandma is 94",
    "my son is disabled",
    "we have a 6 week old baby",
    "elderly parents in the house",
    "an elderly man lives here alone",
    "my mother in law is 86 and frail",
    "got a preemie at home",
    "i have an infant",
    "there are 12 seniors in this building",
    "we run a daycare here with babies",
    "im in a wheelchair and cant leave",
    "my daughter was born tuesday",
    "my grandfather is 92",
    "theres a baby here",
    "little ones in the house and its freezing",
    "my aunt is 89 and shivering",
    "its a nursing home",
    "my kids are 1 and 2 and its 48 in here",
]
_FRAIL_ILL = [
    "my husband has copd",
    "my wife is on chemo",
    "my son has severe asthma",
    "my mom has heart failure",
    "im pregnant and high risk",
    "my dad is on hospice",
    "my daughter has seizures from heat",
    "i have ms and heat makes me collapse",
]
_STURDY = [
    "but we have space heaters",
    "but we are fine til tomorrow",
    "we are staying at a friends",
    "just me here",
    "we have a fireplace",
    "got fans going",
    "window unit in the bedroom works",
    "the upstairs unit still works",
    "its an empty rental",
    "its our vacation house",
    "its 65 in here",
    "",
    "",
    "need it fixed",
    "can someone come today",
    "its the office",
    "its the shop",
    "we can manage",
    "the dog doesnt care lol",
]


def _cold_and_hot(chance: random.Random) -> Iterator[Labelled]:
    """No heat or cooling: with somebody frail it is an emergency, else it is soon."""
    for off in _COLD + _HOT:
        for frail in _pick(chance, _FRAIL, 5):
            yield _say(
                chance.choice(("{0} and {1}", "{0}, {1}", "{1} and {0}", "{0}. {1}", "{0} {1}")).format(off, frail),
                "book",
                urgency="emergency",
                industry=chance.choice(["hvac", "hvac", "appliance_repair", "plumbing"]),
            )
        for ill in _pick(chance, _FRAIL_ILL, 1):
            yield _say(f"{off} and {ill}", "book", urgency="emergency", tags=("medical",), industry="hvac")
        for sturdy in _pick(chance, _STURDY, 4):
            yield _say(f"{off} {sturdy}".strip(), "book", urgency="soon", industry="hvac")
        yield _say(
            f"my {chance.choice(['neighbor', 'sister', 'friend'])} had {off} last year and you fixed it, now i need a tune up",
            "book",
            industry="hvac",
        )
    for frail in _FRAIL:
        yield (
            _say(
                chance.choice(
                    (
                        "{0}, need a checkup of the furnace",
                        "{0} so we want a new thermostat",
                        "{0} and we want clean ducts",
                        "{0} can you do a tune up next week",
                    )
                ).format(frail),
                "book",
                urgency=chance.choice(["unknown"]),
                industry="hvac",
                alt_urg=("can_wait", "soon"),
            )
            if "freezing" not in frail and "48" not in frail and "shivering" not in frail
            else _say(frail + ", heat is off", "book", urgency="emergency", industry="hvac")
        )


_BREAK = [
    "car died",
    "broke down",
    "blew a tire",
    "flat tire",
    "out of gas",
    "my car wont start",
    "engine quit",
    "van stalled",
    "truck overheated",
    "lost a wheel",
    "stuck",
    "transmission went out",
    "dead battery",
    "im stranded",
]
_ROAD = [
    "on the highway",
    "on the freeway",
    "on i-35",
    "on the shoulder of 183",
    "on the side of the interstate",
    "in the middle of the road",
    "on the bridge",
    "in a tunnel",
    "on the turnpike at mile 40",
    "in the left lane",
    "on a dark country road",
    "on the train tracks",
    "on the exit ramp",
    "at a busy intersection blocking traffic",
    "on the overpass",
    "on hwy 290 no shoulder",
    "on a curve cars are flying by",
]
_SAFE = [
    "at home",
    "in my driveway",
    "at work",
    "at the mall",
    "in a parking lot",
    "at the gas station",
    "in my garage",
    "at the grocery store",
    "at my apartment",
    "outside my house",
    "at school",
    "at the gym",
    "at a friends place",
    "in the walmart lot",
    "at the office garage",
    "at a hotel",
]


def _on_the_road(chance: random.Random) -> Iterator[Labelled]:
    """Broken down: on a road it is an emergency, somewhere safe it is soon."""
    for what in _BREAK:
        for place in _pick(chance, _ROAD, 6):
            yield _say(
                chance.choice(
                    (
                        "{0} {1}",
                        "{0} {1} help",
                        "im {1}, {0}",
                        "{0}, {1} with my kids",
                        "{0} {1} and its dark",
                        "hi {0} {1} can you come",
                    )
                ).format(what, place),
                "book",
                urgency="emergency",
                industry="towing",
            )
        for place in _pick(chance, _SAFE, 6):
            yield _say(
                chance.choice(
                    (
                        "{0} {1}",
                        "{0} {1}, need help",
                        "im {1}, {0}",
                        "{0} {1}. im safe",
                        "hi {0} {1} can you come",
                        "{0} {1} no rush",
                    )
                ).format(what, place),
                "book",
                urgency="soon",
                industry=chance.choice(["towing", "towing", "auto_repair"]),
            )
        yield _say(
            f"{what} last week {chance.choice(_ROAD)}, now its {chance.choice(_SAFE)} and needs a tow {chance.choice(['next week', 'on monday', 'whenever'])}",
            "book",
            urgency="can_wait",
            industry="towing",
        )
        yield _say(
            f"how much if i {chance.choice(['broke down', 'need a tow', 'got a flat'])} {chance.choice(_ROAD)}",
            "question",
            industry="towing",
        )


_SMALL = [
    "my baby",
    "my toddler",
    "my 2 year old",
    "my son",
    "the baby",
    "my little girl",
    "my 18 month old",
    "my nephew who is 1",
    "kid",
]
_ANIMAL = ["my dog", "the dog", "my puppy", "my cat", "our two dogs"]
_PLACES = [
    "in the car",
    "in my car",
    "in the hot car",
    "in the bathroom",
    "in the house",
    "in the truck with the keys",
    "inside the suv",
    "in the bedroom",
    "in the apartment by herself",
]


def _shut_in(chance: random.Random) -> Iterator[Labelled]:
    """Locked in or out: who is shut in where decides."""
    for place in _PLACES:
        for who in _pick(chance, _SMALL, 3):
            yield _say(
                f"{who} is locked {place}",
                "book",
                urgency="emergency",
                tags=("minor",),
                industry=chance.choice(["locksmith", "towing"]),
            )
        for who in _pick(chance, _ANIMAL, 2):
            yield _say(
                f"{who} locked {place}{chance.choice([' and its 100 out', ' windows are up', ''])}",
                "book",
                urgency="emergency",
                industry=chance.choice(["locksmith", "towing"]),
            )
    for mine in ("keys", "my keys", "my purse and keys", "my phone and keys", "the spare key", "my wallet"):
        for where in _pick(
            chance,
            [
                "in the car at work",
                "in my car at home",
                "in the trunk",
                "in my truck at the store",
                "inside my house, im at the neighbors",
                "in the office, nothing urgent",
            ],
            3,
        ):
            yield _say(
                f"{chance.choice(['locked', 'left', 'i locked'])} {mine} {where}",
                "book",
                urgency="soon",
                industry=chance.choice(["locksmith", "towing"]),
            )
    for bad in (
        "its snowing",
        "its 15 degrees",
        "in the rain with my kids",
        "with no shoes and no coat",
        "my oven is on",
        "candle is burning inside",
        "theres a guy watching me",
        "at night and im scared",
        "my phone is about to die and its freezing",
    ):
        yield _say(
            f"{chance.choice(['locked out', 'im locked out of my house', 'locked myself out'])} {bad}",
            "book",
            urgency="emergency",
            industry="locksmith",
        )


_WHO = ["my husband", "my wife", "my mom", "my dad", "i", "my grandpa", "my roommate", "my boyfriend", "my sister"]
_ACUTE = [
    "is having chest pain",
    "cant breathe",
    "is passing out",
    "collapsed",
    "is having a seizure",
    "wont wake up",
    "is choking",
    "is turning blue",
    "is bleeding really bad",
    "took too many pills",
    "is throwing up blood",
    "hit their head and is confused",
    "cant move one arm and is talking funny",
    "has a swollen throat",
    "is having a bad allergic reaction",
    "is barely breathing",
    "fainted",
    "is unresponsive",
    "is gasping for air",
    "cut an artery i think",
]
_ACUTE_I = [
    "im having chest pain",
    "i cant breathe",
    "i keep passing out",
    "i think im having a heart attack",
    "i cant feel my face",
    "im bleeding and it wont stop",
    "my throat is closing up",
    "i cant swallow",
    "i lost vision in my eye",
    "i took too many pills",
    "im coughing up blood",
    "my heart is racing and im dizzy",
    "cant catch my breath",
    "im struggling to breathe",
    "my lips are swelling",
    "my chest feels like an elephant is on it",
    "my speech is slurring",
]
_PAST = ["last year", "years ago", "back in 2020", "when i was a kid", "10 years ago"]
_ILL = [
    "diabetes",
    "lupus",
    "high blood pressure",
    "epilepsy",
    "cancer",
    "a pacemaker",
    "hiv",
    "hepatitis",
    "a heart condition",
    "crohns",
    "ms",
    "asthma",
    "a blood disorder",
    "thyroid problems",
    "anxiety and panic attacks",
    "bipolar disorder",
    "an autoimmune disease",
]
_REASONS = [
    "a cough",
    "a cold",
    "a sore throat",
    "strep throat",
    "a rash",
    "an ear infection",
    "a sinus infection",
    "tooth pain",
    "a toothache",
    "back pain",
    "knee pain",
    "a sprained wrist",
    "the flu",
    "a fever",
    "allergies",
    "a stomach bug",
    "pink eye",
    "a uti",
    "a headache",
    "heartburn",
    "a stiff neck from sleeping wrong",
    "sore gums",
    "a chipped tooth",
    "an ingrown toenail",
    "a mole",
    "acne",
    "poison ivy",
    "a splinter",
    "hemorrhoids",
    "insomnia",
    "ear wax",
    "a runny nose",
    "body aches",
    "a cracked filling",
    "cold sores",
    "dry skin",
    "jaw pain",
    "shoulder pain",
    "a wart",
    "congestion",
]
_VISITS = [
    "i have {0}",
    "i need to be seen for {0}",
    "can i come in for {0}",
    "{0}, any openings",
    "got {0}, can someone look at it",
    "my husband has {0}",
    "think i have {0}",
    "{0} for 3 days, want an appointment",
    "{0} and tylenol helps, can i come in",
    "need an appt for {0}",
    "hi i have {0} can i get in this week",
    "{0} again",
    "woke up with {0}, can i be seen",
    "my wife has {0} and needs to be seen",
]
_ROUTINE = [
    "when will my results be ready",
    "are my results in",
    "what time is my appointment",
    "did you get my referral",
    "can i get a copy of my records",
    "when is my next cleaning",
    "is my prescription ready for pick up",
    "my tech was great, what was her name",
    "need to update my insurance",
    "did the pharmacy call you",
    "can you send my xrays to my new dentist",
    "which doctor am i seeing",
    "how much is my copay",
    "is dr lee in on friday",
    "i lost my appointment card",
    "do i owe anything",
]
_DRUG = [
    "blood thinners",
    "warfarin",
    "prednisone",
    "accutane",
    "insulin",
    "metformin",
    "chemo",
    "antidepressants",
    "lisinopril",
    "xarelto",
    "birth control",
    "ozempic",
    "xanax",
    "suboxone",
]


def _symptoms(chance: random.Random) -> Iterator[Labelled]:
    """Illness: acute now, past, told of oneself, or only asked about."""
    care = ["clinic", "clinic", "dental", "medspa", "chiropractor", "optometry"]
    for acute in _ACUTE:
        for who in _pick(chance, _WHO[:4] + _WHO[5:], 2):
            yield _say(
                f"{who} {acute}", "book", urgency="emergency", tags=("medical",), industry=chance.choice([*care, "any"])
            )
    for acute in _ACUTE_I:
        yield _say(acute, "book", urgency="emergency", tags=("medical",), industry=chance.choice(care))
        yield _say(
            f"{chance.choice(['help', 'please help', 'please', 'i need help'])} {acute}",
            "book",
            urgency="emergency",
            tags=("medical",),
            industry="any",
        )
        yield _say(
            f"{acute} since {chance.choice(['the shot', 'my injection', 'the procedure', 'you put me on the new meds', 'the filler', 'i left your office'])}",
            "existing",
            also=("book", "question"),
            urgency="emergency",
            tags=("medical",),
            industry=chance.choice(care),
        )
    for ill in _ILL:
        yield _say(
            f"i have {ill}, {chance.choice(['can i still come in', 'is that ok', 'can i get it done', 'is it safe for me', 'can you see me'])}",
            "question",
            tags=("medical",),
            industry=chance.choice(care),
            also=("book",),
        )
        yield _say(
            f"{chance.choice(['i was just diagnosed with', 'need a doctor for my', 'i need someone to manage my'])} {ill}",
            "book",
            tags=("medical",),
            industry="clinic",
        )
        yield _say(f"{ill}, is botox ok", "question", tags=("medical",), industry="medspa")
    for drug in _DRUG:
        yield _say(
            chance.choice(
                [
                    "im on {0}, is that a problem",
                    "can i take {0} before my appointment",
                    "should i stop my {0} first",
                    "is {0} safe with the numbing",
                ]
            ).format(drug),
            "question",
            tags=("medical",),
            industry=chance.choice(care),
            also=("existing",),
        )
        yield _say(
            chance.choice(
                [
                    "need a refill on my {0}",
                    "im out of {0}",
                    "pharmacy didnt get my {0}",
                    "my {0} is making me sick",
                    "can you call in my {0}",
                ]
            ).format(drug),
            "existing",
            tags=("medical",),
            industry="clinic",
            also=("book", "question"),
        )
    for reason in _REASONS:
        for pattern in _pick(chance, _VISITS, 4):
            yield _say(
                pattern.format(reason),
                "book",
                industry=chance.choice(["clinic", "clinic", "dental", "chiropractor"]),
                alt_urg=("soon", "can_wait"),
            )
        yield _say(f"do you see people for {reason}", "question", industry="clinic")
    for asked_of in _ROUTINE:
        yield _say(asked_of, "existing", industry=chance.choice(care), also=("question",))
    for plain in (
        "a cleaning",
        "a check up",
        "botox",
        "an eye exam",
        "a massage",
        "a physical",
        "a facial",
        "new glasses",
        "an adjustment",
        "a flu shot",
        "a haircut",
    ):
        yield _say(
            f"i need {plain}{chance.choice(['', ' for my daughter', ' for my son', ' this week', ' for me and my wife'])}",
            "book",
            industry=chance.choice(care),
            alt_urg=("soon",),
        )


_SMELL = [
    "i smell gas",
    "smells like gas",
    "strong gas smell",
    "gas odor",
    "i can smell gas",
    "smell of rotten eggs",
    "smells like propane",
    "i think theres a gas leak",
    "gas is leaking",
    "hearing gas hiss",
]
_WHERE = [
    "in my kitchen",
    "by the stove",
    "in the basement",
    "near the water heater",
    "outside by the meter",
    "in the garage",
    "all over the house",
    "in my apartment",
    "by the furnace",
    "in the laundry room",
    "in our building",
]
_NO_GAS = [
    "out of gas",
    "gas bill is too high",
    "near the gas station",
    "gas mileage is bad",
    "need a gas line run",
    "want a gas stove hooked up",
    "gas fireplace install",
    "convert from electric to gas",
    "gas grill hookup",
    "moving my gas dryer",
    "gas cap is loose",
    "gas water heater quote",
    "gas company wants us to replace the meter line",
    "gas furnace tune up",
    "across from the shell gas station",
    "the gas was turned off, need the line pressure tested",
]
_BURN = [
    "smell burning",
    "burning smell",
    "smells like burning plastic",
    "smoke coming",
    "sparks coming",
    "flames",
    "i see smoke",
    "something is burning",
    "smells like smoke",
    "its smoking",
    "electrical smell like burning",
    "popping and sparks",
]
_BURN_AT = [
    "from the outlet",
    "from the panel",
    "from my furnace",
    "out of the vents",
    "from the breaker box",
    "from the dryer",
    "behind the wall",
    "from the ac unit",
    "from the dishwasher",
    "in the attic",
    "from the light",
    "under the hood",
    "from the ev charger",
    "from the hot tub",
    "from the garage door motor",
    "from the oven control board",
]
_NO_BURN = [
    "smoke detector needs a battery",
    "want to install smoke alarms",
    "bbq smoke smell in the curtains",
    "fireplace smokes a little when we light it, chimney sweep please",
    "fire pit install",
    "burned out light bulb",
    "burnt out ballast",
    "my tan lines burned lol need a facial",
    "smoking hot deal? whats the price",
    "ex smoker, want whiter teeth",
    "i burned dinner but anyway need a hood cleaned",
    "we had a fire two years ago, now remodeling",
    "fire extinguisher inspection",
    "candle wax on carpet",
    "cigarette burn in my seat, can you fix",
    "heat damage on my hair from the flat iron",
    "cd burner lol no i need a computer fixed",
]


def _gas_and_smoke(chance: random.Random) -> Iterator[Labelled]:
    """Gas and burning, and what only sounds like them."""
    for smell in _SMELL:
        for where in _pick(chance, _WHERE, 4):
            yield _say(
                f"{smell} {where}",
                "book",
                urgency="emergency",
                industry=chance.choice(["plumbing", "hvac", "appliance_repair", "any"]),
            )
        yield _say(
            f"{smell} and im {chance.choice(['dizzy', 'getting a headache', 'nauseous', 'lightheaded'])}",
            "book",
            urgency="emergency",
            tags=("medical",),
            industry=chance.choice(["plumbing", "hvac"]),
        )
        yield _say(
            f"{smell} {chance.choice(['but no rush', 'not sure if its urgent', 'probably nothing', 'idk if its bad', 'only when the stove is on'])}",
            "book",
            urgency="emergency",
            industry="plumbing",
        )
        yield _say(
            f"{chance.choice(_PAST[:2])} {smell.replace('i smell', 'we smelled').replace('is', 'was')} and it got fixed. now need a new faucet",
            "book",
            industry="plumbing",
        )
    for none in _NO_GAS:
        yield _say(
            none,
            "book",
            industry=chance.choice(["plumbing", "hvac", "towing", "auto_repair"]),
            alt_urg=("soon", "can_wait"),
        )
        yield _say(
            f"hi {none}, what would you charge",
            "question",
            industry=chance.choice(["plumbing", "hvac"]),
            also=("book",),
            alt_urg=("soon", "can_wait"),
        )
    for burn in _BURN:
        for at in _pick(chance, _BURN_AT, 4):
            yield _say(
                f"{burn} {at}",
                "book",
                urgency="emergency",
                industry=chance.choice(["hvac", "electrical", "appliance_repair", "restoration", "auto_repair", "any"]),
            )
    for none in _NO_BURN:
        yield _say(none, "book", industry="any", alt_urg=("soon", "can_wait"), also=("question",))


_RUNS = [
    "water is pouring",
    "water is gushing",
    "water coming through",
    "water spraying",
    "water shooting out",
    "water is running down",
    "leaking badly",
    "its flooding",
    "water everywhere",
    "cant stop the water",
    "water is rising",
    "sewage is coming up",
]
_RUNS_AT = [
    "from the ceiling",
    "in the kitchen",
    "under the sink",
    "from the water heater",
    "in the basement",
    "in my bathroom",
    "from upstairs",
    "in the laundry room",
    "from the pool equipment into the garage",
    "by the electrical panel",
    "into the nursery",
    "out of the wall",
    "through the light",
    "in my store",
]
_DRIPS = [
    "small drip",
    "slow leak",
    "tiny leak",
    "drips a little",
    "a few drops",
    "a little damp spot",
    "faucet drips",
    "leaks a bit",
    "wet spot",
    "minor leak",
]
_OVER = [
    "but i shut the water off",
    "we turned the main off so its ok now",
    "its dry now",
    "stopped when i closed the valve",
    "the city turned it off",
    "but its contained in a bucket",
]


def _water(chance: random.Random) -> Iterator[Labelled]:
    """Water: pouring now, dripping, over, or long ago."""
    wet = ["plumbing", "restoration", "roofing", "pool_service", "appliance_repair", "any"]
    for runs in _RUNS:
        for at in _pick(chance, _RUNS_AT, 5):
            yield _say(
                f"{chance.choice(['', 'help ', 'omg ', 'please hurry '])}{runs} {at}",
                "book",
                urgency="emergency",
                industry=chance.choice(wet),
            )
        yield _say(
            f"{runs} {chance.choice(_RUNS_AT)} {chance.choice(_OVER)}",
            "book",
            urgency="soon",
            alt_urg=("unknown",),
            industry=chance.choice(wet),
        )
        yield _say(
            f"{chance.choice(_PAST[:3])} {runs.replace('is', 'was')} {chance.choice(_RUNS_AT)}, just want an estimate on the drywall",
            "book",
            urgency="can_wait",
            alt_urg=("unknown",),
            industry="restoration",
        )
        yield _say(f"what should i do if {runs} {chance.choice(_RUNS_AT)} someday", "question", industry="plumbing")
    for drips in _DRIPS:
        for at in _pick(chance, _RUNS_AT[:6], 2):
            yield _say(f"{drips} {at}", "book", industry=chance.choice(wet[:3]), alt_urg=("soon",))
        yield _say(
            f"{drips} {chance.choice(_RUNS_AT[:6])}, no hurry",
            "book",
            urgency="can_wait",
            industry=chance.choice(wet[:3]),
        )


_END = [
    "stop texting me",
    "take me off your list",
    "dont text me again",
    "remove my number",
    "please stop messaging",
    "no more texts",
    "unsubscribe me",
    "lose my number",
    "quit texting this number",
    "opt me out",
    "do not contact me again",
    "please remove me",
    "delete my number",
    "stop sending me messages",
    "please take my number off",
    "dont message this phone again",
    "stop the texts",
    "i dont want any more texts",
]
_BEFORE_END = [
    "wrong number,",
    "i already found someone.",
    "not interested,",
    "your prices are crazy.",
    "im good thanks,",
    "who is this?",
    "i told you no.",
    "we fixed it.",
    "its handled.",
    "im in a meeting.",
    "thanks but",
    "lol",
    "bro",
    "hi,",
    "sorry but",
    "for the last time",
    "i moved away.",
    "my dad passed.",
    "you people are awful,",
    "the plumber came already so",
    "Hello. I appreciate it, but",
    "i'm driving.",
    "no,",
]
_STOP_AT = [
    "the leak",
    "the dripping",
    "the bleeding",
    "my toilet from running",
    "the noise",
    "the water",
    "my dog from barking",
    "the smell",
    "the squeaking",
    "my hair from falling out",
    "my gums from bleeding",
    "the itching",
    "foreclosure",
    "the eviction",
    "my wages being garnished",
    "the alarm from beeping",
    "the mold",
    "the ants",
    "snoring",
    "grinding my teeth",
]
_COME = [
    "stop by {0}",
    "can you stop by {0}",
    "can someone stop by {0}",
    "please stop in {0}",
    "have him stop by {0}",
    "could you stop over {0}",
]
_DAYS = [
    "tomorrow",
    "friday",
    "after 3",
    "this week",
    "sometime next week",
    "today",
    "on your way home",
    "around noon",
    "the house",
]


def _stops(chance: random.Random) -> Iterator[Labelled]:
    """To stop the texts, and to stop anything else or by."""
    asked = ["open", "followup", "followup", "followup", "confirm", "link_sent", "review", "name", "time", "urgent"]
    for end in _END:
        for before in _pick(chance, _BEFORE_END, 6):
            yield _say(f"{before} {end}", "opt_out", asked=chance.choice(asked))
        yield _say(
            f"{end} {chance.choice(['please', 'ok', 'thank you', 'already', 'asap', 'or i will block you', 'im not asking again', 'u creeps', 'i beg you'])}",
            "opt_out",
            asked=chance.choice(asked),
        )
        yield (
            _say(
                f"please dont {end.removeprefix('please ').removeprefix('dont ')}, i still need you",
                "answer",
                asked="followup",
                also=("book", "other"),
            )
            if end.startswith(("stop", "quit", "remove", "delete", "unsub", "take", "lose"))
            else _say(f"{end}!!", "opt_out", asked="followup")
        )
    for what in _STOP_AT:
        yield _say(
            chance.choice(
                [
                    "how do i stop {0}",
                    "can you stop {0}",
                    "need someone to stop {0}",
                    "please help me stop {0}",
                    "i just want to stop {0}",
                ]
            ).format(what),
            "book",
            also=("question",),
            industry="any",
            alt_urg=("soon", "emergency"),
        )
        yield _say(f"{what} wont stop", "book", industry="any", alt_urg=("soon", "emergency"), also=("existing",))
        yield _say(
            f"yes please, {chance.choice(['make', 'help me make'])} {what.replace(' from', '')} stop",
            "answer",
            asked="followup",
            alt_urg=("soon", "emergency"),
            also=("book",),
        )
    for come in _COME:
        for day in _pick(chance, _DAYS, 4):
            yield _say(come.format(day), "book", alt_urg=("soon", "can_wait"), also=("existing",))


_MEAN = [
    "my ex",
    "my husband",
    "my boyfriend",
    "my stepdad",
    "my neighbor",
    "some guy",
    "my landlord",
    "a man",
    "my wife",
    "my brother",
    "my coworker",
]
_DOES = [
    "hit me",
    "is threatening me",
    "threatened to kill me",
    "is following me",
    "is trying to break in",
    "wont let me leave",
    "choked me",
    "keeps stalking me",
    "has a gun and is yelling",
    "is outside with a bat",
    "punched me in the face",
    "is beating me",
    "said he will hurt my kids",
    "pulled a knife on me",
    "is hurting me",
]
_CALLS = [
    "call me",
    "can someone call me",
    "please call",
    "have the owner call me",
    "call me back when you can",
    "give me a ring",
    "can i talk to a person",
    "i want to speak with someone",
    "just call me please",
    "phone me after 5",
]
_WAITS = [
    "need to talk it over with my wife",
    "let me think",
    "i'll let you know",
    "gotta check my calendar",
    "im driving",
    "in a meeting",
]
_TAME = [
    "is killing me with these dishes lol",
    "hit me up about you guys",
    "hit a pole with the car",
    "beat me to the appointment lol",
    "wants to kill the weeds",
    "is hitting the wall to hang a tv",
    "broke the door handle by accident",
    "is following up on the estimate",
    "threatened to redo the kitchen himself lol",
    "has a nail gun and put one through a pipe",
    "cut the cable by mistake",
    "kicked the ball through the window",
]


def _threats(chance: random.Random) -> Iterator[Labelled]:
    """Violence, and words of violence that mean none."""
    for does in _DOES:
        for who in _pick(chance, _MEAN, 3):
            law = chance.random() < 0.4
            yield _say(
                f"{who} {does}",
                "book",
                also=("callback", "existing", "help", "other", "question"),
                urgency="emergency",
                tags=("safety", "legal") if law else ("safety",),
                industry="law" if law else "any",
            )
    for tame in _TAME:
        yield _say(
            f"{chance.choice(_MEAN[:3])} {tame}",
            "book",
            industry="any",
            also=("other", "existing", "question", "ack"),
            alt_urg=("soon",),
        )


_DESPAIR = [
    "i want to die",
    "i dont want to live",
    "i want to kill myself",
    "im going to kill myself",
    "i want to end my life",
    "im suicidal",
    "id be better off dead",
    "i cant go on living",
    "i want to hurt myself",
    "i took all my pills",
    "theres no point in living",
    "i dont want to wake up tomorrow",
    "im thinking about suicide",
    "im ready to end it all",
    "i dont want to be alive",
    "i keep thinking of ways to die",
    "nothing matters i want to disappear forever",
]
_DESPAIR_AFTER = [
    "after everything that happened",
    "i have nobody",
    "please dont tell anyone",
    "since she left",
    "and no one cares",
    "i lost my job and my house",
    "cant do this anymore",
    "sorry to bother you",
    "the pain wont stop",
    "idk who else to text",
    "lol jk not really",
    "im so tired",
]
_EXAGGERATES = [
    "this heat is killing me",
    "im dying for a cut",
    "my feet are killing me",
    "id kill for a cleaning appointment",
    "dying to try it",
    "this leak will be the death of me lol",
    "my boss will kill me if im late",
    "these prices are killing me",
    "i could die of embarrassment, my hair is green",
    "dead battery",
    "my phone is dead",
    "dead outlet in the kitchen",
    "dead tree in the yard",
    "kill the weeds please",
    "the line went dead",
    "dead on arrival fridge",
    "im dead lol",
    "to die for results, thanks",
    "my lawn is dying",
    "my plants are dying",
    "suicide shower head install lol",
    "killer deal, book me",
    "end of life system needs replacement",
    "i want to end my lease",
    "cut my hair short",
    "cut myself bangs and need it fixed",
]


def _hurt_oneself(chance: random.Random) -> Iterator[Labelled]:
    """Despair, in every trade, and how people exaggerate."""
    for despair in _DESPAIR:
        for after in _pick(chance, _DESPAIR_AFTER, 2):
            yield _say(
                f"{despair} {after}",
                "other",
                also=("book", "callback", "existing", "help", "question"),
                urgency="emergency",
                tags=("self_harm",),
                industry=chance.choice(["clinic", "clinic", "any"]),
            )
            yield _say(
                f"{after} {despair}",
                "other",
                also=("book", "callback", "existing", "help", "question"),
                urgency="emergency",
                tags=("self_harm",),
                industry=chance.choice(["law", "medspa", "any"]),
            )
        who = chance.choice(["my son", "my daughter", "my friend", "my husband", "my sister", "my teen"])
        yield _say(
            f"{who} says {despair.replace('im ', 'they are ').replace('i ', 'they ').replace('myself', 'themselves').replace('my ', 'their ')}",
            "other",
            also=("book", "callback", "existing", "help", "question"),
            urgency="emergency",
            tags=("self_harm", "minor") if who in {"my son", "my daughter", "my teen"} else ("self_harm",),
            industry="any",
        )
    for much in _EXAGGERATES:
        yield _say(much, "book", industry="any", also=("other", "ack", "question", "existing"), alt_urg=("soon",))


_CASE = [
    "i was rear ended on the freeway",
    "my landlord locked me out",
    "my boss fired me after i got pregnant",
    "my ex took my son out of state",
    "i got a dui on friday",
    "the hospital messed up my surgery",
    "i was served with a lawsuit",
    "a dog attacked me at the park",
    "my brother was arrested for assault",
    "my husband cheated and wants the house",
    "my visa was denied",
    "they are garnishing my check",
    "i slipped at the store and hurt my back",
    "my mom died without a will",
    "the police searched my car",
    "cps came to my house",
    "my employer owes me three paychecks",
    "i got hit on my motorcycle",
    "my wife filed for divorce",
    "i have a court date on the 20th",
    "the bank is foreclosing",
    "my green card was denied",
    "an uber driver crashed with me in it",
    "they took my kids",
]
_NO_CASE = [
    "do you do free consultations",
    "i need a lawyer",
    "how much is an hour",
    "want to make a will",
    "need a notary",
    "i need a divorce attorney",
    "looking for an immigration lawyer",
    "can i book a consult for monday",
    "do you handle bankruptcies",
    "need a trust drawn up",
    "what are your fees",
    "do you speak spanish",
    "is your office downtown",
]


def _stories_of_law(chance: random.Random) -> Iterator[Labelled]:
    """To a law firm: what happened is a legal matter, the wish for a lawyer alone is none."""
    for case in _CASE:
        yield _say(
            f"{case}{chance.choice(['', ', need help', ', can you help me', ', looking for a lawyer', ' last month'])}",
            "book",
            tags=("legal",),
            industry="law",
            also=("question",),
        )
        yield _say(
            f"{case}, {chance.choice(['do i have a case', 'what can i do', 'can i sue', 'what are my rights', 'what happens now', 'should i sign anything'])}",
            "question",
            tags=("legal",),
            industry="law",
            also=("book",),
        )
    for none in _NO_CASE:
        yield _say(
            none,
            "question" if none.startswith(("do", "how", "what", "is")) else "book",
            industry="law",
            also=("question", "book"),
            alt_urg=("can_wait",),
        )


_SLOW = [
    "nobody showed up",
    "you never called me back",
    "your guy was rude",
    "you overcharged me",
    "it broke again",
    "you did a terrible job",
    "i waited three hours",
    "they damaged my wall",
    "you ignored my calls",
    "the problem is back already",
    "i paid and got nothing",
]
_ANGER = [
    "i want a refund",
    "this is unacceptable",
    "fix this now",
    "im done with you people",
    "what a joke",
    "im leaving a bad review",
    "never using you again",
    "you should be ashamed",
    "give me my money back",
    "i want to talk to the owner",
    "",
]
_THREAT = [
    "im calling my lawyer",
    "see you in court",
    "i will sue",
    "im reporting you to the board",
    "im filing a police report",
    "my attorney will contact you",
]
_SARCASM = [
    "wow great job",
    "thanks a lot",
    "oh perfect",
    "really nice",
    "love that",
    "so professional",
    "fantastic service",
    "gee thanks",
]
_NICE = [
    "great job yesterday, thank you",
    "your guy was wonderful",
    "it works great now thanks",
    "thanks a lot, looks perfect",
    "really nice work, we love it",
    "fantastic service, five stars",
    "so professional, thanks again",
    "love how it turned out",
]


def _complaints(chance: random.Random) -> Iterator[Labelled]:
    """Anger, threats of law, sarcasm, and praise in the same words."""
    for slow in _SLOW:
        for anger in _pick(chance, _ANGER, 3):
            yield _say(
                f"{slow}. {anger}".strip(" ."),
                "complaint",
                tags=("complaint",),
                also=("callback",) if "owner" in anger else (),
            )
        yield _say(f"{slow}. {chance.choice(_THREAT)}", "complaint", tags=("complaint", "legal"))
        for sour in _pick(chance, _SARCASM, 3):
            yield _say(
                f"{sour}, {slow}",
                "complaint",
                tags=("complaint",),
                asked=chance.choice(["open", "review", "link_sent", "followup"]),
            )
    for nice in _NICE:
        for asked in ("open", "review", "link_sent"):
            yield _say(nice, "ack", asked=asked)


_THEIRS = [
    "the tech",
    "your guy",
    "the crew",
    "the plumber",
    "the driver",
    "dr smith",
    "my stylist",
    "the inspector",
    "the installer",
    "jose",
]


def _old_jobs(chance: random.Random) -> Iterator[Labelled]:
    """About one's own job under way."""
    for theirs in _THEIRS:
        for pattern in _pick(
            chance,
            [
                "when is {0} coming",
                "is {0} on the way",
                "where is {0}",
                "what time will {0} get here",
                "is {0} running late",
                "{0} left his tools here",
                "did {0} send the estimate",
                "{0} said you would call about parts",
                "tell {0} the gate is open",
                "can you ask {0} to call when hes close",
                "has {0} finished",
                "{0} was supposed to send me an invoice",
                "is {0} in today, i have an appointment",
            ],
            5,
        ):
            yield _say(pattern.format(theirs), "existing", also=("callback",) if "call" in pattern else ())
