"""Places of a results table, and finding in them what other tables name."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

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

    Names are compared without case, spaces, punctuation and prefixes such as *Kel.*; a row's
    finest name must fit one place only, and its coarser names must not contradict it.

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
        registered; and ``fits``, how many places the row could mean (1 where it was found).
    """
    codes = enumerate(places["area_id"])
    by_code = {code: row for row, code in codes if isinstance(code, str)}
    paths = list(zip(*(places[bare] for bare in _BARE), strict=True))
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, scale in enumerate(places["scale"]):
        by_name[scale, paths[row][PLACE_COLUMNS.index(scale)]].append(row)

    def fitting(names: tuple[str, ...], code: object) -> list[int]:
        if code in by_code:
            return [by_code[code]]
        told = [(scale, name) for scale, name in zip(PLACE_COLUMNS, names, strict=True) if name]
        if not told:
            return []
        return [
            row
            for row in by_name[told[-1]]
            if all(
                known in (name, "") or not name
                for name, known in zip(names, paths[row], strict=True)
            )
        ]

    bare = [each_name(table[scale], bare_name) for scale in PLACE_COLUMNS]
    wanted = list(zip(zip(*bare, strict=True), table["area_id"], strict=True))
    found = {one: fitting(*one) for one in set(wanted)}
    rows = [found[one][0] if len(found[one]) == 1 else -1 for one in wanted]
    answers = places.drop(columns=_BARE).reindex(rows).set_axis(table.index)
    return answers.assign(fits=[len(found[one]) for one in wanted])
