"""Places of a results table, and finding in them what other tables name."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.identity.kinds import kind_of_place
from turnout.identity.match import Match, PlaceNames
from turnout.identity.names import bare_name, each_name
from turnout.rules.measures import described, is_partial
from turnout.schema import PLACE_COLUMNS

_BARE = [f"{scale}_bare" for scale in PLACE_COLUMNS]


def known_places(results: pd.DataFrame) -> pd.DataFrame:
    """Return the places of a results table, one row each, with what was last known of it.

    Parameters
    ----------
    results
        Canonical results table.

    Returns
    -------
    pandas.DataFrame
        scale, the place columns, area_id, and registered: the newest count of the place itself,
        else the sum of its areas' newest; partly counted ones raised by their stations.
    """
    rows = described(results.sort_values("date", kind="stable"))
    raised = rows["registered"] * rows["stations_total"] / rows["stations_counted"]
    rows["registered"] = raised.where(is_partial(rows), rows["registered"])
    newest = rows.drop_duplicates("key", keep="last")
    newest = newest.assign(**{f"{s}_bare": each_name(newest[s], bare_name) for s in PLACE_COLUMNS})
    tables = []
    for position, scale in enumerate(PLACE_COLUMNS):
        within = newest[newest[scale].notna()]
        if scale == "area":
            tables.append(within)
        elif not within.empty:
            tables.append(_at_scale(within, scale, position))
    places = pd.concat(tables, ignore_index=True)
    return places[["scale", *PLACE_COLUMNS, "area_id", "registered", *_BARE]]


def _at_scale(within: pd.DataFrame, scale: str, position: int) -> pd.DataFrame:
    """Return one row per place of a scale coarser than areas."""
    path = _BARE[: position + 1]
    areas = within[within["scale"] == "area"].groupby(path)["registered"].sum(min_count=1)
    own = within[within["scale"] == scale].drop_duplicates(path, keep="last").set_index(path)
    places = within.drop_duplicates(path, keep="last").set_index(path)
    below = list(PLACE_COLUMNS[position + 1 :])
    return places.assign(
        scale=scale,
        area_id=own["area_id"].reindex(places.index),
        registered=own["registered"].reindex(places.index).fillna(areas.reindex(places.index)),
        **dict.fromkeys(below),
        **dict.fromkeys(_BARE[position + 1 :], ""),
    ).reset_index()


def find_places(table: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Find the place that each row names: by its code, else by its names.

    The one matcher of names finds them (`turnout.identity.match`): a row's finest name must fit
    one place only, and its coarser names must not contradict it.

    Parameters
    ----------
    table
        Rows with place columns and area_id.
    places
        Table of `known_places`.

    Returns
    -------
    pandas.DataFrame
        For each row of `table` what `places` knows of the place: scale, place columns, area_id,
        registered; ``fits``, how many places the row could mean (1 where it was found, or where
        it names the city of results that name none);
        ``by_spelling``, whether it fits in another spelling only; and ``meant``, what fits.
    """
    names = PlaceNames(places)
    wanted = list(table[[*PLACE_COLUMNS, "area_id"]].itertuples(index=False, name=None))
    found: dict[tuple[object, ...], Match] = {
        one: _find(names, dict(zip(PLACE_COLUMNS, one, strict=False)), one[-1])
        for one in set(wanted)
    }
    matches = [found[one] for one in wanted]
    rows = [match.rows[0] if len(match.rows) == 1 else -1 for match in matches]
    answers = places.drop(columns=_BARE).reindex(rows).set_axis(table.index)
    whole = _around_all(table, places).to_numpy() & np.array(
        [not match.rows for match in matches], dtype=bool
    )
    answers.loc[whole, [*PLACE_COLUMNS]] = table.loc[whole, [*PLACE_COLUMNS]]
    answers.loc[whole, "registered"] = places.loc[places["scale"] == "area", "registered"].sum()
    alone = [match.by_spelling and len(match.rows) == 1 for match in matches]
    return answers.assign(
        fits=np.where(whole, 1, [len(match.rows) for match in matches]),
        by_spelling=pd.Series(alone, index=table.index, dtype=bool),
        meant=[names.listed(match.rows) for match in matches],
    )


def _find(names: PlaceNames, told: dict[str, object], code: object) -> Match:
    """Find a row's place; *Kota X* may stand in the column of finer places, and be the city."""
    match = names.find_row(told, code)
    finest = next((name for scale in PLACE_COLUMNS[::-1] if (name := told[scale])), None)
    scale, _ = kind_of_place(finest) or ("", False)
    if match.rows or scale not in PLACE_COLUMNS or told[scale] is not None:
        return match
    return names.find_row({scale: finest})


def _around_all(table: pd.DataFrame, places: pd.DataFrame) -> pd.Series[bool]:
    """Return the rows that name only what is coarser than all places that are known."""
    known = [scale for scale in PLACE_COLUMNS if (places["scale"] == scale).any()]
    finer = PLACE_COLUMNS.index(known[0]) if known else 0
    above, below = list(PLACE_COLUMNS[:finer]), [*PLACE_COLUMNS[finer:], "area_id"]
    return table[above].notna().any(axis=1) & table[below].isna().all(axis=1)
