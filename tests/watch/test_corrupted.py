"""Corrupted counts, a hundred of a kind: no update is lost or half, the good one is found again."""

import random
import sqlite3
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.hostile.test_mutations import mutated, mutated_within, written
from tests.watch.conftest import AREAS, ELECTION, Begin

from turnout.areas import build_panel
from turnout.forecast import Forecast
from turnout.reading import load_counted
from turnout.watch.night import Night, Update

RESULTS = AREAS.assign(date="2020-12-09", election_type="pilkada", voters=650)
IN = {"Kasang", "Murni", "Legok"}


def good(kind: str, voters: int) -> bytes:
    """Return a count in which three of four areas are in."""
    table = AREAS.assign(
        voters=[voters, 640.0, 700.0, None],
        registered=[1000.0, 1000.0, 1000.0, None],
        stations_counted=[3, 3, 3, 0],
        stations_total=3,
    )
    if kind == "csv":
        return table.to_csv(index=False).encode()
    return written(lambda to: table.to_excel(to, index=False))


def corrupted(content: bytes, kind: str, chance: random.Random) -> bytes:
    inside = kind == "xlsx" and chance.random() < 0.5
    return (mutated_within if inside else mutated)(content, chance)


def seen(night: Night, state: Any, content: bytes) -> tuple[Any, Update]:
    """Let the count hold some bytes and look at it."""
    night.source.write_bytes(content)
    state, _ = night.looked(state)
    assert state.standing.update is not None
    return state, state.standing.update


def became(update: Update, before: Update, *, troubled: bool) -> str:
    """Return what a corrupted count became, and check that nothing of the good one is lost."""
    if troubled and update.count.equals(before.count):
        assert update.whole == before.whole
        return "refused"
    # Figures may be right that are others; a place that is blank or gone keeps its last ones.
    counted = update.count[update.count["voters"].notna()]
    assert (counted["voters"] <= counted["registered"]).all()
    assert set(counted["area"]) >= IN
    return "read"


def check_history(night: Night, written: list[Any], refused: int) -> None:
    """Check that the history holds every update once, in order, and every trouble."""
    points = night.history.points()
    assert len(points) == sum(result.is_new for result in written)
    assert [point.at for point in points] == sorted(point.at for point in points)
    last = night.history.last()
    assert last is not None
    np.testing.assert_allclose(last.whole.mean, written[-1].update.whole.mean)
    with sqlite3.connect(night.history.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        [told] = connection.execute("SELECT count(*) FROM troubles").fetchone()
    assert told >= refused


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("csv", 4),
        pytest.param("xlsx", 4, marks=pytest.mark.slow),
        pytest.param("csv", 100, marks=pytest.mark.slow),
        pytest.param("xlsx", 100, marks=pytest.mark.slow),
    ],
)
def test_corrupted_counts_lose_nothing(
    begin: Begin, tmp_path: Path, kind: str, inputs: int
) -> None:
    night, desk = begin(tmp_path / f"count.{kind}")
    usual = desk.condition

    def checked(counted: pd.DataFrame | None) -> Forecast:
        build_panel(RESULTS, election=ELECTION, counted=counted)
        return usual(counted)

    desk.condition, desk.loads = checked, partial(load_counted, election=ELECTION)
    chance, state, found = random.Random(7), night.begun(), Counter[str]()
    for number in range(inputs):
        content = good(kind, 500 + number)
        state, before = seen(night, state, content)
        assert state.standing.troubles == ()
        assert before.whole.counted_voters == 500 + number + 640 + 700
        state, update = seen(night, state, corrupted(content, kind, chance))
        found[became(update, before, troubled=bool(state.standing.troubles))] += 1
        assert desk.written[-1].update.whole == update.whole
    assert found["refused"] > inputs / 4
    check_history(night, desk.written, found["refused"])
