"""A forecast on disk: the draws as npz, all else as json."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from turnout.areas.doubts import Doubts
from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast.about import About, Note
from turnout.forecast.counted import Counted
from turnout.forecast.room import Draws
from turnout.language import Text
from turnout.output.files import write_arrays, write_text
from turnout.schema import PLACE_COLUMNS, SCALES

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast

_DATE = "a date"
_FORMAT = 1


def write_forecast(forecast: Forecast, path: Path) -> None:
    """Write the draws to ``path.npz`` and all else to ``path.json``."""
    draws, rest = _files(path)
    write_arrays(draws, draws=forecast.draws)
    text = json.dumps(record_of(forecast), ensure_ascii=False, default=_plain)
    write_text(text, rest)


def record_of(forecast: Forecast) -> dict[str, Any]:
    """Return all of a forecast but its draws, as JSON knows it; its dates are plain text."""
    election, about = forecast.election, forecast.about
    record: dict[str, Any] = {
        "format": _FORMAT,
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
            "notes": _notes_record(about.notes),
            "diagnostics": dict(about.diagnostics),
            **({"what_if": _notes_record(about.what_if)} if about.what_if else {}),
            **({"in_doubt": _notes_record(about.in_doubt)} if about.in_doubt else {}),
            **({"source": about.source} if about.source else {}),
        },
        "places": _to_record(forecast.places),
        "history": _to_record(forecast.history),
    }
    if forecast.counted is not None:
        until = forecast.counted.until
        record["counted"] = {
            "until": None if until is None else until.isoformat(),
            **asdict(forecast.counted.doubts),
            "of_file": forecast.counted.of_file,
            "apart": forecast.counted.apart,
            "apart_before": forecast.counted.apart_before,
            "places": _to_record(forecast.counted.places),
        }
    plain: dict[str, Any] = json.loads(json.dumps(record, ensure_ascii=False, default=_plain))
    return plain


def load_forecast(path: Path) -> dict[str, Any]:
    """Return the fields of a forecast that `write_forecast` wrote.

    Raises
    ------
    FileNotFoundError
        If one of the two files is not there.
    TurnoutError
        If one of them is damaged or was changed.
    """
    try:
        return read_forecast(path)
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged file fails in whatever way its library fails
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise TurnoutError(_NOT_WHOLE, path=str(path), reason=reason[:120]) from None


def read_forecast(path: Path) -> dict[str, Any]:
    """Return the fields of a forecast; see `load_forecast`, which tells what is wrong with it.

    Raises
    ------
    Exception
        Of any kind, if a file is damaged or was changed.
    """
    draws, rest = _files(path)
    fields = forecast_of(json.loads(rest.read_text(encoding="utf-8")))
    return {**fields, "draws": _read_draws(draws, fields["places"])}


def forecast_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a forecast but its draws, of what `record_of` returned.

    Raises
    ------
    Exception
        Of any kind, if the record was changed.
    """
    record = json.loads(json.dumps(told), object_hook=_with_dates)
    if record["format"] != _FORMAT:
        raise ValueError("another version of turnout wrote it")
    about, counted = record["about"], record.get("counted")
    notes, supposed = _to_notes(about["notes"]), _to_notes(about.get("what_if", []))
    places, history = _from_record(record["places"]), _from_record(record["history"])
    if record["scale"] not in (*SCALES, "total") or (len(history) and "scale" not in history):
        raise ValueError("no scale is told")
    return {
        "election": Election(**record["election"]),
        "places": places,
        "scale": record["scale"],
        "history": history,
        "about": About(
            about["model"],
            about["seed"],
            notes,
            about["diagnostics"],
            supposed,
            _to_notes(about.get("in_doubt", [])),
            str(about.get("source", "")),
        ),
        "counted": None if counted is None else _to_counted(counted),
    }


def _notes_record(notes: Sequence[Note]) -> list[dict[str, Any]]:
    return [{"en": note.text.en, "id": note.text.id, "values": dict(note.values)} for note in notes]


def _to_notes(record: Sequence[Mapping[str, Any]]) -> tuple[Note, ...]:
    """Return notes that can be said in both languages."""
    notes = tuple(Note(Text(en=one["en"], id=one["id"]), one["values"]) for one in record)
    for note in notes:
        note.say("en")
        note.say("id")
    return notes


def _read_draws(path: Path, places: pd.DataFrame) -> Draws:
    """Return the draws of `places`, if they are such."""
    with np.load(path) as arrays:
        values = arrays["draws"]
    if values.ndim != 2 or values.shape[1] != len(places) or not values.size:
        raise ValueError("the draws are not those of the places")
    if values.dtype.kind != "f" or not ((values >= 0) & (values <= 1)).all():
        raise ValueError("the draws are no shares")
    registered = places["registered"].astype("float64")
    if not (np.isfinite(registered) & (registered >= 0)).all():
        raise ValueError("registered holds no counts")
    return values


def _to_counted(record: dict[str, Any]) -> Counted:
    named = {one.name for one in fields(Doubts)} - {"lacking"}
    doubts = Doubts(
        lacking=float(record.get("lacking", 0.0)),
        **{name: tuple(record.get(name, [])) for name in named},
    )
    places = _from_record(record["places"])
    if "doubtful" not in places:  # older files tell it of no place: all are, rather than none
        places["doubtful"] = doubts != Doubts()
    for name, before in (("lacks_votes", False), ("in_doubt", 0.0)):
        if name not in places:
            places[name] = before
    marks = ("complete", "doubtful", "lacks_votes")
    figures = [name for name in places.columns[7:] if name not in marks]
    until = record["until"]
    return Counted(
        places.astype(dict.fromkeys(figures, "float64")),
        None if until is None else dt.datetime.fromisoformat(until),
        doubts,
        float(record.get("apart", 0.0)),
        float(record.get("apart_before", 0.0)),
        bool(record.get("of_file", False)),
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


def _from_record(record: dict[str, Any]) -> pd.DataFrame:
    for name in {*PLACE_COLUMNS, "area_id"}.intersection(record):
        if not all(one is None or isinstance(one, str) for one in record[name]):
            raise ValueError(f"{name} holds what is no name")
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


_NOT_WHOLE = Text(
    en="The forecast {path} is damaged or was changed ({reason}). Make it again, or take another "
    "copy of its two files.",
    id="Prakiraan {path} rusak atau telah diubah ({reason}). Buat lagi, atau ambil salinan lain "
    "dari kedua berkasnya.",
)
