"""The history of the night: every update in one SQLite file, kept through whatever happens."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.identity.reports import UNTIL
from turnout.language import Text
from turnout.output.files import make_folder
from turnout.quick_count import SampleEstimate
from turnout.schema import LISTED, OF_STATIONS
from turnout.watch.counts import COUNT_COLUMNS, Said
from turnout.watch.update import Point, Update, Whole

VERSION = "1"

_TABLES = (
    "CREATE TABLE IF NOT EXISTS night (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS updates (
        number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, inputs TEXT NOT NULL,
        basis TEXT NOT NULL, counted_until TEXT, counted_share REAL NOT NULL, median REAL NOT NULL,
        lower_90 REAL NOT NULL, upper_90 REAL NOT NULL, goal REAL, prob_goal REAL,
        whole TEXT NOT NULL, changes TEXT NOT NULL, districts TEXT NOT NULL, places BLOB NOT NULL,
        count BLOB NOT NULL, projected REAL, place TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS troubles (
        number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, inputs TEXT NOT NULL,
        said TEXT NOT NULL)""",
)
_WAIT = 10.0
_QUICK = 1
"""Level of compression: an eighth larger than the usual one, in a fifth of the time."""


@dataclass(frozen=True)
class History:
    """The file of a night's updates.

    Every update is one transaction, on the disk before `append` returns: a process that is killed
    at any moment has written an update whole or not at all. Times are told, never relied on: the
    order is that of the numbers, so that a clock that goes back changes nothing.

    Parameters
    ----------
    path
        The file.
    """

    path: Path

    @classmethod
    def opened(cls, path: Path, election: Election) -> History:
        """Open the history of an election's night, or begin it.

        Raises
        ------
        TurnoutError
            If the file is of another election, is damaged, or cannot be written.
        """
        make_folder(path.parent)
        history = cls(path)
        own = {"version": VERSION, "election": election.name, "date": election.date.isoformat()}
        with history._connection() as connection:
            for statement in _TABLES:
                connection.execute(statement)
            (state,) = connection.execute("PRAGMA quick_check").fetchone()
            if state != "ok":
                raise TurnoutError(_DAMAGED, path=str(path), why=str(state))
            known = dict(connection.execute("SELECT name, value FROM night"))
            for name, value in own.items():
                connection.execute(
                    "INSERT OR IGNORE INTO night (name, value) VALUES (?, ?)", (name, value)
                )
        if known and known != own:
            raise TurnoutError(_OTHER, path=str(path), found=known.get("election", "?"))
        return history

    def append(self, update: Update) -> int:
        """Keep an update; returns its number.

        Raises
        ------
        TurnoutError
            If it cannot be written; then nothing of it is.
        """
        whole = update.whole
        row = {
            "at": update.at.isoformat(timespec="seconds"),
            "inputs": update.inputs,
            "basis": update.basis,
            "counted_until": update.until.isoformat() if update.until else None,
            "counted_share": whole.counted_share,
            "median": whole.median,
            "lower_90": whole.lower[1],
            "upper_90": whole.upper[1],
            "goal": update.goal,
            "prob_goal": whole.chance,
            "whole": json.dumps(asdict(whole)),
            "changes": json.dumps(update.changes, ensure_ascii=False),
            "districts": _table_to_json(update.districts),
            "places": _packed(update.places),
            "count": _packed(_kept(update.count)),
            "projected": update.projected,
            "place": json.dumps(dict(update.place), ensure_ascii=False),
        }
        marks = ", ".join("?" * len(row))
        names = ", ".join(row)
        with self._connection() as connection:
            done = connection.execute(
                f"INSERT INTO updates ({names}) VALUES ({marks})", tuple(row.values())
            )
            return int(done.lastrowid or 0)

    def note_trouble(self, at: dt.datetime, inputs: str, troubles: tuple[Said, ...]) -> None:
        """Keep that the input was broken.

        Raises
        ------
        TurnoutError
            If it cannot be written.
        """
        told = json.dumps(troubles, ensure_ascii=False)
        with self._connection() as connection:
            connection.execute(
                "INSERT INTO troubles (at, inputs, said) VALUES (?, ?, ?)",
                (at.isoformat(timespec="seconds"), inputs, told),
            )

    def points(self) -> tuple[Point, ...]:
        """Return the whole at every update, the first first."""
        query = "SELECT number, at, counted_until, whole, changes FROM updates ORDER BY number"
        with self._connection() as connection:
            rows = connection.execute(query).fetchall()
        return tuple(
            Point(number, _time(at), _time_or_none(until), _whole(whole), _said(changes))
            for number, at, until, whole, changes in rows
        )

    def last(self) -> Update | None:
        """Return the newest update; None before the first."""
        query = (
            "SELECT at, inputs, basis, counted_until, goal, whole, changes, districts, places, "
            "count, projected, place FROM updates ORDER BY number DESC LIMIT 1"
        )
        with self._connection() as connection:
            row = connection.execute(query).fetchone()
        if row is None:
            return None
        at, inputs, basis, until, goal, whole, changes, districts, places, count, by, place = row
        return Update(
            at=_time(at),
            inputs=inputs,
            basis=basis,
            until=_time_or_none(until),
            whole=_whole(whole),
            places=_unpacked(places),
            districts=_table_of_json(districts),
            count=_count(_unpacked(count)),
            changes=_said(changes),
            projected=by,
            goal=goal,
            place=json.loads(place),
        )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose transaction is kept when all goes well, else undone."""
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as connection, connection:
                connection.execute("PRAGMA synchronous = FULL")
                yield connection
        except sqlite3.OperationalError as error:
            raise TurnoutError(_NOT_WRITTEN, path=str(self.path), why=str(error)) from None
        except sqlite3.DatabaseError as error:
            raise TurnoutError(_DAMAGED, path=str(self.path), why=str(error)) from None


def _table_to_json(table: pd.DataFrame) -> str:
    records = {str(name): _values(table[name]) for name in table.columns}
    return json.dumps(records, ensure_ascii=False, allow_nan=False)


def _values(column: pd.Series) -> list[Any]:
    """Return the values of a column as JSON knows them; what is not known as None."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf":
        known = np.isfinite(column.to_numpy())
        if known.all():
            return column.tolist()
        here = zip(column.tolist(), known.tolist(), strict=True)
        return [one if is_known else None for one, is_known in here]
    return [
        value if type(value) is str or value is None else _plain(value) for value in column.tolist()
    ]


def _plain(value: Any) -> Any:
    value = value.item() if isinstance(value, np.generic) else value
    if value is None or value is pd.NaT or (isinstance(value, float) and not np.isfinite(value)):
        return None
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def _table_of_json(text: str) -> pd.DataFrame:
    table = pd.DataFrame(json.loads(text))
    for name in table.columns:
        if table[name].isna().all():
            table[name] = np.nan
    return table


def _packed(table: pd.DataFrame) -> bytes:
    return zlib.compress(_table_to_json(table).encode("utf-8"), _QUICK)


def _unpacked(content: bytes) -> pd.DataFrame:
    return _table_of_json(zlib.decompress(content).decode("utf-8"))


def _kept(count: pd.DataFrame) -> pd.DataFrame:
    """Return what of a count a later watch needs to go on from it."""
    return count.reindex(columns=[*COUNT_COLUMNS, *([UNTIL] if UNTIL in count else [])])


def _count(table: pd.DataFrame) -> pd.DataFrame:
    """Return a count's rows as reading gives them."""
    typed = table.reindex(columns=list(dict.fromkeys([*COUNT_COLUMNS, *table.columns])))
    for name in COUNT_COLUMNS:
        if name in (
            "registered",
            "voters",
            "stations_counted",
            "stations_total",
            LISTED,
            *OF_STATIONS,
        ):
            typed[name] = pd.to_numeric(typed[name]).astype(float)
        else:
            texts = typed[name].astype("object")
            typed[name] = texts.where(texts.notna(), None)
    if UNTIL in typed:
        typed[UNTIL] = typed[UNTIL].where(typed[UNTIL].notna(), None)
    return typed


def _whole(text: str) -> Whole:
    told = json.loads(text)
    ends = {name: tuple(told[name]) for name in ("lower", "upper")}
    sample = told.get("sample")
    estimate = None if sample is None else SampleEstimate(**sample)
    return Whole(**{**told, **ends, "sample": estimate})


def _said(text: str) -> tuple[Said, ...]:
    return tuple(json.loads(text))


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone()  # told in the zone of this machine


def _time_or_none(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


_OTHER = Text(
    en="{path} is the history of another election ({found}). Name another file with --history.",
    id="{path} adalah riwayat pemilihan lain ({found}). Sebutkan berkas lain dengan --history.",
)
_DAMAGED = Text(
    en="The history {path} is damaged or no history ({why}). Move it away and start again; it "
    "is not overwritten.",
    id="Riwayat {path} rusak atau bukan berkas riwayat ({why}). Pindahkan berkas itu lalu mulai "
    "lagi; berkas itu tidak ditimpa.",
)
_NOT_WRITTEN = Text(
    en="The history {path} cannot be written or read ({why}). Make room, or name another file "
    "with --history.",
    id="Riwayat {path} tidak dapat ditulis atau dibaca ({why}). Sediakan ruang, atau sebutkan "
    "berkas lain dengan --history.",
)
