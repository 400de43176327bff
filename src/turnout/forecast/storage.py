"""A forecast on disk: the draws as npz, all else as json."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from turnout.elections import Election
from turnout.forecast.about import About, Note
from turnout.forecast.counted import Counted
from turnout.language import Text
from turnout.output.files import write_arrays, write_text
from turnout.schema import PLACE_COLUMNS

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast

_DATE = "a date"


def write_forecast(forecast: Forecast, path: Path) -> None:
    """Write the draws to ``path.npz`` and all else to ``path.json``."""
    draws, rest = _files(path)
    write_arrays(draws, draws=forecast.draws)
    election, about = forecast.election, forecast.about
    record = {
        "format": 1,
        "scale": forecast.scale,
        "election": {
            "date": election.date.isoformat(),
            "election_type": election.election_type,
            "type_group": election.type_group,
            "name": election.name,
            "kind": election.kind,
        },
        "about": {
            "model": about.model,
            "seed": about.seed,
            "notes": [
                {"en": note.text.en, "id": note.text.id, "values": dict(note.values)}
                for note in about.notes
            ],
            "diagnostics": dict(about.diagnostics),
        },
        "places": _to_record(forecast.places),
        "history": _to_record(forecast.history),
    }
    if forecast.counted is not None:
        until = forecast.counted.until
        record["counted"] = {
            "until": None if until is None else until.isoformat(),
            "places": _to_record(forecast.counted.places),
        }
    text = json.dumps(record, ensure_ascii=False, default=_plain)
    write_text(text, rest)


def read_forecast(path: Path) -> dict[str, Any]:
    """Return the fields of a forecast that `write_forecast` wrote.

    Raises
    ------
    FileNotFoundError
        If one of the two files is not there.
    """
    draws, rest = _files(path)
    record = json.loads(rest.read_text(encoding="utf-8"), object_hook=_with_dates)
    with np.load(draws) as arrays:
        values = arrays["draws"]
    about = record["about"]
    notes = tuple(
        Note(Text(en=note["en"], id=note["id"]), note["values"]) for note in about["notes"]
    )
    counted = record.get("counted")
    return {
        "election": Election(**record["election"]),
        "places": _from_record(record["places"]),
        "draws": values,
        "scale": record["scale"],
        "history": _from_record(record["history"]),
        "about": About(about["model"], about["seed"], notes, about["diagnostics"]),
        "counted": None if counted is None else _to_counted(counted),
    }


def _to_counted(record: dict[str, Any]) -> Counted:
    places = _from_record(record["places"])
    figures = [name for name in places.columns[7:] if name != "complete"]
    until = record["until"]
    return Counted(
        places.astype(dict.fromkeys(figures, "float64")),
        None if until is None else dt.datetime.fromisoformat(until),
    )


def _files(path: Path) -> tuple[Path, Path]:
    base = path.with_suffix("") if path.suffix in (".npz", ".json") else path
    return base.with_name(f"{base.name}.npz"), base.with_name(f"{base.name}.json")


def _to_record(table: pd.DataFrame) -> dict[Hashable, Any]:
    plain = table.copy()
    for name in plain.columns:
        if pd.api.types.is_datetime64_any_dtype(plain[name]):
            plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    plain = plain.astype("object")
    return plain.where(plain.notna(), None).to_dict("list")


def _from_record(record: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame(record)
    if "date" in table:
        table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
    for name in table.columns:
        if name in PLACE_COLUMNS or name in ("area_id", "last_same_type_election"):
            texts = table[name].astype("object")
            table[name] = texts.where(texts.notna(), None)
        elif name == "last_same_type":
            table[name] = table[name].astype("float64")
    return table


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dt.date):
        return {_DATE: value.isoformat()[:10]}
    return str(value)


def _with_dates(record: dict[str, Any]) -> Any:
    return dt.date.fromisoformat(record[_DATE]) if set(record) == {_DATE} else record
