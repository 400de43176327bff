"""Shared draws on disk: one npz file of arrays, with a record as JSON among them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

import turnout
from turnout.arrays import Floats
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.forecast.storage import forecast_of, record_of
from turnout.language import Text
from turnout.models.tree.shared import Above, Shared
from turnout.models.tree.targets import Targets
from turnout.models.tree.totals import Totals
from turnout.models.tree.upward_pass import Tree
from turnout.nation.shared_draws import Part, SharedDraws
from turnout.output.files import write_arrays

_FORMAT = 1
_RECORD = "record"
_OF_TREE = ("parent", "level", "values", "weights", "designs", "of_turnout", "center")


def write_shared(draws: SharedDraws, path: Path) -> SharedDraws:
    """Write shared draws to a file in one step, and return them with the file's digest.

    Raises
    ------
    TurnoutError
        If it cannot be written, or a file of something else stands there.
    """
    if path.exists():
        read_shared(path)  # whatever else stands there is not overwritten
    record = {
        "format": _FORMAT,
        "settings": dict(draws.settings),
        "forecast": record_of(draws.frame),
        "parts": [dataclasses.asdict(part) for part in draws.parts],
        "entropy": str(draws.shared.entropy),
        "target": draws.shared.target,
        "fixed": len(draws.shared.fixed),
        "batches": [batch.number for batch in draws.shared.batches],
    }
    text = json.dumps(record, ensure_ascii=False, default=str).encode()
    write_arrays(path, **{_RECORD: np.frombuffer(text, dtype=np.uint8)}, **_arrays(draws))
    return dataclasses.replace(draws, digest=_digest(path))


def read_shared(path: Path) -> SharedDraws:
    """Read a file that `write_shared` wrote.

    Raises
    ------
    TurnoutError
        If there is no such file, it is damaged, or another version of turnout wrote it.
    """
    if not path.is_file():
        raise TurnoutError(_NO_FILE, path=str(path))
    try:
        with np.load(path, allow_pickle=False) as arrays:
            held = {name: arrays[name] for name in arrays.files}
        record = json.loads(held.pop(_RECORD).tobytes())
        version = str(record["settings"]["turnout"])
    except Exception:  # a damaged file fails in whatever way its library fails
        raise TurnoutError(_NOT_OURS, path=str(path)) from None
    if record.get("format") != _FORMAT or version != turnout.__version__:
        raise TurnoutError(_OTHER_VERSION, path=str(path), version=version, own=turnout.__version__)
    try:
        return _draws_of(record, held, _digest(path))
    except Exception:
        raise TurnoutError(_NOT_OURS, path=str(path)) from None


def _draws_of(record: Mapping[str, Any], held: Mapping[str, Any], digest: str) -> SharedDraws:
    totals = Totals(**{field.name: held[f"totals.{field.name}"] for field in _fields(Totals)})
    fixed = tuple(_levels(held, f"fixed.{number}.") for number in range(record["fixed"]))
    batches = tuple(
        Above(
            at=held[f"batch.{place}.at"],
            which=held[f"batch.{place}.which"],
            effects=held[f"batch.{place}.effects"],
            number=number,
            covariances=_levels(held, f"batch.{place}.covariance."),
            root=held[f"batch.{place}.root"],
            pull=held.get(f"batch.{place}.pull"),
            moved=held[f"batch.{place}.moved"],
        )
        for place, number in enumerate(record["batches"])
    )
    parts = tuple(Part(**{**part, "key": tuple(part["key"])}) for part in record["parts"])
    nothing = np.zeros((1, len(held["targets.nodes"])), dtype=np.float32)
    return SharedDraws(
        frame=Forecast(**forecast_of(record["forecast"]), draws=nothing),
        settings=record["settings"],
        parts=parts,
        shared=Shared(int(record["entropy"]), record["target"], fixed, batches),
        tree=Tree(**{name: held[f"tree.{name}"] for name in _OF_TREE}, totals=totals),
        targets=Targets(**{one.name: held[f"targets.{one.name}"] for one in _fields(Targets)}),
        direct=held["direct"],
        digest=digest,
    )


def _arrays(draws: SharedDraws) -> dict[str, Any]:
    arrays: dict[str, Any] = {"direct": draws.direct}
    arrays |= {f"tree.{name}": getattr(draws.tree, name) for name in _OF_TREE}
    for prefix, held in (("totals", draws.tree.totals), ("targets", draws.targets)):
        arrays |= {f"{prefix}.{one.name}": getattr(held, one.name) for one in _fields(type(held))}
    for number, covariances in enumerate(draws.shared.fixed):
        arrays |= {f"fixed.{number}.{level}": own for level, own in covariances.items()}
    for place, batch in enumerate(draws.shared.batches):
        own = {name: getattr(batch, name) for name in ("at", "which", "effects", "root", "moved")}
        if batch.pull is not None:
            own["pull"] = batch.pull
        own |= {f"covariance.{level}": one for level, one in batch.covariances.items()}
        arrays |= {f"batch.{place}.{name}": one for name, one in own.items()}
    return arrays


def _levels(held: Mapping[str, Any], prefix: str) -> dict[int, Floats]:
    """Return the arrays whose names are a prefix and a level, by level."""
    names = [name for name in held if name.startswith(prefix)]
    return {int(name.removeprefix(prefix)): held[name] for name in names}


def _fields(kind: type) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_NO_FILE = Text(
    en="There is no file {path}. Make it where the results of all parts are: forecast shared.",
    id="Tidak ada berkas {path}. Buat di tempat hasil semua wilayah tersedia: forecast shared.",
)
_NOT_OURS = Text(
    en="{path} is no file of shared draws, or is damaged. Make it again with forecast shared, or "
    "choose another name.",
    id="{path} bukan berkas simulasi bersama, atau rusak. Buat lagi dengan forecast shared, atau "
    "pilih nama lain.",
)
_OTHER_VERSION = Text(
    en="{path} was made by turnout {version}, this is {own}. Install the same version on all "
    "machines, or make the file again with forecast shared.",
    id="{path} dibuat oleh turnout {version}, sedangkan ini {own}. Pasang versi yang sama di semua "
    "komputer, atau buat lagi berkas itu dengan forecast shared.",
)
