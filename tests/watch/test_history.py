"""The history: whole, in order, of one election, and never overwritten."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.errors import TurnoutError
from turnout.quick_count import SampleEstimate
from turnout.watch.history import History
from turnout.watch.update import Update, Whole

ELECTION = Election("2024-11-27", "pilkada")
SAMPLE = SampleEstimate(0.64, 0.01, 30, 1_000)
ENDS = (0.59, 0.5, 0.4), (0.62, 0.7, 0.8)
WHOLE = Whole(1000.0, 0.61, 0.6, *ENDS, None, 0.25, 250.0, 150.0, SAMPLE)


def update(**values: object) -> Update:
    count = pd.DataFrame(
        {
            "area": ["Kasang", "Murni"],
            "registered": [250.0, np.nan],
            "voters": [150.0, np.nan],
            "stations_counted": [1.0, 0.0],
            "stations_total": [1.0, 3.0],
            "data_until": ["2024-11-27 21:30", None],
        }
    )
    told = Update(
        at=dt.datetime(2024, 11, 27, 21, 31, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        inputs="ab",
        basis="cd",
        until=dt.datetime(2024, 11, 27, 21, 30),
        whole=WHOLE,
        places=pd.DataFrame({"key": ["Kasang"], "name": ["<b>"], "chance": [np.nan]}),
        districts=pd.DataFrame({"name": ["Utara"], "own_row": [True]}),
        count=count,
        changes=({"en": "It began.", "id": "Mulai."},),
        place={"en": "Total", "id": "Keseluruhan"},
    )
    return replace(told, **values)


def test_an_update_comes_back_as_it_was(tmp_path: Path) -> None:
    history = History.opened(tmp_path / "night.sqlite", ELECTION)
    assert history.last() is None
    assert history.append(update()) == 1
    last = History.opened(tmp_path / "night.sqlite", ELECTION).last()
    assert last is not None
    given = update()
    for name in ("at", "inputs", "basis", "until", "whole", "changes", "goal", "place"):
        assert getattr(last, name) == getattr(given, name)
    pd.testing.assert_frame_equal(last.places, given.places)
    pd.testing.assert_frame_equal(last.districts, given.districts)
    kept = last.count[given.count.columns.drop(["area", "data_until"])]
    pd.testing.assert_frame_equal(kept, given.count[kept.columns])
    assert last.count["area_id"].tolist() == [None, None]


def test_the_order_is_that_of_the_numbers(tmp_path: Path) -> None:
    history = History.opened(tmp_path / "night.sqlite", ELECTION)
    early = dt.datetime(2024, 11, 27, 3, 0, tzinfo=dt.UTC)
    history.append(update())
    history.append(update(at=early, inputs="later"))
    assert [point.number for point in history.points()] == [1, 2]
    last = history.last()
    assert last is not None
    assert last.inputs == "later"


def test_a_history_of_another_election_is_refused(tmp_path: Path) -> None:
    History.opened(tmp_path / "night.sqlite", ELECTION)
    with pytest.raises(TurnoutError, match="history of another election"):
        History.opened(tmp_path / "night.sqlite", Election("2024-02-14", "pemilu"))


@pytest.mark.parametrize("content", [b"not a database at all, but some text " * 40, b"\x00" * 5000])
def test_a_file_that_is_no_history_is_refused_and_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "night.sqlite"
    path.write_bytes(content)
    with pytest.raises(TurnoutError, match="damaged or no history"):
        History.opened(path, ELECTION)
    assert path.read_bytes() == content


def test_a_history_with_a_hole_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "night.sqlite"
    history = History.opened(path, ELECTION)
    for number in range(20):
        history.append(update(inputs=str(number) * 500))
    content = bytearray(path.read_bytes())
    content[6000:9000] = b"\xff" * 3000
    path.write_bytes(content)
    with pytest.raises(TurnoutError, match="damaged"):
        History.opened(path, ELECTION)


def test_a_full_disk_is_told_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    history = History.opened(tmp_path / "night.sqlite", ELECTION)
    history.append(update())
    usual = sqlite3.connect

    def small(*given: object, **named: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = usual(*given, **named)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    noise = np.random.default_rng(1).integers(0, 9, (20_000,)).astype(str)
    monkeypatch.setattr("sqlite3.connect", small)
    with pytest.raises(TurnoutError, match="full"):
        history.append(update(places=pd.DataFrame({"key": noise})))
    monkeypatch.undo()
    assert len(history.points()) == 1
