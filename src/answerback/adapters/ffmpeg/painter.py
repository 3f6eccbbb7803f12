"""Draws any moment of a film as a picture: the same moment is always the same picture.

Everything that does not move is painted once, so a frame costs a few copies. Words come in one after another, stand
still to be read, and fade before the next scene. Never here: files of video.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from PIL import Image, ImageDraw

from answerback.adapters.ffmpeg import ground, letters
from answerback.adapters.ffmpeg.ground import DRIFT, Palette
from answerback.engine.storyboard import Cue, Scene, cues, lengths
from answerback.ports.video import Film, Shape

COMES_IN = 0.55
"""Seconds an element takes to come in."""

APART = 0.13
"""Seconds between one element and the next."""

GOES = 0.35
"""Seconds of the change to the next scene."""

RISES = 44
"""How far an element rises while it comes in, in units of the vertical picture (1920 high)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Where things stand, in units of a picture 1080 wide."""

    high: int
    edge: int
    bars: int
    brand: int
    top: int
    bottom: int
    captions: int
    heading: int
    line: int
    icon: int


MEASURES: Mapping[Shape, Measures] = {
    "vertical": Measures(
        high=1920, edge=96, bars=110, brand=160, top=400, bottom=1380, captions=1660, heading=124, line=60, icon=190
    ),
    "square": Measures(
        high=1080, edge=80, bars=48, brand=84, top=224, bottom=846, captions=1020, heading=92, line=48, icon=120
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One element of a scene: its picture, its mask, where it comes to rest and after how many seconds it begins to."""

    picture: Image.Image
    mask: Image.Image
    left: int
    top: int
    after: float


@dataclass(slots=True, kw_only=True)
class Painted:
    """One scene with everything that can be painted before the first frame."""

    ground: Image.Image
    palette: Palette
    parts: list[Part] = field(default_factory=list)


class Painter:
    """One film in one shape; `frame` draws a moment of it. Raises `Refused` for a photo that cannot be used."""

    def __init__(self, film: Film, shape: Shape, icons: Mapping[str, Image.Image]) -> None:
        self._film, self._icons = film, icons
        self._at = MEASURES[shape]
        scale = film.height / 1920
        self._unit = scale
        self.size = (_even(1080 * scale), _even(self._at.high * scale))
        self.lengths = lengths(film.storyboard)
        self.seconds = sum(self.lengths)
        self._starts = [0.0, *accumulate(self.lengths)]
        self._cues = cues(film.storyboard) if film.storyboard.captions == "burnt" else ()
        self._shown_cue: tuple[Cue | None, Image.Image | None] = (None, None)
        self._scenes = [self._scene(number, scene) for number, scene in enumerate(film.storyboard.scenes)]
        self._brands = {each: self._brand_row(each) for each in dict.fromkeys(s.palette for s in self._scenes)}

    def frame(self, at: float) -> Image.Image:
        """The picture at this second."""
        number = self._number(at)
        since, left = at - self._starts[number], self._starts[number + 1] - at
        picture = self._ground(number, since)
        going = 1.0
        if left < GOES and number + 1 < len(self._scenes):
            going = _eased(left / GOES)
            picture = Image.blend(self._ground(number + 1, -left), picture, going)
        for part in self._scenes[number].parts:
            self._put(picture, part, since, going)
        self._chrome(picture, at, number, next_is_near=going < 0.5)
        self._caption(picture, at)
        return picture

    def _number(self, at: float) -> int:
        return next((n for n, end in enumerate(self._starts[1:]) if at < end), len(self._scenes) - 1)

    def _ground(self, number: int, since: float) -> Image.Image:
        """The scene's ground, drifting slowly from one corner towards the other."""
        whole = self._scenes[number].ground
        share = min(max((since + GOES) / (self.lengths[number] + GOES), 0.0), 1.0)
        spare_x, spare_y = whole.width - self.size[0], whole.height - self.size[1]
        left = round(spare_x * (share if number % 2 else 1 - share))
        top = round(spare_y * share)
        return whole.crop((left, top, left + self.size[0], top + self.size[1]))

    def _put(self, picture: Image.Image, part: Part, since: float, going: float) -> None:
        share = _eased((since - part.after) / COMES_IN)
        strength = share * going
        if strength <= 0:
            return
        mask = part.mask if strength >= 1 else part.mask.point(lambda value: round(value * strength))
        top = part.top + round(RISES * self._unit * (1 - share))
        picture.paste(part.picture, (part.left, top), mask)

    def _scene(self, number: int, scene: Scene) -> Painted:
        film = self._film
        colours = ground.palette(scene.look, film.brand.colour)
        behind = ground.ground(scene.look, film.brand.colour, self.size, number, film.files.get(scene.photo))
        painted = Painted(ground=behind, palette=colours)
        blocks = self._blocks(scene, colours)
        height = sum(each.height + gap for each, gap, _ in blocks) - (blocks[-1][1] if blocks else 0)
        room = self._px(self._at.bottom - self._at.top)
        top = self._px(self._at.top) + max(0, (room - height) // 2)
        for order, (block, gap, after_last) in enumerate(blocks):
            after = 0.12 + APART * order + after_last
            painted.parts.append(
                Part(
                    picture=block.convert("RGB"),
                    mask=block.getchannel("A"),
                    left=self._px(self._at.edge),
                    top=top,
                    after=after,
                )
            )
            top += block.height + gap
        return painted

    def _blocks(self, scene: Scene, colours: Palette) -> list[tuple[Image.Image, int, float]]:
        """What a scene shows from top to bottom: each picture, the gap below it, its delay."""
        at, width = self._at, self._px(1080 - 2 * self._at.edge)
        found: list[tuple[Image.Image, int, float]] = []
        if scene.icon in self._icons:
            found.append((self._badge(self._icons[scene.icon], colours), self._px(at.heading * 0.42), 0.0))
        face = letters.fitted(
            scene.heading, size=self._px(at.heading), least=self._px(at.heading * 0.5), weight=800, width=width, lines=4
        )
        for line in letters.wrapped(scene.heading, face, width):
            block = letters.block([line], face, colours.words, tight=True)
            found.append((block, letters.line_height(face, tight=True) - block.height, 0.0))
        found.append((self._rule(colours), self._px(at.line * 0.8), 0.05))
        for line in scene.lines:
            body = letters.font(self._px(at.line), 500)
            block = letters.block(letters.wrapped(line, body, width), body, colours.soft)
            found.append((block, self._px(at.line * 0.28), 0.12))
        below = found[-1 - len(scene.lines) - 1]
        found[-1 - len(scene.lines) - 1] = (below[0], below[1] + self._px(at.line * 0.62), below[2])
        return found

    def _badge(self, icon: Image.Image, colours: Palette) -> Image.Image:
        side = self._px(self._at.icon)
        big = Image.new("RGBA", (side * 2, side * 2), (*colours.accent, 0))
        ImageDraw.Draw(big).rounded_rectangle(
            (0, 0, side * 2 - 1, side * 2 - 1), side * 0.56, fill=(*colours.accent, 255)
        )
        badge = big.resize((side, side), Image.Resampling.LANCZOS)
        inner = icon.resize((round(side * 0.56),) * 2, Image.Resampling.LANCZOS)
        corner = (side - inner.width) // 2
        badge.paste(Image.new("RGBA", inner.size, (*colours.on_accent, 255)), (corner, corner), inner)
        return badge

    def _rule(self, colours: Palette) -> Image.Image:
        wide, high = self._px(132), max(self._px(11), 4)
        rule = Image.new("RGBA", (wide, high), (*colours.accent, 0))
        ImageDraw.Draw(rule).rounded_rectangle((0, 0, wide - 1, high - 1), high // 2, fill=(*colours.accent, 255))
        return rule

    def _brand_row(self, colours: Palette) -> Image.Image:
        """The logo, or the first letter in its place, beside the name."""
        side = self._px(84 if self._at.high > 1080 else 68)
        name = letters.font(round(side * 0.5), 650)
        logo = self._film.brand.logo
        mark = Image.new("RGBA", (side * 2, side * 2), (*colours.accent, 0))
        ImageDraw.Draw(mark).rounded_rectangle(
            (0, 0, side * 2 - 1, side * 2 - 1), side * 0.5, fill=(*colours.accent, 255)
        )
        mark = mark.resize((side, side), Image.Resampling.LANCZOS)
        if logo is not None:
            mark.paste(ground.picture(logo, (side, side)), (0, 0), mark.getchannel("A"))
        else:
            letter = letters.font(round(side * 0.56), 800)
            ImageDraw.Draw(mark).text(
                (side / 2, side / 2),
                self._film.brand.name[:1].upper(),
                font=letter,
                fill=(*colours.on_accent, 255),
                anchor="mm",
            )
        widest = self._px(1080 - 2 * self._at.edge) - side - self._px(24)
        words = self._film.brand.name
        while words and name.getlength(words) > widest:
            words = words[:-2].rstrip(" .") + "…"
        row = Image.new("RGBA", (side + self._px(24) + round(name.getlength(words)) + 8, side), (*colours.words, 0))
        row.paste(mark, (0, 0))
        ImageDraw.Draw(row).text(
            (side + self._px(24), side / 2), words, font=name, fill=(*colours.words, 255), anchor="lm"
        )
        return row

    def _chrome(self, picture: Image.Image, at: float, number: int, *, next_is_near: bool) -> None:
        """Whose video it is, and a bar for each scene that fills as it goes by."""
        shown = number + 1 if next_is_near and number + 1 < len(self._scenes) else number
        colours = self._scenes[shown].palette
        row = self._brands[colours]
        picture.paste(row.convert("RGB"), (self._px(self._at.edge), self._px(self._at.brand)), row.getchannel("A"))
        pen = ImageDraw.Draw(picture, "RGBA")
        edge, gap, high = self._px(self._at.edge), self._px(12), max(self._px(8), 3)
        count = len(self._scenes)
        wide = (self.size[0] - 2 * edge - gap * (count - 1)) / count
        top = self._px(self._at.bars)
        for each in range(count):
            left = edge + each * (wide + gap)
            pen.rounded_rectangle((left, top, left + wide, top + high), high / 2, fill=(*colours.words, 70))
            done = min(max((at - self._starts[each]) / self.lengths[each], 0.0), 1.0)
            if done * wide > high:
                pen.rounded_rectangle((left, top, left + done * wide, top + high), high / 2, fill=(*colours.words, 235))

    def _caption(self, picture: Image.Image, at: float) -> None:
        cue = next((each for each in self._cues if each.start <= at < each.end), None)
        if cue is None:
            return
        if cue is not self._shown_cue[0]:
            self._shown_cue = (cue, self._caption_box(cue.text))
        box = self._shown_cue[1]
        assert box is not None
        left = (self.size[0] - box.width) // 2
        picture.paste(box.convert("RGB"), (left, self._px(self._at.captions) - box.height), box.getchannel("A"))

    def _caption_box(self, text: str) -> Image.Image:
        face = letters.font(self._px(44 if self._at.high > 1080 else 38), 600)
        lines = text.split("\n")
        inside = self._px(30)
        words = letters.block(lines, face, (255, 255, 255))
        high = letters.line_height(face) * len(lines)
        box = Image.new("RGBA", (words.width + 2 * inside, high + round(inside * 1.2)), (6, 8, 14, 0))
        ImageDraw.Draw(box).rounded_rectangle((0, 0, box.width - 1, box.height - 1), inside, fill=(6, 8, 14, 190))
        pen = ImageDraw.Draw(box)
        for number, line in enumerate(lines):
            middle = round(inside * 0.6) + letters.line_height(face) * (number + 0.5)
            pen.text((box.width / 2, middle), line, font=face, fill=(255, 255, 255, 255), anchor="mm")
        return box

    def _px(self, units: float) -> int:
        return round(units * self._unit)


def _eased(share: float) -> float:
    """Quick at first, slow at the end, as things come to rest."""
    share = min(max(share, 0.0), 1.0)
    return float(1 - (1 - share) ** 3)


def _even(value: float) -> int:
    return round(value / 2) * 2


assert 0 < DRIFT < 1
