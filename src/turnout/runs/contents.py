"""What the files of a run hold: forecast.csv, goal.json and the inputs of run.json."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from turnout.forecast import Forecast
from turnout.goals import GoalCheck, scales_downward
from turnout.language import Language, Text
from turnout.output.files import write_json
from turnout.output.tables import rows_in_json
from turnout.schema import PLACE_COLUMNS

if TYPE_CHECKING:
    from turnout.groups import ByGroup
    from turnout.sexes import BySex

FORECAST_COLUMNS = (
    "scale",
    *PLACE_COLUMNS,
    "area_id",
    "registered",
    "mean",
    "median",
    "level",
    "lower",
    "upper",
    "prob_goal",
    "contests",
    "contests_same_type",
    "share_counted",
    "roll_estimated",
    "relative_median",
    "relative_lower",
    "relative_upper",
    "counted_share",
)

_OF_PLACES = ("contests", "contests_same_type", "share_counted", "roll_estimated", "counted_share")
_RELATIVE = ["relative_median", "relative_lower", "relative_upper"]

_TYPES = {
    **dict.fromkeys(("registered", "contests", "contests_same_type"), "Int64"),
    **dict.fromkeys(
        (
            *("mean", "median", "level", "lower", "upper", "prob_goal", "share_counted"),
            *("relative_median", "relative_lower", "relative_upper", "counted_share"),
        ),
        "Float64",
    ),
    "roll_estimated": "boolean",
}


def forecast_table(
    forecast: Forecast, check: GoalCheck | None, levels: Sequence[float]
) -> pd.DataFrame:
    """Return what forecast.csv holds: a row per place and interval level, the whole first.

    Parameters
    ----------
    forecast
        Joint draws.
    check
        The goal check whose first goal, or the place's own, `prob_goal` is about; blank without.
    levels
        Nominal coverages of the intervals.

    Returns
    -------
    pandas.DataFrame
        With the columns `FORECAST_COLUMNS`; turnout and probabilities as shares. The relative
        ones are of place less whole; counted_share is the share of the coming contest's stations
        that are in, blank before the count.
    """
    chances = None if check is None else _first_goals(check)
    tables = []
    for scale in scales_downward(forecast):
        places = forecast.at(scale).places.reindex(columns=list(_OF_PLACES))
        if chances is not None:
            places["prob_goal"] = chances["probability"][chances["scale"] == scale].to_numpy()
        known = pd.concat([places] * len(levels), ignore_index=True)
        known = known.join(forecast.relative(scale, levels)[_RELATIVE])
        table = forecast.intervals(by=scale, level=list(levels)).join(known)
        tables.append(table.reindex(columns=list(FORECAST_COLUMNS)).astype("object"))
    return pd.concat(tables, ignore_index=True).astype(_TYPES)


def file_name(name: str, what_if: Sequence[object]) -> str:
    """Return the name of a run's table: what supposes something bears no forecast's name.

    >>> file_name("forecast.csv", ()), file_name("forecast.csv", ("total=65%",))
    ('forecast.csv', 'what-if.csv')
    >>> file_name("by_sex.csv", ("total=65%",))
    'what-if-by_sex.csv'
    """
    if not what_if:
        return name
    return f"what-if{name.removeprefix('forecast')}" if "forecast" in name else f"what-if-{name}"


def by_sex_table(sexes: BySex, levels: Sequence[float], lang: Language = "en") -> pd.DataFrame:
    """Return what by_sex.csv holds: per place and level a row of women, of men and of their gap.

    Parameters
    ----------
    sexes
        The forecast by sex.
    levels
        Nominal coverages of the intervals.
    lang
        Language of the word on what is not told.

    Returns
    -------
    pandas.DataFrame
        scale, place columns, area_id, group (``women``, ``men``, ``gap``: women less men),
        registered, mean, median, level, lower, upper (shares; of the gap their differences),
        estimated (whether the roll by sex is an estimate) and suppressed: why figures are blank.
    """
    return _by_group_rows(sexes, levels, _FEW_OF_A_SEX, lang)


def by_group_table(
    groups: Sequence[ByGroup], levels: Sequence[float], lang: Language = "en"
) -> pd.DataFrame:
    """Return what by_group.csv holds: a row per place, level, group and figure.

    Parameters
    ----------
    groups
        The forecasts by group, a partition each.
    levels
        Nominal coverages of the intervals.
    lang
        Language of the word on what is not told.

    Returns
    -------
    pandas.DataFrame
        partition (``disability``, ``age``), scale, place columns, area_id, group, figure
        (``turnout``, or ``gap``: turnout of the group less that of all other voters), registered,
        mean, median, level, lower, upper (shares; of the gap their differences), estimated (whether
        the roll by group is an estimate) and suppressed: why figures are blank.
    """
    tables = []
    for one in groups:
        table = _by_group_rows(one, levels, _FEW_OF_A_GROUP, lang)
        table.insert(0, "partition", one.partition.key)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _by_group_rows(
    told: BySex | ByGroup, levels: Sequence[float], few: Text, lang: Language
) -> pd.DataFrame:
    """Return the intervals of all scales, the whole first, with a word where they are blank."""
    from turnout.groups.suppression import FEWEST  # here: most runs tell nothing of groups

    word = few.say(lang, n=FEWEST)
    scales = told.scales[told.scales.index(told.forecast.top) :: -1]
    table = pd.concat(
        [told.intervals(scale, levels).astype("object") for scale in scales], ignore_index=True
    )
    figures = ("mean", "median", "level", "lower", "upper")
    table = table.astype({"registered": "Int64", **dict.fromkeys(figures, "Float64")})
    return table.assign(suppressed=table["suppressed"].map({True: word, False: None}))


def goal_record(forecast: Forecast, check: GoalCheck | None) -> dict[str, Any]:
    """Return what goal.json holds: the headline, and every goal and place under ``goals``.

    The figures under ``goals`` are rounded when they are written.
    Without a goal the median is told and the rest is null; so is counted_share, the share of the
    stations that are in, before the count.
    """
    counted = forecast.counted
    supposed = [note.say("en") for note in forecast.about.what_if]
    so_far = {
        **({"what_if": supposed} if supposed else {}),
        "counted_share": None if counted is None else round(counted.share, 6),
        "counted_until": counted.until.isoformat() if counted and counted.until else None,
    }
    keys = ("goal", "scale", "probability", "median", "gap_points", "gap_voters")
    if check is None:
        median = float(np.median(forecast.at(forecast.top).draws[:, 0]))
        known = {"scale": forecast.top, "median": round(median, 6)}
        return {**{key: known.get(key) for key in keys}, **so_far, "goals": []}
    headline = check.table.iloc[0]
    return {**{key: plain(headline[key]) for key in keys}, **so_far, "goals": check.table}


def input_record(path: Path) -> dict[str, str]:
    """Return a file's name and the SHA-256 of its bytes, by which a run can be repeated."""
    with path.open("rb") as file:
        return {"file": path.name, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def input_records(files: Mapping[str, Path]) -> list[dict[str, str]]:
    """Return role, name and SHA-256 of every input file."""
    return [{"role": role, **input_record(path)} for role, path in files.items()]


def write_record(record: Mapping[str, Any], path: Path) -> None:
    """Write a record as JSON that people can read."""
    write_json(plain(record), path)


def _first_goals(check: GoalCheck) -> pd.DataFrame:
    """Return the rows of the first goal, or of the place's own, in the order of the forecast."""
    table = check.table
    return table[table["own_goal"] | (table["goal"] == check.goals[0])]


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: six digits after the point, missing ones as null.

    A table is the list of its rows.
    """
    if isinstance(value, float):
        return round(float(value), 6) if math.isfinite(value) else None
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, pd.DataFrame):
        return rows_in_json(value)
    if isinstance(value, Mapping):
        return {str(key): one if type(one) in _PLAIN else plain(one) for key, one in value.items()}
    return str(value)


_PLAIN = frozenset((str, int, bool, type(None)))
"""Types of values that JSON knows as they are."""
_FEW_OF_A_SEX = Text(
    en="under {n:count} people of a sex, here or beside it",
    id="kurang dari {n:count} orang per jenis kelamin, di sini atau di wilayah di sampingnya",
)
_FEW_OF_A_GROUP = Text(
    en="under {n:count} people of a group, here or beside it",
    id="kurang dari {n:count} orang per kelompok, di sini atau di wilayah di sampingnya",
)
