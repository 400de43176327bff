"""After the election: the forecasts by disability and age against what happened."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.goals import place_name
from turnout.groups.partitions import NAMES, name_of
from turnout.language import Language, Text
from turnout.levels import USUAL
from turnout.schema import PLACE_COLUMNS, SCALE_WORDS

_PLACE = ["scale", *PLACE_COLUMNS, "area_id"]
_KEY = ["partition", "group", "figure"]
_FIGURES = ["median", "level", "lower", "upper"]


def score_by_group(told: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Set the forecast of each group and of its gap beside what was counted.

    Parameters
    ----------
    told
        Rows as in ``by_group.csv``: partition, scale, place columns, area_id, group, figure,
        median, level, lower, upper.
    counts
        Rows as in ``participation.csv``, of the same places: registered and voters, of all and of
        each group (``registered_disabled``).

    Returns
    -------
    pandas.DataFrame
        The rows whose figures are told and whose counts of the groups are possible and add up:
        partition, place columns, group, figure, median, level, lower, upper, actual (shares, of the
        gap differences of shares), error (median less actual, points), held, and partial:
        whether stations of the place are still missing.

    Examples
    --------
    >>> told = pd.DataFrame({"partition": "disability", "scale": "area", "area": "Murni",
    ...     "group": "disabled", "figure": ["turnout", "gap"], "median": [0.4, -0.3],
    ...     "level": 0.9, "lower": [0.3, -0.4], "upper": [0.5, -0.2]})
    >>> counts = pd.DataFrame({"scale": ["area"], "area": ["Murni"], "registered": [1000.0],
    ...     "voters": [700.0], "registered_disabled": [20.0], "voters_disabled": [7.0]})
    >>> score_by_group(told, counts)[["figure", "actual", "error", "held"]].round(3).values.tolist()
    [['turnout', 0.35, 5.0, True], ['gap', -0.357, 5.714, True]]
    """
    known = counts.reindex(columns=[*_PLACE, *(name for name in counts if name not in _PLACE)])
    partial = known["partial"].eq(other=True) if "partial" in known else False
    known = known.assign(partial=partial)
    groups = told[["partition", "group"]].drop_duplicates()
    found = [
        _actual(known, str(partition), list(rows["group"]))
        for partition, rows in groups.groupby("partition", sort=False)
    ]
    rows = told.reindex(columns=[*_PLACE, *_KEY, *_FIGURES]).dropna(subset="median")
    beside = _blank(rows).merge(_blank(pd.concat(found)), on=[*_PLACE, *_KEY], how="inner")
    beside = beside.astype(dict.fromkeys([*_FIGURES, "actual"], "float64"))
    named = {name: beside[name].where(beside[name] != "", None) for name in _PLACE}
    median, actual = beside["median"], beside["actual"]
    held = (beside["lower"] <= actual) & (actual <= beside["upper"])
    beside = beside.assign(**named, error=100 * (median - actual), held=held)
    scores = ["actual", "error", "held", "partial"]
    return beside[["partition", *_PLACE, *_KEY[1:], *_FIGURES, *scores]]


def _actual(counts: pd.DataFrame, partition: str, groups: list[str]) -> pd.DataFrame:
    """Return turnout and gap of every group in the places that tell all groups, which add up."""
    registered, voters = (_of_groups(counts, count, groups) for count in ("registered", "voters"))
    good = registered.notna().all(axis=1) & voters.notna().all(axis=1)
    good &= (registered.sum(axis=1) == counts["registered"]) & (registered > 0).all(axis=1)
    good &= voters.sum(axis=1) == counts["voters"]
    good &= ((voters >= 0) & (voters <= registered)).all(axis=1)
    places, registered, voters = (
        counts.loc[good, [*_PLACE, "partial"]],
        registered[good],
        voters[good],
    )
    parts = []
    for group in groups:
        share = voters[group] / registered[group]
        beside = voters.drop(columns=group).sum(axis=1)
        others = beside / registered.drop(columns=group).sum(axis=1)
        for figure, actual in (("turnout", share), ("gap", share - others)):
            key = {"partition": partition, "group": group, "figure": figure}
            parts.append(places.assign(**key, actual=actual))
    return pd.concat(parts)


def _of_groups(counts: pd.DataFrame, count: str, groups: list[str]) -> pd.DataFrame:
    """Return the counts of each group; the others are what is left of all."""
    named = [group for group in groups if group != _OTHERS] or groups
    told = counts.reindex(columns=[f"{count}_{group}" for group in named]).set_axis(named, axis=1)
    if len(named) > 1 and _OTHERS not in groups:
        return told
    return told.assign(**{_OTHERS: counts[count] - told.sum(axis=1, skipna=False)})


def say_scored_by_group(scored: pd.DataFrame, lang: Language) -> str:
    """Return in how many places each group was inside its interval, a line per scale and group.

    Blank where nothing could be scored.
    """
    if scored.empty:
        return ""
    levels = scored["level"].unique()
    rows = scored[scored["level"] == levels[np.abs(levels - USUAL).argmin()]]
    rows = rows[rows["figure"] == "turnout"]
    lines = []
    for (partition, scale), part in rows.groupby(["partition", "scale"], sort=False):
        if part["group"].value_counts().max() == 1:
            lines += [_say_whole(row, lang) for _, row in part.iterrows()]
            continue
        held = part.groupby("group", sort=False)["held"].agg(["sum", "size"])
        said = [
            _OF_GROUP.say(lang, group=name_of(str(group), lang), n=int(row["sum"]), all=row["size"])
            for group, row in held.iterrows()
        ]
        lines.append(
            _HELD.say(
                lang,
                partition=NAMES[str(partition)].say(lang),
                scale=SCALE_WORDS[str(scale)].say(lang),
                level=part["level"].iloc[0],
                groups=", ".join(said),
            )
        )
    return "\n".join(lines)


def _say_whole(row: pd.Series, lang: Language) -> str:
    held = (_INSIDE if row["held"] else _OUTSIDE).say(lang)
    ends = {name: row[name] for name in ("actual", "median", "lower", "upper", "level")}
    group = name_of(row["group"], lang)
    return _SHARE.say(lang, place=place_name(row, lang), group=group, held=held, **ends)


def _blank(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose unnamed places match each other."""
    return table.assign(**{name: table[name].astype("object").fillna("") for name in _PLACE})


_OTHERS = "others"
_SHARE = Text(
    en="{place}, {group}: turnout {actual:percent}; forecast {median:percent}, "
    "{level:percent0} interval {lower:percent} to {upper:percent}: {held}.",
    id="{place}, {group}: partisipasi {actual:percent}; prakiraan {median:percent}, "
    "rentang {level:percent0} {lower:percent} s.d. {upper:percent}: {held}.",
)
_INSIDE = Text(en="inside", id="di dalam rentang")
_OUTSIDE = Text(en="outside", id="di luar rentang")
_OF_GROUP = Text(
    en="{group} in {n:count} of {all:count}", id="{group} di {n:count} dari {all:count}"
)
_HELD = Text(
    en="{partition} by {scale}: places that the {level:percent0} interval held: {groups}.",
    id="{partition} per {scale}: wilayah yang termuat dalam rentang {level:percent0}: {groups}.",
)
