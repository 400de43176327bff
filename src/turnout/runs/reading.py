"""A finished run, read back from its folder."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.language import Text
from turnout.output.tables import read_table
from turnout.runs.contents import FORECAST_COLUMNS
from turnout.runs.owned import RECORD
from turnout.runs.writing import restored
from turnout.schema import PLACE_COLUMNS

_TEXTS = ("scale", *PLACE_COLUMNS, "area_id")
_WRONG = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile)

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """The folder of a finished run.

    Parameters
    ----------
    folder
        Where it is.
    record
        Its run.json.
    """

    folder: Path
    record: dict[str, Any]

    @classmethod
    def at(cls, folder: Path) -> Run:
        """Open the folder of a run.

        Raises
        ------
        TurnoutError
            If it is none, or its run.json is damaged.
        """
        restored(folder)
        if not (folder / RECORD).is_file():
            raise TurnoutError(_NO_RUN, folder=str(folder), name=RECORD)
        record = _read(folder, RECORD, _json)
        if record.get("command", "run") != "run":
            raise TurnoutError(_OF_ANOTHER, folder=str(folder), other=record["command"])
        return cls(folder, record)

    @property
    def election(self) -> Election:
        """The election that was forecast."""

        def read(_: Path) -> Election:
            told = self.record["election"]
            date, election_type = told["date"], told["election_type"]
            return Election(date, election_type, told["type_group"], told["name"], told.get("kind"))

        return _read(self.folder, RECORD, read)

    @property
    def asked_goals(self) -> list[float]:
        """The goals of the run, shares; none for a run without."""
        return _read(
            self.folder, RECORD, lambda _: [float(one) for one in self.record.get("goals", [])]
        )

    def table(self) -> pd.DataFrame:
        """Return forecast.csv."""
        return _read(self.folder, "forecast.csv", _forecast_table)

    def goals_of_whole(self) -> pd.DataFrame:
        """Return the goals of the whole with their probabilities, of goal.json."""

        def read(path: Path) -> pd.DataFrame:
            record = _json(path)
            goals = [one for one in record["goals"] if one.get("scale") == record["scale"]]
            return pd.DataFrame(goals)

        return _read(self.folder, "goal.json", read)

    def forecast(self) -> Forecast:
        """Return the joint draws.

        Raises
        ------
        TurnoutError
            If they were not kept or are damaged.
        """
        if not (self.folder / "draws.npz").is_file():
            raise TurnoutError(_NO_DRAWS, folder=str(self.folder))
        return _read(self.folder, "draws.npz", _forecast)


def _read(folder: Path, name: str, read: Callable[[Path], T]) -> T:
    """Read a file of a run; whatever is wrong with it is one error with its name."""
    path = folder / name
    if not path.is_file():
        raise TurnoutError(_NO_RUN, folder=str(folder), name=name)
    try:
        return read(path)
    except _WRONG as error:
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise TurnoutError(_DAMAGED, folder=str(folder), name=name, reason=reason) from None


def _json(path: Path) -> dict[str, Any]:
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict):
        raise TypeError("it holds no record")
    return record


def _forecast_table(path: Path) -> pd.DataFrame:
    table = read_table(path, texts=_TEXTS)
    missing = [name for name in FORECAST_COLUMNS if name not in table]
    if missing:
        raise ValueError(f"columns are missing: {', '.join(missing)}")
    numbers = table[["registered", "median", "level", "lower", "upper"]].astype("float64")
    if table.empty or numbers.isna().to_numpy().any():
        raise ValueError("figures are missing")
    return table


def _forecast(path: Path) -> Forecast:
    forecast = Forecast.load(path.with_suffix(""))
    if forecast.draws.ndim != 2 or forecast.draws.shape[1] != len(forecast.places):
        raise ValueError("draws.npz and draws.json do not belong together")
    return forecast


_NO_RUN = Text(
    en="The folder {folder} has no {name}. Name the folder that `forecast run` wrote.",
    id="Folder {folder} tidak memuat {name}. Sebutkan folder yang ditulis oleh `forecast run`.",
)
_OF_ANOTHER = Text(
    en="The folder {folder} holds the result of `forecast {other}`. Name the folder that `forecast "
    "run` wrote.",
    id="Folder {folder} berisi hasil `forecast {other}`. Sebutkan folder yang ditulis oleh "
    "`forecast run`.",
)
_DAMAGED = Text(
    en="The file {name} in {folder} is damaged or was changed ({reason}). Run the forecast again.",
    id="Berkas {name} di {folder} rusak atau telah diubah ({reason}). Jalankan lagi prakiraannya.",
)
_NO_DRAWS = Text(
    en="The folder {folder} has no draws.npz: draws of very many places are not kept. Run again "
    "with fewer --draws, or use the figures of the run.",
    id="Folder {folder} tidak memuat draws.npz: simulasi untuk wilayah yang sangat banyak tidak "
    "disimpan. Jalankan lagi dengan --draws lebih kecil, atau pakai gambar dari run itu.",
)
