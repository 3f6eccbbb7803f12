"""Sentences about trouble: a provider that fails, reports twice or late, and a program that dies half way."""

from answerback.testing.story_sentences import Teller, Unclear, count_of, says, seconds_of

MOST = 1_000_000

MOMENTS = {
    "before it keeps the call": ("before", "intake"),
    "while it keeps the call": ("within", "intake"),
    "after it kept the call": ("after", "intake"),
    "while it decides": ("within", "turn"),
    "after it decided": ("after", "turn"),
    "before it takes the text to send": ("before", "claim"),
    "after it took the text to send": ("after", "claim"),
    "before it hands the text over": ("before", "hand-over"),
    "after it handed the text over": ("after", "hand-over"),
    "while it writes down that the text was sent": ("within", "write"),
    "after it wrote down that the text was sent": ("after", "write"),
}
"""When a program can die, in plain words."""


@says("the program dies {moment:any}")
def dies(teller: Teller, moment: str) -> None:
    if moment not in MOMENTS:
        raise Unclear("When does it die? Write: the program dies " + ", or ".join(MOMENTS) + ".")
    when, step = MOMENTS[moment]
    teller.world.crash(**{when: step})


@says("the provider is down for {span}")
def is_down(teller: Teller, span: str) -> None:
    teller.world.provider.down(minutes=seconds_of(span) / 60)


@says("the provider takes {span} to answer")
def is_slow(teller: Teller, span: str) -> None:
    teller.world.provider.slow(seconds_of(span))


@says("the provider loses the answer to the next text", "the answer to the next text gets lost")
def loses_answer(teller: Teller) -> None:
    teller.world.provider.lose_answer()


@says("the provider cannot say what became of the next text")
def cannot_say(teller: Teller) -> None:
    teller.world.provider.cannot_say(MOST)


@says("the provider refuses the next text[: {why:any}]")
def refuses(teller: Teller, why: str = "unknown") -> None:
    teller.world.provider.refuse(failure=why.replace(" ", "_"))  # type: ignore[arg-type]  # an unknown word is kept as it is


@says("the provider reports everything twice")
def twice(teller: Teller) -> None:
    teller.world.provider.deliver_twice(MOST)


@says("the provider acts on STOP by itself")
def acts_on_stop(teller: Teller) -> None:
    teller.world.provider.handles_stop()


@says("the provider repeats its last report {number:count}[ more] times")
def repeats(teller: Teller, number: str) -> None:
    answers = teller.world.redeliver(count_of(number))
    if any(not 200 <= answer < 300 for answer in answers):
        raise Unclear(f"We answered a repeated report with {answers}: a provider would go on repeating it.")


@says("the number of {who} is a landline", "{who} has a landline")
def landline(teller: Teller, who: str) -> None:
    teller.world.provider.cannot_reach(teller.number(who), "landline")


@says("the phone of {who} is switched off")
def switched_off(teller: Teller, who: str) -> None:
    teller.world.provider.cannot_reach(teller.number(who), "unreachable")
