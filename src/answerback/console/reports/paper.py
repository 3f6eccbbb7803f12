"""One business's month on paper: the eight measures, bookings over time, when calls are missed, and the breakdowns.

Drawn with fpdf2 from the same numbers as the page, in black, grey and one colour, so that it prints well.
"""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from fpdf import FPDF

from answerback.console.moments import month as month_in_words
from answerback.console.reports import charts, figures
from answerback.console.reports.asked import BREAKDOWNS, Asked
from answerback.console.reports.drawn import drawn
from answerback.console.reports.figures import Figures
from answerback.console.reports.naming import row_name, services
from answerback.engine.currency import SIGNS, amount
from answerback.engine.measures import VERSION
from answerback.store.queries import reports
from answerback.store.queries.reports import Dimension, Part
from answerback.workflow import week
from answerback.workflow.monthly import Month

INK, SOFT, LINE, ACCENT = (24, 28, 36), (98, 105, 120), (214, 218, 226), (37, 99, 190)
PALE = (168, 193, 228)
WIDE = 180.0
SMALLEST = 5
"""Points; words that do not fit in another language are made smaller down to this, then cut."""

TABLES: tuple[Dimension, ...] = ("line", "service", "lost")
LETTERS = "cp1252"
"""What the fonts that need not travel with a PDF can draw (Windows-1252): the euro is among them."""


def month_pdf(month: Month) -> bytes:
    """The month as a PDF of one or two pages."""
    report = Asked(
        business=month.business, currency=month.currency, since=month.first, until=month.last, days="", by="line"
    )
    now, before = reports.totals(report.span), reports.totals(report.before.span)
    shown = drawn(report, lambda *_rest: "")
    paper = _Paper(month)
    paper.cards(figures.cards(Figures(now=now, before=before, hidden=0, currency=month.currency), figures.NOWHERE))
    paper.funnel(charts.funnel(now))
    paper.bars(shown["bars"])
    paper.heat(shown["heat"])
    paper.waits(shown["waits"])
    named = services(month.business)
    for by in TABLES:
        parts = reports.breakdown(report.span, by, waits=False)
        paper.breakdown(str(BREAKDOWNS[by]), [(row_name(by, part, named), part) for part in parts][:12])
    return bytes(paper.output())


class _Paper(FPDF):
    """An A4 page with the business's name above and what the numbers are below."""

    def __init__(self, month: Month) -> None:
        super().__init__(format="A4")
        self._month = month
        self.core_fonts_encoding = LETTERS
        self.set_margins(15, 14)
        self.set_auto_page_break(auto=True, margin=18)
        self.set_title(_said(f"{month.name}, {_named(month)}"))
        self.set_creator("answerback")
        self.add_page()

    def header(self) -> None:
        """The business and the month."""
        self._write(self._month.name, 16, bold=True, height=8)
        self._write(_("What your missed calls came to in %s") % _named(self._month), 10, SOFT, height=6)
        self.ln(3)

    def footer(self) -> None:
        """By which definitions, and which page."""
        self.set_y(-13)
        said = _("Counted by the definitions of version %(version)s. Page %(page)s")
        self._write(said % {"version": VERSION, "page": self.page_no()}, 8, SOFT)

    def cards(self, cards: Sequence[figures.Card]) -> None:
        """The eight measures, four in a row."""
        wide, tall, top = WIDE / 4, 31.0, self.get_y()
        for at, card in enumerate(cards):
            x, y = 15 + wide * (at % 4), top + tall * (at // 4)
            self.set_draw_color(*LINE)
            self.rect(x, y, wide - 3, tall - 3, round_corners=True, corner_radius=1.5)
            self._at(x + 2.5, y + 2, card.definition.title, 8, SOFT, wide=wide - 7, shrink=True)
            self._at(x + 2.5, y + 6.5, card.value, 15, bold=True)
            if card.before:
                self._at(x + 2.5, y + 13.5, _("before: %s") % card.before.words, 7, SOFT)
            for line, made in enumerate(card.made_of[:2]):
                self._at(x + 2.5, y + 17.5 + 4 * line, made.words, 7, SOFT, wide=wide - 7, shrink=True)
        self.set_y(top + 2 * tall + 2)

    def funnel(self, stages: Sequence[charts.Stage]) -> None:
        """How many came how far, and how many of a hundred callers that is."""
        self._title(_("How far they came"))
        for stage in stages:
            y = self.get_y()
            self._at(15, y, stage.name, 8, SOFT, wide=29, shrink=True)
            self.set_fill_color(*ACCENT)
            if stage.leads:
                self.rect(45, y + 0.6, stage.wide * 1.2, 3, style="F")
            self._at(45 + stage.wide * 1.2 + 1.5, y, f"{stage.leads}  ({stage.share})" if stage.share else "0", 8)
            self.set_y(y + 4.6)
        self.ln(3)

    def bars(self, bars: Sequence[charts.Bar]) -> None:
        """Leads over time, and those booked darker."""
        self._title(_("Leads, and of those booked"))
        scale, top, tall = WIDE / charts.WIDTH, self.get_y() + 1, 30.0
        self.set_draw_color(*LINE)
        self.line(15, top + tall, 195, top + tall)
        for bar in bars:
            x, wide = 15 + bar.x * scale, bar.width * scale
            for height, colour in ((bar.height, PALE), (bar.inner_height, ACCENT)):
                self.set_fill_color(*colour)
                high = height * tall / charts.HEIGHT
                if not high:
                    continue
                self.rect(x, top + tall - high, wide, high, style="F")
            if bar.label:
                self.set_font("Helvetica", "", 7)
                inside = 195 - self.get_string_width(_said(bar.label)) - 1
                self._at(min(x, inside), top + tall + 0.5, bar.label, 7, SOFT)
        self.set_y(top + tall + 7)

    def heat(self, days: Sequence[charts.HeatDay]) -> None:
        """Every hour of the week, the darker the more calls were missed."""
        self._title(_("When calls are missed"))
        top, size = self.get_y(), 4.6
        for cell in (cell for day in days for cell in day.cells):
            day, hour = divmod(cell.key, 24)
            share = cell.heat / 9
            self.set_fill_color(*(round(242 + (ink - 242) * share) for ink in ACCENT))
            self.rect(27 + hour * size, top + day * size, size - 0.5, size - 0.5, style="F")
        for day in range(7):
            self._at(15, top + day * size, week.short_day(day), 7, SOFT)
        for hour in range(0, 24, 6):
            self._at(27 + hour * size, top + 7 * size, week.clock_hour(hour), 7, SOFT)
        self.set_y(top + 7 * size + 6)

    def waits(self, waits: Sequence[charts.Wait]) -> None:
        """How long people waited for us."""
        self._title(_("How long people waited for us"))
        for wait in waits:
            y = self.get_y()
            self._at(15, y, wait.name, 8, SOFT, wide=29, shrink=True)
            self.set_fill_color(*ACCENT)
            if wait.leads:
                self.rect(45, y + 0.6, wait.wide * 1.2, 3, style="F")
            self._at(45 + wait.wide * 1.2 + 1.5, y, str(wait.leads), 8)
            self.set_y(y + 4.6)
        self.ln(3)

    def breakdown(self, title: str, rows: Sequence[tuple[str, Part]]) -> None:
        """One breakdown."""
        if not rows:
            return
        if self.get_y() > 297 - 18 - 14 - 6 * len(rows):
            self.add_page()
        self._title(title)
        heads = (
            "",
            _("Leads"),
            _("Replied"),
            pgettext("of several leads", "Qualified"),
            _("Booked"),
            _("Sold"),
            _("Recovered"),
        )
        self._row(heads, SOFT)
        for name, part in rows:
            now = part.totals
            counts = (now.leads, now.replied, now.qualified, now.booked, now.sold)
            self._row((name, *map(str, counts), amount(now.recovered, self._month.currency)), INK)
        self.ln(3)

    def _row(self, cells: Sequence[str], colour: tuple[int, int, int]) -> None:
        y = self.get_y()
        for at, cell in enumerate(cells):
            x, wide = (15, 66) if at == 0 else (81 + 19 * (at - 1), 19)
            self._at(x, y, cell, 8, colour, wide=wide, align="L" if at == 0 else "R", shrink=colour == SOFT)
        self.set_draw_color(*LINE)
        self.line(15, y + 5.2, 195, y + 5.2)
        self.set_y(y + 5.8)

    def _title(self, said: str) -> None:
        self._write(said, 11, bold=True, height=6)

    def _write(
        self, said: str, size: int, colour: tuple[int, int, int] = INK, *, bold: bool = False, height: float = 5
    ) -> None:
        self.set_font("Helvetica", "B" if bold else "", size)
        self.set_text_color(*colour)
        self.cell(0, height, _said(said), new_x="LMARGIN", new_y="NEXT")

    def _at(
        self,
        x: float,
        y: float,
        said: str,
        size: int,
        colour: tuple[int, int, int] = INK,
        *,
        bold: bool = False,
        wide: float = 0,
        align: str = "L",
        shrink: bool = False,
    ) -> None:
        self.set_font("Helvetica", "B" if bold else "", size)
        self.set_text_color(*colour)
        self.set_xy(x, y)
        text = _said(said)
        while shrink and size > SMALLEST and self.get_string_width(text) > wide:
            size -= 1
            self.set_font("Helvetica", "B" if bold else "", size)
        while wide and self.get_string_width(text) > wide and len(text) > 4:
            text = text[:-3] + ".."
        self.cell(wide or None, 4, text, align=align)


def _named(month: Month) -> str:
    return month_in_words(month.first)


def _said(text: str) -> str:
    """Text in the letters every PDF reader has by itself; others lose their accents, and signs of money are named."""
    for code, mark in SIGNS.items():
        if not _is_drawn(mark):
            text = text.replace(mark, f"{code} ")
    return "".join(letter if _is_drawn(letter) else _bare(letter) for letter in text)


def _is_drawn(letters: str) -> bool:
    return letters.encode(LETTERS, "ignore").decode(LETTERS) == letters


def _bare(letter: str) -> str:
    """The letter without its accent: `Š` is an `S` with a mark on it, `Ł` is a letter by its name only."""
    named = re.match(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z])\b", unicodedata.name(letter, ""))
    if named is None:
        return "?"
    return named[2].lower() if named[1] == "SMALL" else named[2]
