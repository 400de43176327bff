"""Two runs beside each other: what changed, where most, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from turnout.errors import TurnoutError
from turnout.forecast import Note
from turnout.identity.keys import numbers_of_places
from turnout.identity.names import bare_name
from turnout.language import Language, Text
from turnout.runs.causes import Kind, causes_of
from turnout.runs.comparison_words import say_comparison
from turnout.runs.reading import Run
from turnout.schema import PLACE_COLUMNS, SCALES

Unclear = frozenset[tuple[str | None, ...]]

_FIGURES = ("registered", "median", "lower", "upper", "prob_goal")
_COLUMNS = (
    *("scale", *PLACE_COLUMNS, "area_id", "level"),
    *(f"{name}_{run}" for name in _FIGURES for run in ("old", "new")),
    *("change", "monte_carlo_error", "in_run"),
)


@dataclass(frozen=True)
class Comparison:
    """What changed between two runs.

    Parameters
    ----------
    places
        One row per scale and place, the whole first: scale, the place columns, area_id, level,
        registered, median, lower, upper and prob_goal of either run (``_old``, ``_new``), change
        (new median less old, points), monte_carlo_error (standard error in points that the
        numbers of draws alone give the change) and in_run (``both``, ``old`` or ``new``).
    causes
        What the run.json of both tell as different: kind and words, see `KINDS`.
    parts
        The change of the whole's mean in points that comes from its registered voters alone
        (``roll``: places as they were, sizes new) and from turnout (``turnout``); empty where the
        two runs have not the same places.
    records
        The run.json of both.
    counted
        Share of the stations that is in, of both; None before the count.
    unclear
        The places of both, by scale and names, whose count is in doubt: whether they reach their
        goals is not clear yet.
    """

    places: pd.DataFrame
    causes: tuple[tuple[Kind, Note], ...]
    parts: dict[str, float]
    records: tuple[dict[str, Any], dict[str, Any]]
    counted: tuple[float | None, float | None]
    unclear: tuple[Unclear, Unclear] = (frozenset(), frozenset())

    @property
    def table(self) -> pd.DataFrame:
        """The places, as compare.csv holds them."""
        return self.places

    @cached_property
    def whole(self) -> pd.Series:
        """The row of the largest place that both runs have."""
        return self.places[self.places["in_run"] == "both"].iloc[0]

    @cached_property
    def finest(self) -> pd.DataFrame:
        """The finest places that are in both runs, those that changed most first."""
        both = self.places[self.places["in_run"] == "both"]
        finest = both[both["scale"] == both["scale"].iloc[-1]]
        order = finest["change"].abs().sort_values(ascending=False, kind="stable").index
        return finest.loc[order].reset_index(drop=True)

    @property
    def text(self) -> str:
        """The comparison in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return in words what changed, why, and where most."""
        return "\n".join(say_comparison(self, lang))


def compare(old: Run, new: Run) -> Comparison:
    """Compare two runs.

    Parameters
    ----------
    old, new
        Finished runs, such as ``Run.at(Path("forecast-out"))``; also of older versions.

    Returns
    -------
    Comparison

    Raises
    ------
    TurnoutError
        If a folder is damaged or too old to be read, or the two have no place in common.
    """
    tables = [_at_one_level(run.table()) for run in (old, new)]
    numbered = _numbered(*tables)
    places = _beside(*numbered)
    if not (places["in_run"] == "both").any() or _are_elsewhere(*numbered):
        raise TurnoutError(_NOTHING_IN_COMMON, old=str(old.folder), new=str(new.folder))
    errors = [_median_error(places, name, run) for name, run in (("old", old), ("new", new))]
    places["monte_carlo_error"] = np.hypot(errors[0], errors[1])
    causes = causes_of(old.record, new.record)
    counted = tuple(run.counted_share for run in (old, new))
    if counted[0] != counted[1] and not any(kind == "count" for kind, _ in causes):
        causes.append(("count", Note(_COUNT, {"old": counted[0] or 0, "new": counted[1] or 0})))
    return Comparison(
        places.reindex(columns=list(_COLUMNS)),
        tuple(causes),
        _parts(*numbered),
        (old.record, new.record),
        (counted[0], counted[1]),
        (old.unclear, new.unclear),
    )


def _at_one_level(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one level: 90%, or the nearest."""
    levels = table["level"].unique()
    level = levels[np.abs(levels.astype(float) - 0.9).argmin()]
    return table[table["level"] == level].reset_index(drop=True)


def _numbered(old: pd.DataFrame, new: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two tables whose index is a number that rows of the same place share.

    The whole, the first row of each, is one place also where a file names no top.
    """
    numbers = numbers_of_places([old.assign(election="old"), new.assign(election="new")])
    tops = {old["scale"].iloc[0], new["scale"].iloc[0]}
    if len(tops) == 1 or "total" in tops:
        for one in numbers:
            one[0] = -1
    return old.set_axis(numbers[0], axis=0), new.set_axis(numbers[1], axis=0)


def _are_elsewhere(old: pd.DataFrame, new: pd.DataFrame) -> bool:
    """Whether two runs are of different regions: all of their places have other names."""
    finer = [set(table.index[1:]) for table in (old, new)]
    if not all(finer) or finer[0] & finer[1]:
        return False
    names = [[*table[list(PLACE_COLUMNS)].iloc[0].dropna().astype(str)] for table in (old, new)]
    bare = [[bare_name(one) for one in each] for each in names]
    return all(bare) and bare[0] != bare[1]


def _beside(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    names = ["scale", *PLACE_COLUMNS, "area_id", "level"]
    only_old = old.index.difference(new.index, sort=False)
    told = pd.concat([new[names], old.loc[only_old, names]])
    order = told.index
    for name in _FIGURES:
        told[f"{name}_old"] = old[name].reindex(order).astype("float64")
        told[f"{name}_new"] = new[name].reindex(order).astype("float64")
    in_old, in_new = order.isin(old.index), order.isin(new.index)
    told["in_run"] = np.select([in_old & in_new, in_new], ["both", "new"], "old")
    told["change"] = 100 * (told["median_new"] - told["median_old"])
    rank = {scale: number for number, scale in enumerate(("total", *reversed(SCALES)))}
    first = told.index != -1
    scale = told["scale"].map(rank).to_numpy(int)
    keys = (np.arange(len(told)), scale, np.asarray(first, dtype=int))
    return told.iloc[np.lexsort(keys)].reset_index(drop=True)


def _median_error(places: pd.DataFrame, name: str, run: Run) -> pd.Series:
    """Return the standard error in points of a median of so many draws, for a normal spread."""
    draws = run.record.get("draws")
    width = places[f"upper_{name}"] - places[f"lower_{name}"]
    sd = width / (2 * norm.ppf(0.5 + places["level"].astype(float) / 2))
    return 100 * np.sqrt(np.pi / 2) * sd / np.sqrt(float(draws) if draws else np.nan)


def _parts(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, float]:
    """Split the change of the whole's mean into that of sizes and that of turnout.

    The whole's mean is the mean of its places weighted by registered voters, so the two parts add
    up: (sum of w'm - sum of wm) + (sum of w'm' - sum of w'm).
    """
    was, now = (table[table["scale"] == table["scale"].iloc[-1]] for table in (old, new))
    same = len(was) == len(now) and set(was.index) == set(now.index)
    if not same or len(was) < 2 or was["mean"].isna().any() or now["mean"].isna().any():
        return {}
    now = now.loc[was.index]
    weights = [t["registered"].to_numpy(float) for t in (was, now)]
    before, after = (t["mean"].to_numpy(float) for t in (was, now))
    middle = np.average(before, weights=weights[1])
    return {
        "roll": 100 * float(middle - np.average(before, weights=weights[0])),
        "turnout": 100 * float(np.average(after, weights=weights[1]) - middle),
    }


_COUNT = Text(
    en="stations that are in: {old:percent}, now {new:percent}",
    id="TPS yang masuk: {old:percent}, kini {new:percent}",
)
_NOTHING_IN_COMMON = Text(
    en="The forecasts in {old} and {new} have no place in common. Compare two runs of the same "
    "places.",
    id="Prakiraan di {old} dan {new} tidak punya wilayah yang sama. Bandingkan dua prakiraan untuk "
    "wilayah yang sama.",
)
