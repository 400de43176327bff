"""The visual language that all figures share: colours, sizes, titles, keys, axes in percent.

Colours keep apart for colour-blind readers and, by lightness, marks and dashes, in grey print.
Nothing is set at import or for good: `styled` holds matplotlib's settings while a figure is
drawn.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ParamSpec

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.transforms import ScaledTranslation, Transform
from matplotlib.typing import ColorType

from turnout.plots.style.fonts import boxes_told, families
from turnout.plots.style.sheet import MUTED as MUTED
from turnout.plots.style.sheet import WIDTH as WIDTH
from turnout.plots.style.sheet import Sheet
from turnout.plots.style.sheet import fewer as fewer
from turnout.plots.style.sheet import left_edge as left_edge
from turnout.plots.style.sheet import text_width as text_width
from turnout.plots.style.sheet import width_of as width_of
from turnout.plots.style.sheet import wrapped as wrapped
from turnout.plots.style.ticks import count_axis as count_axis
from turnout.plots.style.ticks import percent_axis as percent_axis
from turnout.plots.style.ticks import share_limits as share_limits
from turnout.plots.style.ticks import year_axis as year_axis

P = ParamSpec("P")

INK = "#1A1A1A"
RULE = "#DDDDDD"

FORECAST = "#0B2F52"
"""The forecast's median; its intervals are lighter the wider they are."""
INTERVAL_50, INTERVAL_80, INTERVAL_90 = "#3F86BD", "#82B2D8", "#BAD5EA"
GOAL = "#B23A00"
"""Goals are always dashed too, so that they are told apart in grey."""
GOOD, SHORT = "#00745A", "#E08A3C"
"""Above a goal and short of it: dark against light in grey."""

SERIES = ("#0B2F52", "#D98200", "#00896B", "#B5568F", "#4FA3DA", "#6B6B6B")
"""Colours of types, models or kinds, in order; always with a mark of `MARKS` as well."""
MARKS = ("o", "s", "^", "D", "v", "P")
_OF_TYPE = {
    **{"pilkada": 0, "pemilu": 1, "pilgub": 2, "pileg": 3, "pilpres": 4},
    **dict.fromkeys(("pilwako", "pilwali", "pilbup"), 5),
}
"""Mark and colour of the election types of Indonesia, the same in every figure."""

SEQUENTIAL = LinearSegmentedColormap.from_list(
    "turnout", ["#F7F4E6", "#C9DEC9", "#7DB6C4", "#2F7CB0", "#0B2F52"]
)
"""From little (light) to much (dark); its lightness falls evenly, so grey print reads alike."""

HEAD, BODY, SMALL, TINY = 10.4, 8.8, 7.7, 6.9
"""Sizes of type in points."""

BACKED: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
"""Box behind words that a line may cross."""

_SETTINGS: dict[Any, Any] = {
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "text.hinting": "no_hinting",  # else small letters stand apart, each on the grid of pixels
    "axes.labelsize": SMALL,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.titlesize": HEAD,
    "axes.titleweight": "bold",
    "axes.axisbelow": True,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
    "lines.solid_capstyle": "butt",
}


_WINDOWS = ("backend", "interactive", "toolbar", "webagg.", "keymap.", "tk.", "macosx.")
"""Settings of windows, which figures do not depend on, by their first letters."""


def styled(plot: Callable[P, Axes]) -> Callable[P, Axes]:
    """Let a figure function draw under the shared settings, and leave no setting behind."""

    @functools.wraps(plot)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Axes:
        with mpl.rc_context(settings()), boxes_told():
            return plot(*args, **kwargs)

    return drawn


def settings() -> dict[Any, Any]:
    """Return all of matplotlib's settings that a figure depends on.

    They are the library's own but for ours: what a matplotlibrc of the folder or of the user says
    changes no figure, so that figures are alike everywhere.
    """
    return {**_defaults(), **_SETTINGS, "font.family": list(families())}


@functools.lru_cache(maxsize=1)
def _defaults() -> dict[Any, Any]:
    return {
        name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith(_WINDOWS)
    }


def axes_of(ax: Axes | None, height: float) -> Axes:
    """Return `ax`, or that of a new sheet, made plain.

    Its sheet takes the height, which is that in inches with type of 8 points.
    """
    ax = sheet_axes() if ax is None else ax
    figure = ax.get_figure(root=True)
    if isinstance(figure, Sheet):
        figure.need(height * BODY / 8)
    make_plain(ax)
    return ax


def sheet_axes(width: float = WIDTH, height: float | None = None) -> Axes:
    """Return the Axes of a new sheet of so many inches, see `Sheet`."""
    with mpl.rc_context(settings()):
        return Sheet(width, height).add_subplot()


def name_x(ax: Axes, words: str) -> None:
    """Name the x axis, in several lines where the figure is narrow."""
    lines = wrapped(words, 48 * width_of(ax), SMALL)
    _grow(ax, lines.count("\n"))
    ax.set_xlabel(lines)


def _grow(ax: Axes, lines: int) -> None:
    """Let a sheet grow by so many small lines more than its plot counted with."""
    figure = ax.get_figure(root=True)
    if isinstance(figure, Sheet):
        figure.grow(1.4 * SMALL * lines)


def make_plain(ax: Axes) -> None:
    """Take off the box around an Axes and set its ticks, for good."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["bottom", "left"]].set(color=MUTED, linewidth=0.6)
    ax.tick_params(
        length=2.5, width=0.6, color=MUTED, labelcolor=INK, labelsize=SMALL, which="major"
    )


def title(ax: Axes, headline: str, below: str = "", *, clear: float = 0) -> None:
    """Write a bold headline over an Axes and, smaller below it, what is shown.

    Parameters
    ----------
    ax
        Axes to write over.
    headline
        What the figure says.
    below
        What is shown; may have several lines.
    clear
        Points to leave free between the words and the Axes, where the figure is not a sheet.
    """
    figure = ax.get_figure(root=True)
    if isinstance(figure, Sheet):
        figure.head(ax, headline, below, HEAD, SMALL)
        return
    lines = below.count("\n") + 1 if below else 0
    ax.set_title(headline, loc="left", pad=6 + clear + 9.3 * lines)
    if below:
        ax.annotate(
            below,
            (0, 1),
            (0, 5 + clear),
            xycoords="axes fraction",
            textcoords="offset points",
            va="bottom",
            color=MUTED,
            fontsize=SMALL,
            linespacing=1.25,
            annotation_clip=False,
        )


def goal_line(
    ax: Axes, goal: float, label: str, *, line: int = 0, foot: float = 0.0, to_left: bool = False
) -> None:
    """Draw a goal (a share on the x axis) as a dashed line, named at its upper end.

    Parameters
    ----------
    ax
        Axes to draw on.
    goal
        The goal.
    label
        Its name.
    line
        Line of its name, counted from the Axes.
    foot
        Where the line starts, a share of the height.
    to_left
        Whether the name stands to the left of the line; else to the right.
    """
    ax.axvline(goal, foot, color=GOAL, linewidth=1.2, linestyle=(0, (4, 2)), zorder=3)
    ax.annotate(
        label,
        (goal, 1),
        (2 if to_left else -2, 3 + 1.25 * SMALL * line),
        xycoords=ax.get_xaxis_transform(),
        textcoords="offset points",
        ha="right" if to_left else "left",
        va="bottom",
        fontsize=SMALL,
        color=GOAL,
        annotation_clip=False,
    )


def goal_across(ax: Axes, goal: float, label: str, across: float = 0.0) -> None:
    """Draw a goal (a share on the y axis) as a dashed line, named over it.

    Parameters
    ----------
    ax
        Axes to draw on.
    goal
        The goal, a share.
    label
        Its name.
    across
        Where the name begins, as a part of the width of the Axes.
    """
    ax.axhline(goal, color=GOAL, linewidth=1.2, linestyle=(0, (4, 2)), zorder=3)
    ax.annotate(
        label,
        (across, goal),
        (2, 2),
        xycoords=ax.get_yaxis_transform(),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontsize=SMALL,
        color=GOAL,
        annotation_clip=False,
    )


def type_marks(types: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return mark and colour of every election type, in the order of their first appearance.

    Types of `_OF_TYPE` have theirs in every figure; others share what is left, by name, so that
    the figures of one region's forecasts are alike whichever election comes next.

    >>> type_marks(["pemilu", "pilkada", "pemilu"])
    {'pemilu': ('s', '#D98200'), 'pilkada': ('o', '#0B2F52')}
    >>> type_marks(["general", "by"]) == {"general": ("s", SERIES[1]), "by": ("o", SERIES[0])}
    True
    """
    kinds = list(dict.fromkeys(types))
    number: dict[str, int] = {}
    for kind, place in _OF_TYPE.items():
        if kind in kinds and place not in number.values():
            number[kind] = place
    free = [one for one in range(len(SERIES)) if one not in number.values()]
    left = free or list(range(len(SERIES)))
    others = sorted(set(kinds) - set(number))
    number |= {kind: left[place % len(left)] for place, kind in enumerate(others)}
    return {kind: (MARKS[number[kind]], SERIES[number[kind]]) for kind in kinds}


def moved(ax: Axes, right: float = 0, up: float = 0) -> Transform:
    """Return a shift by `right` and `up` points, to add to a transform of the Axes."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("the Axes belongs to no figure")
    return ScaledTranslation(right / 72, up / 72, figure.dpi_scale_trans)


def key_below(ax: Axes, columns: int, distance: float = 30) -> None:
    """Put the key of an Axes' labelled artists under it, see `key_of`."""
    key_of(ax, ax.get_legend_handles_labels()[0], columns, distance)


def key_of(ax: Axes, handles: Sequence[Artist], columns: int, distance: float = 30) -> None:
    """Put a key under an Axes, row by row.

    Parameters
    ----------
    ax
        Axes to stand under.
    handles
        Labelled artists; without any there is no key.
    columns
        Most columns of the key.
    distance
        Points between the Axes and the key.
    """
    if not handles:
        return
    columns = min(columns, len(handles))
    counted = -(-len(handles) // columns)
    room = 72 * width_of(ax) - 40
    labels = [wrapped(str(handle.get_label()), 0.62 * room, SMALL) for handle in handles]
    widest = max(text_width(line, SMALL) for label in labels for line in label.split("\n"))
    columns = max(1, min(columns, int(room // (widest + 3.5 * SMALL))))
    rows = [labels[first : first + columns] for first in range(0, len(labels), columns)]
    _grow(ax, sum(1 + max(label.count("\n") for label in row) for row in rows) - counted)
    # Matplotlib fills a key column by column.
    order = [number for first in range(columns) for number in range(first, len(handles), columns)]
    ax.legend(
        handles=[handles[number] for number in order],
        labels=[labels[number] for number in order],
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=ax.transAxes + moved(ax, up=-distance),
        ncols=columns,
        borderaxespad=0,
        borderpad=0,
        handlelength=1.6,
        handletextpad=0.5,
        columnspacing=1.4,
    )


def ink_on(colour: ColorType) -> str:
    """Return the colour of text with the better contrast on `colour` (WCAG 2.2, 1.4.3).

    Black or white reaches 4.5 on every colour; the ink of other words does not on middle tones.

    >>> ink_on("#FFFFFF"), ink_on("#0B2F52")
    ('#000000', '#FFFFFF')
    """
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, colour))


def contrast(one: ColorType, other: ColorType) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2).

    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 3)


def _luminance(colour: ColorType) -> float:
    channels = np.asarray(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))
