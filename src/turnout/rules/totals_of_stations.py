"""Totals of other numbers of stations than their parts have."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.blamed_totals import judged
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.rules.station_numbers import far_per_station
from turnout.rules.wholes import BY, FIND_THE_WRONG_ONE, first_and_last, wholes_and_parts

STATIONS_BELOW_PARTS = Rule(
    "stations_below_parts",
    "warning",
    Text(
        en="{place} has {given:count} stations in all, fewer than the {parts:count} of its "
        "{n:count} finer rows ({some}): perhaps it is one of these.",
        id="{place} mempunyai {given:count} TPS seluruhnya, lebih sedikit daripada {parts:count} "
        "TPS dari {n:count} baris rinciannya ({some}): mungkin baris ini "
        "salah satu rincian itu.",
    ),
    Text(
        en="Give the row the name of its place, or correct the number of stations.",
        id="Isi nama wilayahnya pada baris ini, atau perbaiki jumlah TPS-nya.",
    ),
)

STATIONS_ABOVE_PARTS = Rule(
    "stations_above_parts",
    "warning",
    Text(
        en="{place} has {given:count} stations in all, more than the {parts:count} of its "
        "{n:count} finer rows ({some}).",
        id="{place} mempunyai {given:count} TPS seluruhnya, lebih banyak daripada {parts:count} "
        "TPS dari {n:count} baris rinciannya ({some}).",
    ),
    FIND_THE_WRONG_ONE,
)

IN_BELOW_PARTS = Rule(
    "stations_in_below_parts",
    "warning",
    Text(
        en="{given:count} stations of {place} are in, fewer than the {parts:count} of its "
        "{n:count} finer rows ({some}).",
        id="TPS masuk di {place} {given:count}, lebih sedikit daripada {parts:count} TPS masuk "
        "dari {n:count} baris rinciannya ({some}).",
    ),
    FIND_THE_WRONG_ONE,
)

IN_ABOVE_PARTS = Rule(
    "stations_in_above_parts",
    "warning",
    Text(
        en="{given:count} stations of {place} are in, more than the {parts:count} of its "
        "{n:count} finer rows ({some}).",
        id="TPS masuk di {place} {given:count}, lebih banyak daripada {parts:count} TPS masuk "
        "dari {n:count} baris rinciannya ({some}).",
    ),
    FIND_THE_WRONG_ONE,
)


def check_totals_of_stations(draft: Draft, table: pd.DataFrame) -> list[Finding]:
    """Find totals of other numbers of stations than their parts have, in all or those in.

    More are wrong only where no part is missing that another contest knows, and all tell theirs.
    A row whose number of all stations is told may be no total of these, and is told once; so is
    the number of a part that the registered beside it contradict, at its own row.
    """
    numbers = ["stations_total", "stations_counted"]
    if not {*numbers} <= {*table} or table[numbers].isna().all(axis=None):
        return []
    doubted = table.index.isin(far_per_station(draft).index)
    sure = table.assign(**{name: table[name].mask(doubted) for name in numbers})
    whole = _numbers_off(draft, sure, "stations_total", STATIONS_BELOW_PARTS, STATIONS_ABOVE_PARTS)
    told = {(one.spot.file, one.spot.sheet, one.spot.row) for one in whole}
    those_in = _numbers_off(draft, sure, "stations_counted", IN_BELOW_PARTS, IN_ABOVE_PARTS)
    spots = [(one.spot.file, one.spot.sheet, one.spot.row) for one in those_in]
    return [*whole, *(one for one, at in zip(those_in, spots, strict=True) if at not in told)]


def _numbers_off(
    draft: Draft, table: pd.DataFrame, column: str, below: Rule, above: Rule
) -> list[Finding]:
    found = []
    for totals, parts in wholes_and_parts(table):
        within = parts.groupby(BY)
        sums = within[column].sum().rename("parts").to_frame()
        sums["n"] = within[column].count()
        sums["all_told"] = parts[column].notna().groupby([parts[name] for name in BY]).all()
        sums["keys"] = within["key"].nunique()
        sums["some"] = first_and_last(within["place"].first(), within["place"].last())
        ever = parts.groupby("within")["key"].nunique()
        sums = sums[sums["n"] > 0].reset_index()
        sums["complete"] = sums["all_told"] & (sums["keys"] >= sums["within"].map(ever))
        told = totals[totals[column].notna()].reset_index().merge(sums, on=BY, how="inner")
        told = told.set_index("index").assign(given=lambda rows: rows[column]).rename_axis(None)
        off = told["given"] < told["parts"]
        off |= (told["given"] > told["parts"]) & told["complete"]
        found.append(told[off].assign(sure=True, finer=parts["scale"].iloc[0]))
    if not found:
        return []
    wrong = judged(pd.concat(found))
    few, many = wrong[wrong["gap"] < 0], wrong[wrong["gap"] > 0]
    return below.at(draft, few.index, column, few) + above.at(draft, many.index, column, many)
