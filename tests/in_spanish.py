"""What of a sentence of the core stays English on a Spanish page: nothing may, but for what it quotes."""

import re

from django.utils import translation

from answerback.console.retold import retold

ENGLISH = re.compile(
    r"\b(the|could|not|was|were|they|their|this|that|with|would|have|has|been|because|until|there|which|when|from"
    r"|and|but|its|our|your|you|who|what|nobody|somebody|will|does|did|must|only|after|before|is|are|of|or|it|out"
    r"|write|take|put|add|keep|two|one|every|nothing|text|texts|calls)\b",
    re.IGNORECASE,
)
"""Words that every English sentence has some of and no Spanish one."""

_QUOTED = re.compile(r"`[^`]*`|\{\w*\}|\"[^\"]*\"|\([^)]*`[^)]*\)|https?://\S*|\bSTOP\b")


def english_in(*sentences: str) -> list[str]:
    """Each sentence that is not told in Spanish, as a Spanish page would tell it; what stands in quotes is no word."""
    with translation.override("es"):
        told = [(said, retold(said)) for said in sentences]
    return [now for said, now in told if now == said or ENGLISH.search(_QUOTED.sub(" ", now))]
