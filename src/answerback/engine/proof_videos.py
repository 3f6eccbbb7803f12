"""Judges a playbook's `send` rules: that each leads to a video, at a time that can come, to people it is meant for.

Never here: the words of their texts beyond that (`engine.proof_texts`), or which videos there are.
"""

import re
from collections.abc import Iterator

from answerback.engine.playbook import Playbook, Send
from answerback.engine.problem import Problem, error

MOST_HELD_BACK = 50
"""In a hundred; more would make the comparison dearer than what it shows."""


def video_problems(playbook: Playbook) -> Iterator[Problem]:
    """What is wrong with the rules that send videos."""
    for number, rule in enumerate(playbook.send, start=1):
        yield from _rule(playbook, f"send > {number}", rule)


def _rule(playbook: Playbook, where: str, rule: Send) -> Iterator[Problem]:
    for language, texts in rule.say.items():
        if any("{video}" not in text for text in texts):
            what = "This text speaks of a video and leads to none."
            yield error(f"{where} > say > {language}", what, "Put {video} where its address shall stand.")
    if rule.service and playbook.service(rule.service) is None:
        known = ", ".join(service.id for service in playbook.services)
        yield error(f"{where} > service", f"There is no service `{rule.service}`.", f"Services are: {known}.")
    if rule.after and not re.fullmatch(r"\d{1,3}[mhd]", rule.after):
        yield error(f"{where} > after", f"`{rule.after}` is no length of time.", "Write `10m`, `3h` or `1d`.")
    if not 0 <= rule.hold_out <= MOST_HELD_BACK:
        what = f"{rule.hold_out} in a hundred would get no video; at most {MOST_HELD_BACK} may be held back."
        yield error(f"{where} > hold_out", what, "Write 10, or 0 to send to everybody.")
