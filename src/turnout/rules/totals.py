"""Rules on totals: none contradicts its parts, below or above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.blamed_totals import Pairs, at_blamed, blamed
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.one_part_off import named_gaps, tell_of_gaps
from turnout.rules.rule import Rule
from turnout.rules.told_once import elsewhere
from turnout.rules.totals_of_stations import check_totals_of_stations
from turnout.rules.wholes import BY, FIND_THE_WRONG_ONE, first_and_last, mixed, wholes_and_parts
from turnout.schema import PLACE_COLUMNS

TOTAL_BELOW_PARTS = Rule(
    "total_below_parts",
    "error",
    Text(
        en="the total of {place}, {given:count}, is below the {parts:count} that its "
        "{n:count} finer rows of {contest:contest} add up to ({some}).",
        id="jumlah {place}, {given:count}, lebih kecil daripada {parts:count}, yaitu hasil "
        "penjumlahan {n:count} baris rinciannya pada {contest:contest} ({some}).",
    ),
    FIND_THE_WRONG_ONE,
)

TOTAL_ABOVE_PARTS = Rule(
    "total_above_parts",
    "error",
    Text(
        en="the total of {place}, {given:count}, is above the {parts:count} that its "
        "{n:count} finer rows of {contest:contest} add up to ({some}): a part is missing, or a "
        "figure is wrong.",
        id="jumlah {place}, {given:count}, lebih besar daripada {parts:count}, yaitu hasil "
        "penjumlahan {n:count} baris rinciannya pada {contest:contest} ({some}): ada rincian yang "
        "kurang, atau ada angka yang keliru.",
    ),
    FIND_THE_WRONG_ONE,
)

MORE_THAN_PARTS = Rule(
    "more_than_parts",
    "warning",
    Text(
        en="the total of {place}, {given:count}, is above the {parts:count} of its {n:count} finer "
        "rows of {contest:contest} ({some}), although no part that is known here is missing.",
        id="jumlah {place}, {given:count}, lebih besar daripada {parts:count} dari {n:count} baris "
        "rinciannya pada {contest:contest} ({some}), padahal tidak ada rincian yang kurang.",
    ),
    Text(
        en="If parts are missing, leave it: the total tells of the rest. Where the parts have at "
        "least 98% of its registered, turnout half a point or more above theirs is set apart as "
        "votes that no part has, such as postal ones. Else correct it.",
        id="Bila memang ada rincian yang belum termuat, biarkan: jumlah ini mewakili sisanya. Bila "
        "rinciannya memuat sedikitnya 98% DPT-nya, kelebihan partisipasi mulai setengah poin "
        "dipisahkan sebagai suara yang tidak ada di rincian, misalnya suara pos. Bila tidak, "
        "perbaiki.",
    ),
)

VOTERS_BESIDE_PARTS = Rule(
    "voters_beside_parts",
    "warning",
    Text(
        en="the total of {place} has {given:count} voters, the {n:count} finer rows of "
        "{contest:contest} {parts:count} ({some}): {higher:points} points of turnout more. The "
        "registered agree, and all other totals have more voters as well: it may hold votes that "
        "no row tells, such as absentee ones.",
        id="jumlah {place} memuat {given:count} pengguna hak pilih, sedangkan {n:count} baris "
        "rinciannya pada {contest:contest} {parts:count} ({some}): partisipasinya lebih tinggi "
        "{higher:points} poin. DPT-nya sama, dan semua jumlah lain juga lebih besar: mungkin "
        "termasuk suara yang tidak dirinci, misalnya suara pos.",
    ),
    Text(
        en="If so, leave it: from half a point on these votes are set apart, and the forecast is "
        "of the votes in the finer rows. Else correct it.",
        id="Bila demikian, biarkan: mulai setengah poin suara itu dipisahkan, dan prakiraan hanya "
        "memuat suara dalam baris rinciannya. Bila tidak, perbaiki.",
    ),
)


_SMALL = 0.5
"""A row of fewer than that of what its parts add up to is hardly their total."""

NAME_IT = Text(
    en="The row is read as a total, as no name of a finer place stands in it: if it is one of "
    "these places, write its name there. If it is the total, find in the source document which "
    "figure is wrong, and correct that.",
    id="Baris ini dibaca sebagai jumlah karena nama wilayah rinciannya kosong: bila ini salah satu "
    "wilayah itu, isi namanya. Bila memang jumlah, cari di dokumen sumbernya angka mana yang "
    "keliru, lalu perbaiki.",
)


@dataclass(frozen=True)
class TotalRules:
    """The figures whose totals are checked, and what is said of a wrong one.

    Parameters
    ----------
    figures
        Columns that must add up.
    below, above, more
        Of a total below its parts, above them when they are complete, and perhaps so.
    """

    figures: tuple[str, ...]
    below: Rule
    above: Rule
    more: Rule


IN_RESULTS = TotalRules(
    ("registered", "voters"), TOTAL_BELOW_PARTS, TOTAL_ABOVE_PARTS, MORE_THAN_PARTS
)
_IN_ONE_CONTEST = (
    Rule(
        TOTAL_BELOW_PARTS.name,
        "error",
        Text(
            en="the total of {place}, {given:count}, is below the {parts:count} that its "
            "{n:count} finer rows add up to ({some}).",
            id="jumlah {place}, {given:count}, lebih kecil daripada {parts:count}, yaitu hasil "
            "penjumlahan {n:count} baris rinciannya ({some}).",
        ),
        FIND_THE_WRONG_ONE,
    ),
    Rule(
        TOTAL_ABOVE_PARTS.name,
        "error",
        Text(
            en="the total of {place}, {given:count}, is above the {parts:count} that its "
            "{n:count} finer rows add up to ({some}): a part is missing, or a figure is wrong.",
            id="jumlah {place}, {given:count}, lebih besar daripada {parts:count}, yaitu hasil "
            "penjumlahan {n:count} baris rinciannya ({some}): ada rincian yang kurang, atau ada "
            "angka yang keliru.",
        ),
        FIND_THE_WRONG_ONE,
    ),
    Rule(
        MORE_THAN_PARTS.name,
        "warning",
        Text(
            en="the total of {place}, {given:count}, is above the {parts:count} of its {n:count} "
            "finer rows ({some}), although no part that is known here is missing.",
            id="jumlah {place}, {given:count}, lebih besar daripada {parts:count} dari {n:count} "
            "baris rinciannya ({some}), padahal tidak ada rincian yang kurang.",
        ),
        MORE_THAN_PARTS.remedy,
    ),
)
IN_ROLL = TotalRules(("registered",), *_IN_ONE_CONTEST)
IN_SAMPLE = TotalRules(("registered", "voters"), *_IN_ONE_CONTEST)


def check_totals(draft: Draft, rules: TotalRules = IN_RESULTS) -> list[Finding]:
    """Find totals that their complete parts contradict.

    A total below its parts is always wrong. One above them is wrong where the parts are complete:
    where another figure adds up exactly, or the row calls itself the sum. Partly counted rows tell
    nothing, for or against a total, unless it has just as many stations in as they have together.

    Parameters
    ----------
    draft
        The rows.
    rules
        What is said: a roll and a sample are of one contest, and name none.
    """
    if not mixed(draft.table).any():
        return []
    table = draft.table.assign(
        basis=draft.table["registered_basis"].fillna(""), called=draft.called_total()
    )
    if "voters_without_roll" not in table:
        table["voters_without_roll"] = 0.0
    table["partial"] = is_partial(table)
    both = list(wholes_and_parts(table))
    joined = [_with_sums(*pair, rules.figures) for pair in both]
    joined += [_with_sums(*_of_those_in(*pair, rules.figures), rules.figures) for pair in both]
    pairs = pd.concat(joined) if joined else pd.DataFrame()
    of_stations = check_totals_of_stations(draft, table)
    if pairs.empty:
        return of_stations
    named = named_gaps(pairs if rules is IN_RESULTS else pairs.iloc[:0], both)
    told = [
        one
        for column in rules.figures
        for one in _told_of(draft, pairs, both, named, rules, column)
    ]
    wrong = named.index.intersection(draft.rows_at(one.spot for one in told))
    where = (draft.spots(wrong, name) for name in ("stations_total", "stations_counted"))
    return [*elsewhere(of_stations, {spot for spots in where for spot in spots}), *told]


def _told_of(
    draft: Draft,
    pairs: pd.DataFrame,
    both: Pairs,
    named: pd.DataFrame,
    rules: TotalRules,
    column: str,
) -> list[Finding]:
    """Return what is wrong with totals of one figure; a gap of both with a name is told once."""
    told = pairs.assign(given=pairs[column], parts=pairs[f"{column}_parts"])
    other_gap = pd.Series(1.0, index=pairs.index)
    for other in rules.figures:
        if other != column:
            other_gap = (pairs[other] - pairs[f"{other}_parts"]).fillna(1.0)
    below = told["given"] < told["parts"]
    above = (told["given"] > told["parts"]) & told["all_counted"]
    exact = told.index.isin(named.index[named["how"] != "missing"])
    surely = above & ((other_gap == 0) | told["called"] | exact)
    perhaps = above & ~surely & told["all_known"] & (other_gap > 0)
    beside = surely & (rules is IN_RESULTS and column == "voters") & _all_above(told, other_gap)
    sure = below | (surely & ~beside)
    all_told = blamed(told.assign(sure=sure)[sure | perhaps], both, column)
    one_off = all_told["sure"] & all_told.index.isin(named.index)
    gaps, others = all_told[one_off], all_told[~one_off]
    wrong, more = others[others["sure"]], others[~others["sure"]]
    small = (wrong["gap"] < 0) & ~wrong["called"] & (wrong["given"] < _SMALL * wrong["parts"])
    small &= wrong["finer"] == "area"
    unnamed = replace(rules.below, remedy=NAME_IT)
    held = both if rules is IN_RESULTS else ()
    return [
        *(tell_of_gaps(draft, gaps, named, held) if column == rules.figures[0] else ()),
        *at_blamed(unnamed, draft, wrong[small], column, held),
        *at_blamed(rules.below, draft, wrong[(wrong["gap"] < 0) & ~small], column, held),
        *at_blamed(rules.above, draft, wrong[wrong["gap"] > 0], column, held),
        *_beside_parts(draft, told[beside]),
        *rules.more.at(draft, more.index, column, more),
    ]


def _beside_parts(draft: Draft, pairs: pd.DataFrame) -> list[Finding]:
    """Tell of totals that hold votes which none of their parts does, each once."""
    held = pairs[~pairs.index.duplicated()]
    held = held.assign(higher=(held["given"] - held["parts"]) / held["registered"])
    return VOTERS_BESIDE_PARTS.at(draft, held.index, "voters", held)


def _all_above(pairs: pd.DataFrame, other_gap: pd.Series[float]) -> pd.Series[bool]:
    """Mark contests of which several totals are above their finest parts, and no complete one not.

    All of them hold something that no part does; totals of these totals hold it as they do.
    """
    complete = pairs["all_counted"] & (other_gap == 0) & pairs["given"].notna()
    rank = pairs["finer"].map(PLACE_COLUMNS.index)
    next_below = rank.groupby(pairs.index.to_numpy()).transform("min")
    finest = next_below == rank.groupby(pairs["contest"].to_numpy()).transform("max")
    held = pairs[complete & finest]
    higher = held["given"] > held["parts"]
    told = higher.groupby(held["contest"].to_numpy()).agg(["size", "all"])
    several = told.index[(told["size"] >= _SEVERAL) & told["all"]]
    return pairs["contest"].isin(several)


_SEVERAL = 3


def _of_those_in(
    totals: pd.DataFrame, parts: pd.DataFrame, figures: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return totals of some stations that are those in of their parts, and these, as if complete.

    Where nothing is in, nothing is to be added. Totals of other stations are told as that.
    """
    told = parts["stations_counted"].groupby([parts[name] for name in BY])
    stations = told.sum().where(told.count() == told.size()).rename("stations_parts")
    known = totals.join(stations, on=BY)
    same = known["partial"] & (known["stations_counted"] == known["stations_parts"])
    none_in = parts["stations_counted"] == 0
    filled = {name: parts[name].mask(none_in & parts[name].isna(), 0.0) for name in figures}
    return totals[same].assign(partial=False), parts.assign(partial=False, **filled)


def _with_sums(totals: pd.DataFrame, parts: pd.DataFrame, figures: Sequence[str]) -> pd.DataFrame:
    """Return totals with what their parts add up to, and whether these are all there."""
    by = BY
    counted = parts[~parts["partial"]]
    grouped = counted.groupby(by)
    sums = grouped[list(figures)].sum(min_count=1).add_suffix("_parts")
    sums["inside"] = grouped["voters_without_roll"].sum()
    sums["n"] = grouped.size()
    sums["finer"] = parts["scale"].iloc[0] if len(parts) else None
    sums["some"] = first_and_last(grouped["place"].first(), grouped["place"].last())
    whole = parts.groupby(by)
    filled = parts[list(figures)].notna().all(axis=1) & ~parts["partial"]
    all_filled = filled.groupby([parts[name] for name in by]).all()
    sums["all_counted"] = all_filled.reindex(sums.index)  # of those none of which is whole: no sum
    ever = parts.groupby("within")["key"].nunique()
    sums["keys"] = whole["key"].nunique().reindex(sums.index)
    sums = sums.reset_index()
    sums["all_known"] = sums["keys"] >= sums["within"].map(ever)
    joined = totals[~totals["partial"]].reset_index().merge(sums, on=by, how="inner")
    if "voters" in figures:
        # Finer totals hold the votes without a roll that lie in them already.
        joined["voters_parts"] += joined["voters_without_roll"].fillna(0.0) - joined["inside"]
    return joined.set_index("index").rename_axis(None)
