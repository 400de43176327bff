"""Places drawn as tiles in lines of their districts, where no shapes are at hand."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from turnout.errors import TurnoutError
from turnout.escaping import label
from turnout.forecast import Forecast
from turnout.language import Language, Text
from turnout.plots.shapes import SHADES, Shown, shades
from turnout.plots.style import style
from turnout.plots.tiles import Tile, bare, draw_tiles
from turnout.schema import PLACE_COLUMNS

MOST_TILES = 600
_NAMED_UP_TO = 12
_NAMED_HEIGHT, _PLAIN_HEIGHT = 0.315, 0.17
_AROUND = 1.0
"""Inches of a figure's height: a line of tiles with and without names, title and key."""
_MARGINS, _NAMED_TILE, _PLAIN_TILE = 14.0, 36.0, 25.4
"""Points of a figure's width: beside names and tiles, a tile with and without a name."""
_LETTERS = 6.2
"""Size of the type in a tile."""


def draw_tile_map(ax: Axes | None, view: Forecast, shown: Shown, lang: Language) -> Axes:
    """Draw a tile per place, those of a district in a line of their own, the highest first.

    Tiles bear the place's name where no line is longer than twelve.

    Raises
    ------
    TurnoutError
        If there are more than 600 places.
    """
    if len(view.places) > MOST_TILES:
        raise TurnoutError(_TOO_MANY, n=len(view.places), most=MOST_TILES)
    groups, named_groups = _groups(view, lang)
    longest = int(groups.value_counts().max())
    named = longest <= _NAMED_UP_TO
    widest = max(style.text_width(name, style.SMALL) for name in named_groups)
    room = 72 * style.width_of(ax) - widest - _MARGINS
    across = min(longest, int(room / (_NAMED_TILE if named else _PLAIN_TILE)))
    names = view.names(lang)
    columns = max(across, style.fewer(6, ax))
    ranked = shown.values.sort_values(ascending=False, kind="stable").index
    tiles: list[Tile] = []
    lines: dict[float, str] = {}
    line = 0
    for group in groups.unique():
        members = [place for place in ranked if groups[place] == group]
        lines[line + (-(-len(members) // across) - 1) / 2] = named_groups[group]
        for number, place in enumerate(members):
            down, right = divmod(number, across)
            words = shown.words[place]
            if named:
                words = f"{_folded(names[place], room / columns - 4)}\n{words}"
            tiles.append(Tile(right, line + down, shown.colours[place], words))
        line += -(-len(members) // across)
    ax = style.axes_of(ax, _AROUND + (_NAMED_HEIGHT if named else _PLAIN_HEIGHT) * line)
    draw_tiles(ax, tiles, size=_LETTERS)
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(line - 0.5, -0.5)
    _name_lines(ax, lines)
    style.key_of(ax, shades(shown, lang), SHADES, distance=10)
    return ax


def _name_lines(ax: Axes, lines: dict[float, str]) -> None:
    """Write the district of every line of tiles, and no other marks."""
    ax.set(xticks=[], yticks=list(lines), yticklabels=list(lines.values()))
    ax.tick_params(axis="y", labelsize=style.SMALL)
    bare(ax)


def _groups(view: Forecast, lang: Language) -> tuple[pd.Series, list[str]]:
    """Return the number of the place above every place, and the names by number.

    Names that are alike, or are cut, are no one place; the whole's stands where none is told.
    """
    places = view.places.reset_index(drop=True)
    named = [one for one in PLACE_COLUMNS if one in places and places[one].notna().any()]
    coarser = named[: named.index(view.scale)] if view.scale in named else []
    whole = view.at(view.top).names(lang)[0]
    if not coarser:
        return pd.Series(0, places.index), [whole]
    above = places[coarser].astype("object")
    numbers = above.fillna("").groupby(coarser, sort=False).ngroup()
    first = above[~numbers.duplicated()]
    shown = first[coarser[-1]].map(label, na_action="ignore").fillna(whole)
    if len(coarser) > 1:
        around = first[coarser[-2]].map(label, na_action="ignore")
        alike = shown.duplicated(keep=False) & around.notna()
        shown = shown.mask(alike, shown + " (" + around.fillna("") + ")")
    return numbers, shown.tolist()


def _folded(name: str, room: float) -> str:
    """Return a name in at most two lines of so many points, cut where it is longer."""
    lines = style.wrapped(name, room, _LETTERS).split("\n")
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1]}…"]
    return "\n".join(_cut(line, room) for line in lines)


def _cut(line: str, room: float) -> str:
    while len(line) > _FEWEST_LETTERS and style.text_width(line, _LETTERS) > room:
        line = f"{line.removesuffix('…')[:-1].rstrip()}…"
    return line


_MOST_LINES, _FEWEST_LETTERS = 2, 4
_TOO_MANY = Text(
    en="{n:count} places are too many for tiles (at most {most:count}). Give geometry, or the "
    'tiles of a coarser scale with by="district".',
    id="{n:count} wilayah terlalu banyak untuk peta petak (paling banyak {most:count}). Berikan "
    'batas wilayah, atau gunakan tingkat yang lebih kasar dengan by="district".',
)
