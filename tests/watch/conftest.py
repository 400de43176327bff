"""A small city on its counting night."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.errors import TurnoutError
from turnout.forecast import About, Counted, Forecast
from turnout.language import Text
from turnout.reading import Reading
from turnout.schema import PLACE_COLUMNS
from turnout.watch import night as nights
from turnout.watch.counts import COUNT_COLUMNS
from turnout.watch.history import History
from turnout.watch.night import Night, Result, Standing

ELECTION = Election("2024-11-27", "pilkada")
PLACES = [("Utara", "Kasang"), ("Utara", "Murni"), ("Selatan", "Legok"), ("Selatan", "Selamat")]


AREAS = pd.DataFrame(
    [("Kota", district, area, 1000.0) for district, area in PLACES],
    columns=["city", "district", "area", "registered"],
)
FIGURES = ["registered", "voters", "stations_counted", "stations_total"]


def load(path: Path) -> Reading:
    """Read a count that is as it should be."""
    if not path.read_text(encoding="utf-8"):
        raise TurnoutError(Text(en="{file} is empty", id="{file} kosong"), file=path.name)
    table = pd.read_csv(path).reindex(columns=list(COUNT_COLUMNS))
    table[FIGURES] = table[FIGURES].astype(float)
    return Reading(table, (), pd.DataFrame())


def condition(counted: pd.DataFrame | None) -> Forecast:
    """Forecast without a model, in no time: what is counted is known, the rest moves with it."""
    rng = np.random.default_rng(1)
    draws = 0.67 + 0.04 * rng.standard_normal((300, 1)) + 0.03 * rng.standard_normal((300, 4))
    places = AREAS.assign(area_id=None)
    so_far = None
    if counted is not None:
        rows = AREAS[["area"]].merge(counted, on="area", how="left")
        known = (rows["stations_counted"] > 0).to_numpy()
        share = (rows["voters"] / rows["registered"]).to_numpy()
        if known.any():
            draws += 0.5 * (share[known] - 0.67).mean()
        draws[:, known] = share[known]
        so_far = Counted(counted_places(rows.assign(complete=known)), None)
        places = places.assign(counted_share=known.astype(float))
    about = About("none")
    return Forecast(ELECTION, places, draws.astype(np.float32), "area", about=about, counted=so_far)


def counted_places(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what is counted of every place, the whole first."""
    fine = AREAS[["city", "district", "area"]].join(rows[[*FIGURES, "complete"]])
    fine[FIGURES] = fine[FIGURES].where(rows["complete"], np.nan)
    fine["counted_share"] = rows["complete"].astype(float)
    tables = []
    for scale, columns in (("city", ["city"]), ("district", ["city", "district"])):
        table = fine.groupby(columns, as_index=False)[["counted_share"]].mean()
        tables.append(table.assign(scale=scale, complete=False))
    together = pd.concat([*tables, fine.assign(scale="area")], ignore_index=True)
    names = ["scale", *PLACE_COLUMNS, "area_id", *FIGURES, "counted_share", "complete"]
    table = together.reindex(columns=names)
    texts = [*PLACE_COLUMNS, "area_id"]
    table[texts] = table[texts].astype("object").where(table[texts].notna(), None)
    return table.assign(doubtful=False, lacks_votes=False, in_doubt=0.0)


@dataclass
class PlainDesk:
    """A desk that forecasts as ``forecast watch`` does, and remembers what it is given."""

    condition: Callable[[pd.DataFrame | None], Forecast] = condition
    loads: Callable[[Path], Reading] = load
    written: list[Result] = field(default_factory=list)
    finished: list[Result] = field(default_factory=list)
    shown: list[Standing] = field(default_factory=list)
    pages: list[Standing] = field(default_factory=list)
    fails: int = 0

    def load(self, path: Path) -> Reading:
        return self.loads(path)

    def forecast(self, counted: pd.DataFrame | None) -> Forecast:
        return self.condition(counted)

    def write(self, result: Result, standing: Standing) -> None:
        self.pages.append(standing)
        if self.fails:
            self.fails -= 1
            raise OSError(28, "No space left on device")
        self.written.append(result)

    def finish(self, result: Result, standing: Standing, outdated: Callable[[], bool]) -> None:
        if not outdated():
            self.finished.append(result)
            self.pages.append(standing)

    def show(self, standing: Standing, *, news: bool) -> None:
        if news:
            self.shown.append(standing)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "count.csv"


Begin = Callable[..., tuple[Night, PlainDesk]]


@pytest.fixture
def begin(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """Return what begins a night, or goes on with it, with a desk of its own."""
    monkeypatch.setattr(nights, "SETTLE", 0.0)

    def start(where: Path | None = None) -> tuple[Night, PlainDesk]:
        desk = PlainDesk()
        history = History.opened(tmp_path / "night.sqlite", ELECTION)
        return Night(where or source, desk, history, "basis", 0.7, condition(None)), desk

    return start
