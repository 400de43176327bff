"""A figure's sheet: as wide as is asked, as high as its plot needs, its title over all of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.transforms import ScaledTranslation, Transform

from turnout.plots.style.fonts import families

WIDTH = 160 / 25.4
"""Width of a figure in inches: the text of an A4 page."""
PHONE = 95 / 25.4
"""Width of a figure in inches on a phone: 358 CSS pixels, what a page of 390 has for it."""

MUTED = "#5A5A5A"
"""Colour of what is said beside."""

_MARGIN, _TOP = 5.0, 6.0  # points around the title
_LINE = 1.25
_LEAST = 0.01
"""Part of the height that the plot keeps where the words take all: layout fails with a reason."""
_DRAWN_WIDER = 0.94  # letters on the grid of pixels are wider than in the font


class Sheet(Figure):
    """A figure of one plot.

    Parameters
    ----------
    width
        Width in inches.
    height
        Height in inches; what the plot needs when not given.
    """

    def __init__(self, width: float = WIDTH, height: float | None = None) -> None:
        super().__init__(figsize=(width, height or width), layout="constrained")
        self.get_layout_engine().set(w_pad=0.06, h_pad=0.06)  # type: ignore[union-attr,call-arg]
        self._grows = height is None
        self._headed = 0.0  # points at the top that the title takes
        self._footed = 0.0  # points at the bottom that the source takes

    def need(self, height: float) -> None:
        """Take the height (inches) that the plot needs, unless one was given."""
        if self._grows:
            self.set_size_inches(self.get_figwidth(), height)
        foot, head = (one / 72 / self.get_figheight() for one in (self._footed, self._headed))
        inside = (0, foot, 1, max(1 - head - foot, _LEAST))
        self.get_layout_engine().set(rect=inside)  # type: ignore[union-attr,call-arg]

    def grow(self, points: float) -> None:
        """Grow by what words need more than the plot counted with."""
        self.need(self.get_figheight() + points / 72)

    def head(self, ax: Axes, headline: str, below: str, size: float, small: float) -> None:
        """Write a headline and what is shown below it over the whole width, line by line.

        The plot's height counts a line of the headline and those that `below` has by itself; the
        sheet grows by what the words need more.

        Parameters
        ----------
        ax
            The plot's Axes, whose title the headline is.
        headline, below
            The words; `below` may be empty.
        size, small
            Sizes of type in points.
        """
        room = 72 * self.get_figwidth() - 2 * _MARGIN
        head = wrapped(headline, _DRAWN_WIDER * room, size, bold=True)
        told = wrapped(below, _DRAWN_WIDER * room, small)
        more = size * head.count("\n") + small * (told.count("\n") - below.count("\n"))
        under = _TOP + _LINE * size * (1 + head.count("\n"))
        self._headed = under + (_LINE * small * (1 + told.count("\n")) + 2 if told else 2)
        self.grow(_LINE * more)
        # Layout counts every visible title of an Axes: what is seen is written apart.
        ax.set_title(headline, loc="left", y=1, visible=False)
        look: dict[str, Any] = {"va": "top", "linespacing": 1.2, "in_layout": False}
        place = self._down(_TOP)
        self.text(0, 1, head, transform=place, fontsize=size, fontweight="bold", **look)
        if told:
            ax.text(0, 1, told, transform=self._down(under), fontsize=small, color=MUTED, **look)

    def foot(self, words: str, size: float) -> None:
        """Write words at the foot, line by line; the sheet grows by what they need."""
        room = 72 * self.get_figwidth() - 2 * _MARGIN
        told = wrapped(words, _DRAWN_WIDER * room, size)
        self._footed = _LINE * size * (1 + told.count("\n")) + _MARGIN
        self.grow(self._footed)
        place = self.transFigure + ScaledTranslation(
            _MARGIN / 72, _MARGIN / 72, self.dpi_scale_trans
        )
        look: dict[str, Any] = {"va": "bottom", "linespacing": 1.2, "in_layout": False}
        self.text(0, 0, told, transform=place, fontsize=size, color=MUTED, **look)

    def _down(self, points: float) -> Transform:
        """Return the place so many points below the sheet's upper edge, inside its margin."""
        shift = ScaledTranslation(_MARGIN / 72, -points / 72, self.dpi_scale_trans)
        return self.transFigure + shift


def width_of(ax: Axes | None) -> float:
    """Return the width in inches of an Axes' figure; the usual one's without an Axes."""
    figure = None if ax is None else ax.get_figure(root=True)
    return WIDTH if figure is None else float(figure.get_figwidth())


def left_edge(ax: Axes) -> str:
    """Return matplotlib's name of the coordinates whose 0 is a sheet's left edge, or the Axes'."""
    return "figure fraction" if isinstance(ax.get_figure(root=True), Sheet) else "axes fraction"


def fewer(number: int, ax: Axes | None, least: int = 2) -> int:
    """Return how many of so many things, which fit a usual figure, fit a narrower one."""
    return max(least, min(number, round(number * width_of(ax) / WIDTH)))


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Return the width in points of a line of words in the figures' type."""
    return _width(words, size, "bold" if bold else "normal", families())


@lru_cache(maxsize=8192)  # names stand in many figures, each laid out for several widths
def _width(words: str, size: float, weight: str, family: tuple[str, ...]) -> float:
    font = FontProperties(family=list(family), size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(words, font, ismath=False)[0])


def wrapped(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return words in lines of at most `room` points; a longer word has its own line.

    >>> wrapped("the goal of 86% is out of reach", 70, 8).split(chr(10))
    ['the goal of 86% is', 'out of reach']
    """
    return "\n".join(
        line for given in words.split("\n") for line in _lines(given, room, size, bold=bold)
    )


def _lines(words: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > room:
            yield line
            line = word
        else:
            line = longer
    yield line
