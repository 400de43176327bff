"""The files of a run: forecast.csv, goal.json, run.json, and how they get into their folder."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.goals import GoalCheck, scales_downward
from turnout.language import Text
from turnout.schema import PLACE_COLUMNS

RUN_FILES = (
    "forecast.csv",
    "goal.json",
    "run.json",
    "rejected.csv",
    "report.html",
    "forecast.xlsx",
    "figures",
    "draws.npz",
    "draws.json",
    "evaluation.csv",
    "evaluation.txt",
    "evaluation-rejected.csv",
)
"""Everything that a run may write into its folder."""

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
)

_TYPES = {
    **dict.fromkeys(("registered", "contests", "contests_same_type"), "Int64"),
    **dict.fromkeys(
        ("mean", "median", "level", "lower", "upper", "prob_goal", "share_counted"), "Float64"
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
        With the columns `FORECAST_COLUMNS`; turnout and probabilities as shares.
    """
    chances = None if check is None else _first_goals(check)
    tables = []
    for scale in scales_downward(forecast):
        places = forecast.at(scale).places.reindex(columns=list(FORECAST_COLUMNS[-4:]))
        if chances is not None:
            places["prob_goal"] = chances["probability"][chances["scale"] == scale].to_numpy()
        known = pd.concat([places] * len(levels), ignore_index=True)
        table = forecast.intervals(by=scale, level=list(levels)).join(known)
        tables.append(table.reindex(columns=list(FORECAST_COLUMNS)).astype("object"))
    return pd.concat(tables, ignore_index=True).astype(_TYPES)


def goal_record(forecast: Forecast, check: GoalCheck | None) -> dict[str, Any]:
    """Return what goal.json holds: the headline, and every goal and place under ``goals``.

    Without a goal the median is told and the rest is null.
    """
    keys = ("goal", "scale", "probability", "median", "gap_points", "gap_voters")
    if check is None:
        median = float(np.median(forecast.at(forecast.top).draws[:, 0]))
        known = {"scale": forecast.top, "median": round(median, 6)}
        return {**{key: known.get(key) for key in keys}, "goals": []}
    goals = [_plain(row) for row in check.table.to_dict("records")]
    return {**{key: goals[0][key] for key in keys}, "goals": goals}


def input_record(path: Path) -> dict[str, str]:
    """Return a file's name and the SHA-256 of its bytes, by which a run can be repeated."""
    return {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV with six digits after the point and Unix line ends."""
    table.round(6).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write_record(record: Mapping[str, Any], path: Path) -> None:
    """Write a record as JSON that people can read."""
    text = json.dumps(_plain(record), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write into; its files move to `folder` when all went well.

    Files of an earlier run in `folder` are replaced, also those that this run does not write.
    When something fails, `folder` stays as it was.

    Raises
    ------
    TurnoutError
        If `folder` is a file, or holds files that are not from a run.
    """
    check_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise TurnoutError(_NOT_WRITABLE, path=folder, reason=error.strerror) from None
    try:
        yield stage
        folder.mkdir(exist_ok=True)
        for name in RUN_FILES:
            _remove(folder / name)
        for path in stage.iterdir():
            path.replace(folder / path.name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds something else than an earlier run.

    Raises
    ------
    TurnoutError
        If `folder` is a file, or holds files that are not from a run, or files of a run that
        cannot be replaced because another program has them open.
    """
    if folder.exists() and not folder.is_dir():
        raise TurnoutError(_NOT_A_FOLDER, folder=str(folder))
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "run.json").is_file():
        raise TurnoutError(_NOT_OURS, folder=str(folder))
    for path in (folder / name for name in RUN_FILES):
        if path.is_file():
            _check_replaceable(path)


def _check_replaceable(path: Path) -> None:
    # A spreadsheet program on Windows locks what it shows.
    try:
        path.open("r+b").close()
    except OSError as error:
        raise TurnoutError(_NOT_WRITABLE, path=path, reason=error.strerror) from None


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _first_goals(check: GoalCheck) -> pd.DataFrame:
    """Return the rows of the first goal, or of the place's own, in the order of the forecast."""
    table = check.table
    return table[table["own_goal"] | (table["goal"] == check.goals[0])]


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it: six digits after the point, missing ones as null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return round(value, 6) if np.isfinite(value) else None
    return value if value is None or isinstance(value, (str, int)) else str(value)


_NOT_A_FOLDER = Text(
    en="{folder} is a file, not a folder. Name another folder with --out.",
    id="{folder} adalah berkas, bukan folder. Sebutkan folder lain dengan --out.",
)
_NOT_OURS = Text(
    en="The folder {folder} holds files that are not from a forecast, and nothing of yours is "
    "overwritten. Name another folder with --out.",
    id="Folder {folder} berisi berkas yang bukan dari prakiraan, dan berkas Anda tidak akan "
    "ditimpa. Sebutkan folder lain dengan --out.",
)
_NOT_WRITABLE = Text(
    en="{path} cannot be written ({reason}). Close it where it is open, or name another folder "
    "with --out.",
    id="{path} tidak dapat ditulis ({reason}). Tutup berkas itu bila sedang dibuka, atau sebutkan "
    "folder lain dengan --out.",
)
