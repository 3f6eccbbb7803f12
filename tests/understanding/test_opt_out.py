"""Every clear wish for no more texts is heard, and nothing that only looks like one."""

from pathlib import Path
from typing import Any

import pytest

ReadingOf = Any

NO_MORE = """
STOPALL lol
STOPALL. Thank you so much for your help
ALTO gracias
BAJA por favor
bórreme por favor
eliminame
take me off this texting thing
wrong number please remove
we sold the house, there is no need for these reminders anymore
we dont need these texts anymore
take me off the appointment reminders
everything is fine just quit texting
i never want another one of these
you're blocked after this, lose the number
STOP
stop
Stop.
  STOP!!
stop please
StOp
S T O P
s.t.o.p
st0p
ＳＴＯＰ
ѕtор
STOPALL
stop all
unsubscribe
Unsuscribe
Cancel
END
quit
revoke
opt out
OPT-OUT
optout
ALTO
parar
baja
arret
🛑
🛑 stop
stopp
stoooop
stop texting me
Please stop texting this number
can you stop messaging me
could you please stop sending me these
stop with the texts already
quit messaging me
quit blowing up my phone
do not text me again
dont txt me anymore
don't contact me anymore please
never contact this number again
no more texts
no more messages please
no further contact please
I don't want any more texts from you
i no longer wish to receive these
I do not consent to these messages
i revoke my consent
take me off your list
please take my number out of your system
remove me from this list
remove my number
delete my number please
lose my number
leave me alone
unsubscribe me from this
opt me out
how do i opt out of these
how do i stop these texts
wrong person, stop texting me
wrong number remove me please
i already found a plumber, stop texting
this is spam, I am reporting you as spam
blocking this number
cease and desist
put me on your do not call list
I'm tired of getting your texts
enough with the messages
I never signed up for this, take me off
no me manden más mensajes
no me manden mas textos
ya no me escriban
por favor dejen de escribirme
deje de mandarme mensajes
no quiero recibir mensajes
no quiero mas mensajes
quítenme de su lista
bórrenme de la lista
borren mi numero
denme de baja
paren de mandar mensajes
no me contacten más
no me vuelvan a escribir
dejenme en paz
no me escriban por favor
ya no quiero mensajes
arrêtez de m'envoyer des messages
ne m'écrivez plus
plus de messages svp
désabonner
retirez-moi de votre liste
nao quero mais mensagens
nah stop
ugh stop
happy with the work, no need to text me ever again
please no sms
quit pinging my work cell
wrong number, remove it
forget i exist
your texts need to quit
ya estuvo bueno de mensajitos
olviden mi numero
plus de textos svp
je ne souhaite plus recevoir vos messages
laissez-moi tranquille
one more text and i call my lawyer
"""

NOT_THAT = """
borreme la cita del martes
bórreme ese presupuesto
quiteme el cargo de la tarjeta
baja por favor la temperatura
can you stop it
set it so it does not send me a text every time it opens
Please remove me from the 4pm slot and put me at 5
take me off the schedule spot for friday and call me
got no more messages after the link, did my booking go thru?
no need for a reminder, see you then
the faucet drips all night, how do i make it stop
stop, wait, i meant thursday
how do i revoke a power of attorney
i told your guy to stop and he kept cutting
lol stop it you're too kind
mosquitoes wont leave us alone
enough texts, just call me
please dont ever stop texting me reminders
no more than two hours please
no more questions thanks
stop calling my husband, call me
the landlord wants to evict me out of here
ya basta, quiero mi dinero
i dont wanna be alive no more
remove me from the am list, afternoons only please
can you take me out of the 9 and slide me to 11
Alto, by the feed store
my neighbor said stop whatever you're doing and text these people
don't bother coming, it works again
stop promising and start showing up
quizá más adelante
can you stop by tomorrow
please stop by around 3
stop in anytime after 5
I'll stop over on friday
how do I stop the leak
need help stopping a leak
the toilet won't stop running
it wont stop dripping
water will not stop
can you make it stop leaking
stop the water please its everywhere
when can you come stop the drip
cancel my 3pm
I need to cancel my appointment
please cancel tomorrow
cancel the plumber
end of the week works
by the end of the day
sometime at the end of march
the end unit on the left
my furnace quit working
the ac quit last night
car quit on me
quit smoking consult
i want to quit smoking
trying to stop drinking
dont stop texting me please I still need help
text me instead of calling
don't call, text me
please don't call me, texting is better
not interested
no thanks
wrong number
no more hot water
no more leaks please lol
remove the old water heater
remove a wisdom tooth
take off the old faucet
i got off the phone
take me off the schedule for tuesday
bus stop on 5th and main
near the truck stop
stop sign got knocked over by our driveway
unstop the drain please
start
my ex wont stop texting me, need a restraining order
how do i stop a foreclosure
can you stop an eviction
should i stop taking aspirin before
the bleeding wont stop
no me llegó el mensaje
me baja la presion
necesito parar la fuga
pueden pasar mañana
para el viernes por favor
no quiero esperar mucho
quiero salir temprano
blocked drain
the drain is blocked again
remove hair from the drain
I stopped by your office yesterday
yes
YES
no
ok stop worrying, tomorrow is fine
I'll end up calling back
full stop at the corner of 8th
HELP
thanks
please don't lose my number
take me off the monthly plan, we're moving
take me off the 2pm and put me at 4 instead
stop sending that tech to my house
dejen de mandar al mismo técnico
quiero dar de baja mi membresía
remove me from the tuesday slot
unsubscribe me from the water softener plan
quiten mi nombre del contrato
your driver was texting, stop that
where'd you get my number from?
don't you ever stop texting me lol
"""


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("text", lines(NO_MORE))
def test_opt_out_heard(reading_of: ReadingOf, text: str) -> None:
    reading = reading_of(text)
    assert (reading.opt_out, reading.intent) == (True, "opt_out")


@pytest.mark.parametrize(
    "about", ["open", "urgent", "confirm", "time", "menu", "name", "address", "followup", "review"]
)
@pytest.mark.parametrize("text", ["STOP", "Cancel", "end", "unsubscribe", "alto"])
def test_keyword_counts_whatever_was_asked(reading_of: ReadingOf, text: str, about: str) -> None:
    assert reading_of(text, about).opt_out is True


@pytest.mark.parametrize("text", lines(NOT_THAT))
def test_opt_out_not_heard(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text, industry="clinic").opt_out is False


@pytest.mark.parametrize("text", (Path(__file__).parent / "ordinary.txt").read_text(encoding="utf-8").splitlines())
def test_words_of_ending_in_other_senses_ask_for_nothing(reading_of: ReadingOf, text: str) -> None:
    assert not reading_of(text).opt_out


@pytest.mark.parametrize("text", ["START", "Unstop", "start please"[:5], "subscribe"])
def test_opt_in_heard(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text).opt_in is True


@pytest.mark.parametrize(
    "text", ["YES", "yes please", "ok", "sure", "STOP", "when can you start", "start the job monday"]
)
def test_opt_in_not_heard(reading_of: ReadingOf, text: str) -> None:
    assert reading_of(text).opt_in is False


def test_reaction_to_our_text_asks_for_nothing(reading_of: ReadingOf) -> None:
    reading = reading_of("Liked “Thanks for calling! How can we help? Reply STOP to opt out.”")
    assert (reading.intent, reading.opt_out) == ("ack", False)


def test_our_own_words_pasted_back_ask_for_nothing(reading_of: ReadingOf) -> None:
    question = "Thanks for calling Rivera Plumbing! How can we help? Reply STOP to opt out."
    reading = reading_of(f"{question} my sink is clogged", question=question)
    assert (reading.intent, reading.opt_out) == ("book", False)


def test_opt_out_and_danger_are_both_kept(reading_of: ReadingOf) -> None:
    reading = reading_of("stop texting me and send someone, I smell gas")
    assert (reading.opt_out, reading.hazards, reading.urgency) == (True, ("gas",), "emergency")


def test_evidence_quotes_the_customers_spelling(reading_of: ReadingOf) -> None:
    assert reading_of("pls STOP Texting me").evidence == ('"STOP Texting me" asks for no more texts',)
