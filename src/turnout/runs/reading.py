"""A finished run, read back from its folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

import turnout
from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.forecast.storage import read_forecast
from turnout.goals import UNCLEAR
from turnout.language import Language, Text
from turnout.output.tables import read_rows
from turnout.reading.files.limits import MOST_BYTES
from turnout.runs.contents import FORECAST_COLUMNS, file_name
from turnout.runs.owned import RECORD, digest, record_of
from turnout.runs.writing import restored
from turnout.schema import PLACE_COLUMNS, SCALES

_TEXTS = ("scale", *PLACE_COLUMNS, "area_id")

# Without these a forecast is none; the others came with later versions.
_NEEDED = ("scale", *PLACE_COLUMNS, "registered", "median", "level", "lower", "upper")

_EDITED = (".docx", ".pdf")

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
            If it is none, its run.json is damaged, or a file of figures was changed since.
        """
        restored(folder)
        if not folder.is_dir():
            raise TurnoutError(_NO_FOLDER, folder=str(folder))
        if record_of(folder).get("command") == "seal":
            raise TurnoutError(_OF_ANOTHER, folder=str(folder), other="seal")
        record = _read(cls(folder, {}), RECORD, _json)
        if record.get("command", "run") not in ("run", "watch", "combine"):
            raise TurnoutError(_OF_ANOTHER, folder=str(folder), other=record["command"])
        run = cls(folder, record)
        for name in run.files_of_figures():
            _check_unchanged(run, name)
        return run

    def files(self) -> list[Path]:
        """Return the files that the run wrote, and run.json."""
        names = sorted({RECORD, *self.record.get("files", ())})
        return [self.folder / name for name in names if not name.endswith("/")]  # an empty folder

    def files_of_figures(self) -> list[str]:
        """Return the names of the files there that hold its figures; people edit the documents."""
        told = self.record.get("sha256")
        names = told if isinstance(told, dict) else {}
        return [
            name for name in names if not name.endswith(_EDITED) and (self.folder / name).is_file()
        ]

    def check_whole(self) -> None:
        """Refuse a run of which a file is missing, or one with a digest was changed.

        Raises
        ------
        TurnoutError
            With the file's name.
        """
        for path in self.files():
            _check_unchanged(self, path.relative_to(self.folder).as_posix())

    @property
    def what_if(self) -> list[dict[str, str]]:
        """What the run supposed, each in both languages; nothing for a forecast."""
        return list(self.record.get("what_if") or ())

    def say_what_if(self, lang: Language = "en") -> str:
        """Return what the run supposed; blank for a forecast."""
        return "; ".join(one[lang] for one in self.what_if)

    def require_forecast(self) -> Run:
        """Return the run; a what-if is refused where a forecast is due.

        Raises
        ------
        TurnoutError
            If the run supposed something.
        """
        if self.what_if:
            raise TurnoutError(_WHAT_IF, folder=str(self.folder))
        return self

    @property
    def election(self) -> Election:
        """The election that was forecast."""

        def read(_: Path) -> Election:
            told = self.record["election"]
            date, election_type = told["date"], told["election_type"]
            return Election(date, election_type, told["type_group"], told["name"], told.get("kind"))

        return _read(self, RECORD, read)

    @property
    def asked_goals(self) -> list[float]:
        """The goals of the run, shares; none for a run without."""
        return _read(self, RECORD, lambda _: [_share(one) for one in self.record.get("goals", [])])

    def table(self) -> pd.DataFrame:
        """Return forecast.csv, or what-if.csv; what an older version did not write is missing.

        Of very many places it is a Parquet file of the same name.

        Raises
        ------
        TurnoutError
            If it is damaged, or a version wrote it that is too old.
        """
        name = self.file_of("forecast.csv")
        table = _read(self, name, lambda path: read_rows(path, texts=_TEXTS))
        missing = [name for name in _NEEDED if name not in table]
        version = str(self.record.get("turnout", turnout.__version__))
        if missing and version != turnout.__version__:
            values = {"folder": str(self.folder), "version": version, "columns": missing}
            raise TurnoutError(_TOO_OLD, **values)
        return _read(self, name, lambda _: _checked(table, missing))

    def file_of(self, name: str) -> str:
        """Return the name under which the run wrote a table that is usually called `name`."""
        usual = file_name(name, self.what_if)
        large = usual.replace(".csv", ".parquet")
        return large if large in self.record.get("files", ()) else usual

    def by_sex(self) -> pd.DataFrame | None:
        """Return by_sex.csv; None where the run told nothing of women and men."""
        return self._by_group("by_sex.csv", ("group",))

    def by_group(self) -> pd.DataFrame | None:
        """Return by_group.csv; None where the run told nothing of disability or age."""
        return self._by_group("by_group.csv", ("partition", "group", "figure"))

    def _by_group(self, name: str, texts: Sequence[str]) -> pd.DataFrame | None:
        name = self.file_of(name)
        if name not in self.record.get("files", ()):
            return None
        return _read(self, name, lambda path: read_rows(path, texts=(*_TEXTS, *texts)))

    @property
    def counted_share(self) -> float | None:
        """Share of the stations that is in, of goal.json; None before the count."""

        def read(path: Path) -> float | None:
            share = _json(path).get("counted_share")
            return None if share is None else _share(share)

        return _read(self, "goal.json", read)

    @property
    def unclear(self) -> frozenset[tuple[str | None, ...]]:
        """The places of goal.json, by scale and names, whose goals are not clear yet."""

        def read(path: Path) -> frozenset[tuple[str | None, ...]]:
            goals = [one for one in _json(path).get("goals", ()) if one.get("verdict") == UNCLEAR]
            return frozenset(
                tuple(one[name] for name in ("scale", *PLACE_COLUMNS)) for one in goals
            )

        return _read(self, "goal.json", read)

    def goals_of_whole(self) -> pd.DataFrame:
        """Return the goals of the whole with their probabilities, of goal.json."""

        def read(path: Path) -> pd.DataFrame:
            record = _json(path)
            goals = [one for one in record["goals"] if one.get("scale") == record["scale"]]
            for one in goals:
                _share(one["goal"])
                _share(one["probability"])
            return pd.DataFrame(goals)

        return _read(self, "goal.json", read)

    def joint(self) -> Forecast | None:
        """Return the joint draws; None where the run kept none, being of very many places."""
        return self.forecast() if "draws.npz" in self.record.get("files", ()) else None

    def forecast(self) -> Forecast:
        """Return the joint draws.

        Raises
        ------
        TurnoutError
            If they were not kept or are damaged.
        """
        if not (self.folder / "draws.npz").is_file():
            raise TurnoutError(_NO_DRAWS, folder=str(self.folder))
        return _read(self, "draws.npz", lambda path: Forecast(**read_forecast(path)), "draws.json")


def _read(run: Run, name: str, read: Callable[[Path], T], beside: str = "") -> T:
    """Read a file of a run; whatever is wrong with it is one error with its name."""
    folder = run.folder
    checked = [name, beside] if beside else [name]
    for one in checked:
        _check_unchanged(run, one)
    try:
        return read(folder / name)
    except Exception as error:  # a damaged file fails in whatever way its library fails
        raise _damaged(folder, " / ".join(checked), error) from None


def _check_unchanged(run: Run, name: str) -> None:
    """Refuse a file that is not the one which the run wrote, as its run.json tells."""
    path = run.folder / name
    if not path.is_file():
        raise TurnoutError(_NO_RUN, folder=str(run.folder), name=name)
    written = run.record.get("sha256")
    if not isinstance(written, dict) or name not in written:
        return  # run.json itself
    try:
        # Draws of very many places are larger than what a text may be.
        fits = path.suffix == ".npz" or path.stat().st_size <= MOST_BYTES
        if fits and digest(path) == written[name]:
            return
    except OSError as error:
        raise _damaged(run.folder, name, error) from None
    raise TurnoutError(_CHANGED, folder=str(run.folder), name=name)


def _damaged(folder: Path, name: str, error: Exception) -> TurnoutError:
    told = str(error).splitlines()
    reason = told[0][:120] if told else type(error).__name__
    return TurnoutError(_DAMAGED, folder=str(folder), name=name, reason=reason)


def _json(path: Path) -> dict[str, Any]:
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict):
        raise TypeError("it holds no record")
    return record


def _share(value: object) -> float:
    number = float(cast("float", value))
    if not 0 <= number <= 1:
        raise ValueError(f"{number:g} is no share")
    return number


def _checked(table: pd.DataFrame, missing: Sequence[str]) -> pd.DataFrame:
    """Return the table of a forecast with all its columns, if its figures can be such."""
    if missing:
        raise ValueError(f"columns are missing: {', '.join(missing)}")
    table = table.reindex(columns=list(FORECAST_COLUMNS))
    unknown = set(table["scale"]) - {*SCALES, "total"}
    if unknown:
        raise ValueError(f"no scale is named {min(map(str, unknown))}")
    numbers = table[["registered", "level", "lower", "median", "upper"]].astype("float64")
    if table.empty or numbers.isna().to_numpy().any():
        raise ValueError("figures are missing")
    ordered = numbers.assign(least=0.0, most=1.0)[["least", "lower", "median", "upper", "most"]]
    if (np.diff(ordered.to_numpy(), axis=1) < 0).any() or not numbers["level"].between(0, 1).all():
        raise ValueError("lower, median and upper are no shares in this order")
    if table.duplicated([*_TEXTS, "level"]).any():
        raise ValueError("a place stands in it twice")
    return table


_NO_FOLDER = Text(
    en="There is no folder {folder}. Name the folder that `forecast run` wrote.",
    id="Folder {folder} tidak ada. Sebutkan folder yang ditulis oleh `forecast run`.",
)
_CHANGED = Text(
    en="The file {name} in {folder} is not as `forecast run` wrote it: it was changed or damaged "
    "afterwards. Put the original back, or run the forecast again into another folder.",
    id="Berkas {name} di {folder} tidak lagi seperti yang ditulis `forecast run`: isinya diubah "
    "atau rusak sesudahnya. Kembalikan berkas aslinya, atau jalankan lagi prakiraannya ke folder "
    "lain.",
)
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
_TOO_OLD = Text(
    en="The run in {folder} was written by turnout {version}, which is too old: its forecast.csv "
    "lacks {columns:list8}. Run the forecast again with this version.",
    id="Prakiraan di {folder} ditulis oleh turnout {version}, yang terlalu lama: forecast.csv-nya "
    "tidak memuat {columns:list8}. Jalankan lagi prakiraannya dengan versi ini.",
)
_WHAT_IF = Text(
    en="The folder {folder} holds a what-if, which is no forecast: it is neither "
    "scored, sealed nor exported. Name the folder of the forecast.",
    id="Folder {folder} berisi pengandaian, bukan prakiraan: tidak dinilai, "
    "disegel, atau diekspor. Sebutkan folder prakiraannya.",
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
