"""Rules on a place from contest to contest: its roll, its district, its name, its very being.

Rows of other tables (the history that a roll is held against) carry labels below zero and are
never reported themselves.
"""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.days import missed_day, slipped_day
from turnout.rules.draft import Draft
from turnout.rules.exchanged_places import tell_exchanged
from turnout.rules.kind_changed import check_kinds
from turnout.rules.lineages import as_one, check_sums, lineages
from turnout.rules.measures import is_partial, marked
from turnout.rules.moved import check_moved
from turnout.rules.new_places import check_new_places
from turnout.rules.once import NAME_ONCE, check_names_once
from turnout.rules.other_years import day_of_other_year
from turnout.rules.part_sizes import check_part_sizes
from turnout.rules.renamed import RENAMED, renamed
from turnout.rules.rule import Rule
from turnout.rules.spelling import likely_same

JUMP = 0.25
"""Change of the registered voters between consecutive contests that deserves a look."""

ROLL_JUMP = Rule(
    "roll_jump",
    "warning",
    Text(
        en="{registered:count} registered in {place}, {before:count} in {earlier:contest}: "
        "{change:change}.",
        id="{registered:count} pemilih terdaftar di {place}, {before:count} pada "
        "{earlier:contest}: {change:change}.",
    ),
    Text(
        en="Look for a digit too many or missing, another denominator, or an area that was split "
        "or merged (then give a crosswalk); if it is right, leave it.",
        id="Periksa digit yang kurang atau berlebih, penyebut yang lain, atau pemekaran dan "
        "penggabungan wilayah (berikan tabel pemekaran, --crosswalk); bila benar, biarkan.",
    ),
)

FAR_JUMP = 2.0
"""Factor between the registered voters of consecutive contests beyond which a figure is doubted."""

FAR_FROM_PART = 3.0
"""The same where one of the two is known by some of its stations."""

FAR_FROM_SPLIT = 4.0
"""The same of a place that was split or merged: it is another size, but not a tenth."""

_SEEN = 0.02
"""Share of its stations from which on they tell about how large a place is."""

ROLL_FAR_OFF = Rule(
    "roll_far_off",
    "warning",
    ROLL_JUMP.message,
    Text(
        en="The forecast of {above} follows this figure. Look for a digit too many or missing; if "
        "the area was split or merged, give a crosswalk; if it is right, leave it.",
        id="Prakiraan untuk {above} ikut bergeser karena angka ini. Periksa digit yang kurang atau "
        "berlebih; bila wilayahnya dimekarkan atau digabung, berikan tabel pemekaran "
        "(--crosswalk); bila memang benar, biarkan.",
    ),
)

ODD_ONE = Rule(
    ROLL_FAR_OFF.name,
    "warning",
    Text(
        en="{registered:count} registered in {place}; in most other contests it had about "
        "{usual:count}.",
        id="{registered:count} pemilih terdaftar di {place}, padahal pada kebanyakan pemilihan "
        "lain sekitar {usual:count}.",
    ),
    ROLL_FAR_OFF.remedy,
)

NONE_KNOWN = Rule(
    "none_known",
    "warning",
    Text(
        en="none of the {n:count} places is in an earlier contest, which know {known:count}, such "
        "as {example}.",
        id="tidak satu pun dari {n:count} wilayah ada pada pemilihan sebelumnya, yang memuat "
        "{known:count}, misalnya {example}.",
    ),
    Text(
        en="If this is another region, give the file of the same one; if codes or names are "
        "written otherwise, write them alike or give a crosswalk. Else no place has a past, "
        "and each is forecast from the place above it.",
        id="Bila ini daerah lain, berikan berkas daerah yang sama; bila kode atau nama ditulis "
        "lain, samakan atau berikan tabel pemekaran (--crosswalk). Bila tidak, prakiraan tiap "
        "wilayah hanya mengikuti wilayah di atasnya.",
    ),
)

UNMATCHED = Rule(
    "unmatched_area",
    "warning",
    Text(
        en="{place} is no longer there in {later:contest}.",
        id="{place} tidak ada lagi pada {later:contest}.",
    ),
    Text(
        en="If it was merged, split or renamed, say so in a crosswalk (columns new_area, "
        "old_area, weight); nothing is guessed. If only some places voted on that day (a repeat "
        "poll), give the roll of all, else only those are forecast.",
        id="Bila digabung, dimekarkan atau ganti nama, nyatakan dalam tabel pemekaran "
        "(--crosswalk; kolom kelurahan_baru, kelurahan_lama, bobot); program tidak menebaknya. "
        "Bila hanya sebagian wilayah yang memilih pada hari itu (PSU), berikan DPT semua "
        "wilayah; bila tidak, hanya sebagian itu yang diprakirakan.",
    ),
)

NEAR_SPELLING = Rule(
    "near_spelling",
    "warning",
    Text(
        en="{place} looks like {alike} of {earlier:contest}, but is not written the same way.",
        id="{place} mirip {alike} pada {earlier:contest}, tetapi tidak ditulis sama.",
    ),
    NAME_ONCE.remedy,
)


_LOOKED_AT = [
    *("contest", "date", "scale", "key", "place", "within", "district", "area", "area_id"),
    *("registered", "stations_counted", "stations_total"),
]


def check_history(
    draft: Draft, rows: pd.DataFrame, crosswalk: pd.DataFrame | None = None
) -> list[Finding]:
    """Find places whose roll, district, name or being changes between contests.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables.
    crosswalk
        New and old areas that are accounted for.
    """
    whole, wrong = rows, _on_wrong_day(rows)
    rows = _by_day(rows)
    if rows["contest"].nunique() < 2 and not rows["key"].duplicated().any():
        return []
    areas = marked(rows, rows["scale"] == "area")
    alike = likely_same(areas)
    explained = pd.concat([alike["key"], alike["former"]])
    tied = lineages(rows, crosswalk)
    accounted = tied["lineage"] >= 0
    left = marked(areas, ~areas["key"].isin(explained) & ~accounted[areas.index])
    unknown = [] if alike.shape[0] or accounted.any() else _none_known(draft, areas)
    others = renamed(left) if not unknown else left.iloc[:0]
    if len(others):
        left = left[~left["key"].isin(pd.concat([others["key"], others["gone"]]))]
    here = marked(left, ~left["key"].isin(left["key"][left["contest"].isin(wrong)]))
    moved, swapped = check_moved(draft, areas)
    is_swapped = (rows["scale"] == "district") & rows["district"].isin(swapped)
    return [
        *NEAR_SPELLING.at(draft, _own(alike), "area", alike),
        *RENAMED.at(draft, _own(others), "area", others),
        *check_kinds(draft, areas),
        *moved,
        *_roll_jumps(draft, marked(rows, ~is_swapped), tied),
        *(unknown or [*_unmatched(draft, here, whole), *check_names_once(draft, left)]),
    ]


def _on_wrong_day(rows: pd.DataFrame) -> list[str]:
    """Return the elections whose day is in doubt: no place is gone by them, and theirs are there.

    It is in another year, or off the national day on which others of the file are: of a few places
    that voted again, or whose date is wrong.
    """
    each = rows.drop_duplicates("contest").reindex(columns=["contest", "date", "election_type"])
    days = each["date"].dropna().dt.date
    held = {*days}
    return [
        contest
        for contest, day, kind in zip(
            each["contest"][days.index], days, each["election_type"][days.index], strict=True
        )
        if day_of_other_year(day, kind) or held & {missed_day(day, kind), slipped_day(day, kind)}
    ]


def _own(rows: pd.DataFrame) -> pd.Index:
    return rows.index[rows.index >= 0]


def check_sizes(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Find places of a count that its figures make far larger or smaller than they were.

    One without word of its stations may be in with some of them: it can be too large alone.

    Parameters
    ----------
    draft, rows
        As of `check_history`; all rows of `draft` are of the count.
    """
    rows = _by_day(rows)
    jumps, odd, about = _jumps(_sized(draft, rows))
    few = rows[["stations_counted", "stations_total"]].isna().any(axis=1)
    jumps = jumps[jumps["far"] & ~(few[jumps.index] & (jumps["change"] < 0))]
    odd = odd[~(few[odd.index] & (odd["size"] < odd["usual"]))]
    return [
        *_far_off(draft, jumps, odd),
        *check_part_sizes(draft, about),
    ]


def _by_day(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of places whose day is known, the oldest first."""
    rows = marked(rows[_LOOKED_AT], rows["date"].notna() & (rows["scale"] != "total"))
    if rows["date"].is_monotonic_increasing:
        return rows
    return rows.sort_values("date", kind="stable")


def _roll_jumps(draft: Draft, rows: pd.DataFrame, tied: pd.DataFrame) -> list[Finding]:
    """Find places far larger or smaller than before, more than a split or merger explains."""
    rows = as_one(rows, tied)
    # What a contest tells of a place twice is told as that.
    rows = rows[~rows.duplicated(["contest", "scale", "key"], keep=False)]
    redrawn = tied["links"] > 1
    sized = _sized(draft, rows)
    jumps, odd, about = _jumps(sized)
    jumps = jumps[~redrawn[jumps.index] | _is_far(jumps, FAR_FROM_SPLIT)]
    of_usual = odd.assign(change=odd["size"] / odd["usual"] - 1)
    odd = odd[~redrawn[odd.index] | _is_far(of_usual, FAR_FROM_SPLIT)]
    several = sized[redrawn[sized.index] & ~sized["partial"]]
    told = tied["lineage"][jumps.index.union(odd.index)]
    sums = several[~tied["lineage"][several.index].isin(told)]
    of_pairs, paired = tell_exchanged(draft, _otherwise(jumps, odd))
    jumps, odd = (one[~one.index.isin(paired)] for one in (jumps, odd))
    near = jumps[~jumps["far"]]
    return [
        *of_pairs,
        *_far_off(draft, jumps[jumps["far"]], odd),
        *ROLL_JUMP.at(draft, _own(near), "registered", near),
        *check_sums(draft, sums, tied, JUMP),
        *check_part_sizes(draft, about),
    ]


def _otherwise(jumps: pd.DataFrame, odd: pd.DataFrame) -> pd.DataFrame:
    """Return areas that are another size than before, or than mostly, and which that is."""
    both = pd.concat([jumps.assign(otherwise=jumps["before"]), odd.assign(otherwise=odd["usual"])])
    return both[both["scale"] == "area"].sort_values("date", kind="stable")


def _far_off(draft: Draft, jumps: pd.DataFrame, odd: pd.DataFrame) -> list[Finding]:
    jumps, odd = (one.assign(above=_above(one)) for one in (jumps, odd))
    return [
        *ODD_ONE.at(draft, _own(odd), "registered", odd),
        *ROLL_FAR_OFF.at(draft, _own(jumps), "registered", jumps),
    ]


def _jumps(sized: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return rows of places far larger or smaller than before, than mostly, and partly known ones.

    Beside a figure that is far from most of its place's no other is odd.
    """
    whole = _changes(sized[~sized["partial"]])
    odd = _odd_ones(whole)
    if len(odd):
        sized = sized[~sized.index.isin(odd.index)]
        whole = _changes(sized[~sized["partial"]])
    jumps = whole[whole["change"].abs() > JUMP]
    jumps = jumps.assign(far=_is_far(jumps, FAR_JUMP))
    about = _changes(sized)
    about = about[(about["partial"] | about["of_part"]) & _is_far(about, FAR_FROM_PART)]
    return jumps, odd, about[~about.index.isin(jumps.index)]


def _sized(draft: Draft, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of which it is known how large they are: if partly, as their stations tell."""
    usable = (rows["registered"] > 0) & (rows["registered"] % 1 == 0)
    share = (rows["stations_counted"] / rows["stations_total"]).where(is_partial(rows), 1.0)
    sized = rows[_SIZED].assign(partial=share < 1, size=(rows["registered"] / share).round())
    doubted = draft.size_doubted().reindex(sized.index, fill_value=False)
    return marked(sized, usable & (share >= _SEEN) & ~doubted)


_SIZED = ["contest", "date", "scale", "key", "place", "district", "registered"]
"""What is looked at of rows whose size is known."""


def _odd_ones(whole: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the one day on which a place is far from all its other days.

    These are two at least and agree: which of two figures is wrong nobody knows, and a place that
    is another from some day on was split or merged.
    """
    jumped = whole["key"].isin(whole["key"][_is_far(whole, FAR_JUMP)])
    told = whole[jumped]
    place = told.groupby(["scale", "key"], sort=False).ngroup()
    days = told.assign(place=place).drop_duplicates(["place", "date"])  # of one day, one roll
    told = told.assign(usual=place.map(days.groupby("place")["size"].median()))
    far = _is_far(told.assign(change=told["size"] / told["usual"] - 1), FAR_JUMP)
    on_days = told["date"].where(far).groupby(place).transform("nunique")
    several = told["date"].groupby(place).transform("nunique") >= _DAYS
    return told[far & several & (on_days == 1)]


_DAYS = 3
"""Days on which a place is known from which on all but one tell what is usual."""


def _changes(sized: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the size of their place before, the contest, and the change since.

    And whether stations were missing then, ``of_part``.
    """
    by_place = sized.groupby(["scale", "key"], sort=False)
    before = {
        "before": by_place["size"].shift(),
        "earlier": by_place["contest"].shift(),
        "of_part": by_place["partial"].shift().eq(other=True),
    }
    told = sized.assign(**before)
    return told.assign(change=told["size"] / told["before"] - 1)


def _above(rows: pd.DataFrame) -> pd.Series:
    """Return what the places that hold each row's place are called."""
    in_district = (rows["scale"] == "area") & rows["district"].notna()
    return in_district.map({True: _DISTRICT_AND_CITY, False: _AROUND}).astype("object")


_DISTRICT_AND_CITY = Text(en="its district and city", id="kecamatan dan kabupaten/kotanya")
_AROUND = Text(en="the places around it", id="wilayah yang menaunginya")


def _is_far(changes: pd.DataFrame, limit: float) -> pd.Series[bool]:
    times = 1 + changes["change"]
    return (times > limit) | (times < 1 / limit)


def _none_known(draft: Draft, areas: pd.DataFrame) -> list[Finding]:
    """Find that not one of several areas of the latest day has history."""
    latest = _are_latest(areas)
    keys, before = areas["key"][latest], areas["key"][~latest]
    if keys.nunique() < 2 or before.empty or keys.isin(before).any():
        return []
    told = areas[latest].assign(
        n=keys.nunique(),
        known=before.nunique(),
        example=areas["place"][~latest].iloc[-1],
    )
    return NONE_KNOWN.at(draft, _own(told)[:1], _name_column(told), told)


def _are_latest(areas: pd.DataFrame) -> pd.Series[bool]:
    """Mark the areas of the latest day."""
    return areas["date"] == areas["date"].max()


def _name_column(areas: pd.DataFrame) -> str:
    return "area" if areas["area"].notna().any() else "area_id"


def _unmatched(draft: Draft, areas: pd.DataFrame, whole: pd.DataFrame) -> list[Finding]:
    """Find areas of the latest day without history, and areas that are gone by then.

    Those of a city without history are told together.
    """
    rows, are_latest = areas[["contest", "date", "key", "place", "within"]], _are_latest(areas)
    latest, before = rows[are_latest], rows[~are_latest]
    if before.empty:
        return []
    new = latest[~latest["key"].isin(before["key"])].drop_duplicates("key")
    last = before[before["date"] == before["date"].max()]
    gone = last[~last["key"].isin(latest["key"]) & last["within"].isin(latest["within"])]
    gone = gone.drop_duplicates("key").assign(later=latest["contest"].iloc[0])
    at = _name_column(areas)
    return [
        *check_new_places(draft, whole, new, at),
        *UNMATCHED.at(draft, _own(gone), at, gone),
    ]
