"""Districts by elections: `plot_heatmap`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from turnout.forecast import Forecast
from turnout.forecast.counted import all_in
from turnout.language import Language, Text, number
from turnout.plots.style import style
from turnout.plots.tiles import Tile, bare, draw_tiles
from turnout.plots.words import BY_SCALE, NOT_SHOWN, PARTIAL, forecast_words, type_word
from turnout.tables import FEW, TurnoutGrid, ends_of, scale_below_top, turnout_grid

MOST_ROWS, MOST_CONTESTS = 36, 18
_DECIMAL_UP_TO = 10  # columns of a usual figure, as the contests above
_GAP = 0.35
_ROW, _WIDE_ROW = 0.118, 0.165
_NAMES = 83.0
"""Points of a figure's width that the names of places take; the columns have the rest."""


@style.styled
def plot_heatmap(
    forecast: Forecast,
    *,
    by: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the turnout of every district in every past election, and its median forecast.

    A cell's number is its turnout in percent, the darker the higher; a star marks figures of less
    than 95% of the district's voters, a dash a place without a figure. The last row is the
    whole. Of more than 36 districts both ends of the ranking are drawn, of more than 18 elections
    the last.

    Parameters
    ----------
    forecast
        Joint draws.
    by
        Scale of the places; the coarsest that has several when not given.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If the forecast is of a single place.
    """
    scale = by or scale_below_top(forecast)
    layout = _Layout.of(turnout_grid(forecast, scale, lang), style.fewer(MOST_CONTESTS, ax))
    decimals = int(len(layout.contests) <= style.fewer(_DECIMAL_UP_TO, ax))
    newest = _RESULT if all_in(forecast.counted) else _FORECAST
    header = _Header.of(layout.contests, 72 * style.width_of(ax) - _NAMES, newest.say(lang))
    row = _WIDE_ROW if len(layout.names) <= MOST_ROWS // 2 else _ROW
    ax = style.axes_of(ax, 0.63 + header.height / 72 + row * (layout.heights[-1] + 1))
    draw_tiles(ax, _tiles(layout, decimals, lang))
    ax.set_xlim(-0.5, layout.positions[-1] + 0.5)
    ax.set_ylim(layout.heights[-1] + 0.5, -0.5)
    _name(ax, layout, header)
    bare(ax)
    told = _BELOW_COUNTED if newest is _RESULT else _BELOW
    below = told.say(lang, election=forecast_words(forecast, lang))
    if (layout.coverage < FEW).any():
        below += f"\n{PARTIAL.say(lang, few=FEW)}"
    if layout.left_out:
        below += f"\n{NOT_SHOWN.say(lang, n=layout.left_out)}"
    style.title(ax, _HEADLINE.say(lang, by=BY_SCALE[scale].say(lang)), below, clear=header.height)
    return ax


@dataclass(frozen=True)
class _Layout:
    """The rows and columns that are drawn, and where."""

    names: list[str]
    contests: pd.DataFrame
    turnout: NDArray[np.float64]
    coverage: NDArray[np.float64]
    heights: NDArray[np.float64]
    positions: NDArray[np.float64]
    left_out: int

    @classmethod
    def of(cls, grid: TurnoutGrid, most: int) -> _Layout:
        ranks = pd.DataFrame({"rank": np.arange(len(grid.names) - 1)})
        shown, between = ends_of(ranks, MOST_ROWS)
        rows = [*shown["rank"], len(grid.names) - 1]
        known = np.flatnonzero(np.isfinite(grid.turnout[:, :-1]).any(axis=0))
        columns = [*known[-most:], len(grid.contests) - 1]
        # A gap tells that places are left out, sets off the whole and, beside, the forecast.
        gaps = np.cumsum([0.0, *np.where(np.diff(rows[:-1]) > 1, _GAP, 0.0), _GAP])
        beside = np.where(np.arange(len(columns)) < len(columns) - 1, 0.0, _GAP)
        cells = np.ix_(rows, columns)
        return cls(
            names=[grid.names[row] for row in rows],
            contests=grid.contests.iloc[columns],
            turnout=grid.turnout[cells],
            coverage=grid.coverage[cells],
            heights=np.arange(len(rows)) + gaps,
            positions=np.arange(len(columns), dtype=float) + beside,
            left_out=len(between),
        )


@dataclass(frozen=True)
class _Header:
    """The names of the columns: side by side where they fit, else upright."""

    labels: list[str]
    size: float
    rotation: float
    height: float

    @classmethod
    def of(cls, contests: pd.DataFrame, room: float, newest: str) -> _Header:
        size = style.TINY if len(contests) <= _DECIMAL_UP_TO else 5.2
        kinds = [type_word(kind) for kind in contests["election_type"]]
        upright = 0.52 * size * max(map(len, kinds)) > room / len(kinds)
        join = " " if upright else "\n"
        years = pd.to_datetime(contests["date"]).dt.year
        labels = [f"{kind}{join}{year}" for kind, year in zip(kinds, years, strict=True)]
        labels[-1] += join + newest
        if not upright:
            return cls(labels, size, 0, 30)
        return cls(labels, size, 90, 0.66 * size * max(map(len, labels)))


def _tiles(layout: _Layout, decimals: int, lang: Language) -> list[Tile]:
    low, high = np.nanmin(layout.turnout), np.nanmax(layout.turnout)
    tiles = []
    for row, height in enumerate(layout.heights):
        for column, position in enumerate(layout.positions):
            share = layout.turnout[row, column]
            if np.isnan(share):
                tiles.append(Tile(position, height, "#FFFFFF", "–"))
                continue
            star = "*" if layout.coverage[row, column] < FEW else ""
            colour = style.SEQUENTIAL(float((share - low) / max(high - low, 1e-9)))
            words = number(100 * share, lang, decimals) + star
            tiles.append(Tile(position, height, colour, words))
    return tiles


def _name(ax: Axes, layout: _Layout, header: _Header) -> None:
    ax.set_xticks(layout.positions, header.labels)
    ax.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.tick_params(axis="x", labelsize=header.size, pad=2, labelrotation=header.rotation)
    ax.set_yticks(layout.heights, layout.names)
    ax.tick_params(axis="y", labelsize=style.TINY)
    ax.get_yticklabels()[-1].set_fontweight("bold")
    ax.get_xticklabels()[-1].set_fontweight("bold")


_HEADLINE = Text(
    en="Turnout {by} and election, in percent",
    id="Tingkat partisipasi {by} dan pemilihan, dalam persen",
)
_BELOW = Text(
    en="The darker the higher; on the right the median forecast for {election}",
    id="Makin gelap makin tinggi; paling kanan median prakiraan untuk {election}",
)
_BELOW_COUNTED = Text(
    en="The darker the higher; on the right the result: {election}",
    id="Makin gelap makin tinggi; paling kanan hasilnya: {election}",
)
_FORECAST = Text(en="forecast", id="prakiraan")
_RESULT = Text(en="result", id="hasil")
