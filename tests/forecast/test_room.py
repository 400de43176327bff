"""Draws on disk: the figures of draws in memory, with little memory of their own."""

import errno
import gc
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast, TurnoutError, check_goal
from turnout.forecast import room
from turnout.runs.contents import forecast_table

PLACES, DRAWS = 12_000, 300


def forecast_of(kept: np.ndarray) -> Forecast:
    """Return a forecast of areas in districts whose draws lie as they were kept."""
    names = np.arange(PLACES)
    places = pd.DataFrame({"district": names // 20, "area": names}).astype("string")
    places = places.astype("object").assign(registered=1000.0 + names % 7)
    return Forecast(Election("2030-11-27", "pilkada"), places, kept.T, "area")


def kept_draws() -> np.ndarray:
    kept = room.room_for(PLACES, DRAWS, np.float32)
    rng = np.random.default_rng(1)
    for start in range(0, PLACES, 100):
        kept[start : start + 100] = rng.uniform(0.3, 0.9, (100, DRAWS))
        room.released(kept)
    return kept


def on_disk(draws: np.ndarray) -> bool:
    held = draws
    while isinstance(held, np.ndarray):
        held = held.base
    return held is not None


def test_figures_of_draws_on_disk_are_those_of_draws_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = []
    for most in (room.MOST_IN_MEMORY, 0):
        monkeypatch.setattr(room, "MOST_IN_MEMORY", most)
        forecast = forecast_of(kept_draws())
        assert on_disk(forecast.draws) == (most == 0) == on_disk(forecast.at("district").draws)
        check = check_goal(forecast, ["60%"])
        told.append((forecast_table(forecast, check, (0.5, 0.9)), check.table))
    for one, other in zip(*told, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.mark.parametrize("most", [room.MOST_IN_MEMORY, 0], ids=["memory", "disk"])
@pytest.mark.parametrize("rows", [slice(2, 7), np.array([8, 0, 3])], ids=["together", "apart"])
def test_draws_that_are_put_somewhere_are_found_there_alone(
    most: int, rows: slice | np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_IN_MEMORY", most)
    kept = room.room_for(9, 5_000, np.float32)
    assert on_disk(kept) == (most == 0)
    kept[:] = -1
    values = np.random.default_rng(1).random((10, 10_000))[: len(np.arange(9)[rows]), ::2]
    room.put(kept, rows, values)
    np.testing.assert_array_equal(kept[rows], values.astype(np.float32))
    assert (np.delete(kept, rows, axis=0) == -1).all()


def test_a_file_of_draws_is_closed_when_nobody_looks_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_IN_MEMORY", 0)
    closed: list[int] = []
    close = room.os.close
    monkeypatch.setattr(room.os, "close", lambda one: (closed.append(one), close(one)))
    kept = room.room_for(10, 10, np.float32)
    part = kept[2:4].T
    del kept
    gc.collect()
    held = room._held(part)
    assert held is not None
    assert held.descriptor not in closed
    descriptor = held.descriptor
    del part, held
    gc.collect()
    assert descriptor in closed


def test_looking_at_draws_on_disk_takes_less_memory_than_they_would(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "MOST_IN_MEMORY", 0)
    monkeypatch.setattr(room, "_BLOCK", 500)
    monkeypatch.setattr("turnout.forecast.draws.MOST_ORDERED", 0)
    kept = kept_draws()
    gc.collect()
    tracemalloc.start()
    try:
        forecast = forecast_of(kept)
        for scale in forecast.scales:
            forecast.intervals(scale, (0.5, 0.9))
            forecast.relative(scale)
            forecast.prob("60%", scale)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 0.75 * kept.nbytes


def test_no_room_on_disk_is_told_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_IN_MEMORY", 0)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(room, "_take", full)
    with pytest.raises(TurnoutError, match=r"No space left on device.*TMPDIR"):
        room.room_for(10, 10, np.float32)


def test_room_is_taken_where_the_system_takes_none_beforehand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delattr(room.os, "posix_fallocate", raising=False)
    monkeypatch.setattr(room, "_CHUNK", 100)
    with (tmp_path / "held").open("wb") as file:
        room._take(file, 250)
    assert (tmp_path / "held").stat().st_size == 250
