"""``forecast watch``: what it writes, what it refuses."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from turnout.cli.desk import CommandDesk
from turnout.cli.watch import Terminal
from turnout.watch import night as nights
from turnout.watch.night import Night, Standing

Run = Callable[..., int]
PAST = """date,election_type,city,district,area,registered,voters
2015-12-09,pilkada,Kota,Utara,Kasang,1000,620
2015-12-09,pilkada,Kota,Selatan,Legok,1500,990
2020-12-09,pilkada,Kota,Utara,Kasang,1000,640
2020-12-09,pilkada,Kota,Selatan,Legok,1500,1010
"""
SAMPLE = """kelurahan,no tps,dpt,pengguna hak pilih,jumlah tps,tps populasi
Kasang,1,500,330,2,5
Legok,2,500,360,3,5
Legok,3,480,350,3,5
"""
COUNT = "area,registered,voters,stations_counted,stations_total\nKasang,1000,700,2,2\n"
WATCH = (
    *("watch", "past.csv", "--counted", "count.csv", "--date", "2024-11-27", "--type", "pilkada"),
    *("--draws", "200", "--goal", "60%", "--out", "night"),
)


@pytest.fixture
def watch(command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command with a single look at the count, and without figures."""

    def once(night: Night, _: float) -> None:
        night.looked(night.begun())

    monkeypatch.setattr(nights, "SETTLE", 0.0)
    monkeypatch.setattr(Night, "watch", once)
    monkeypatch.setattr(CommandDesk, "finish", lambda *_: None)
    Path("past.csv").write_text(PAST, encoding="utf-8")
    Path("count.csv").write_text(COUNT, encoding="utf-8")
    return command


def test_an_update_is_written_told_and_kept(watch: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert watch(*WATCH, "--serve", "--port", "0") == 0
    told = capsys.readouterr()
    assert "The page of the night: http://localhost:" in told.err
    assert "Kota: turnout forecast" in told.out
    assert sorted(path.name for path in Path("night").iterdir()) == [
        "forecast.csv", "goal.json", "night.html", "run.json",
    ]  # fmt: skip
    table = pd.read_csv("night/forecast.csv").set_index("area")
    assert table.loc["Kasang", "median"] == 0.7
    record = json.loads(Path("night/run.json").read_text(encoding="utf-8"))
    assert record["command"] == "watch"
    assert [one["role"] for one in record["inputs"]] == ["results", "counted"]
    query = "SELECT counted_share, prob_goal, inputs FROM updates"
    with sqlite3.connect("night.history.sqlite") as connection:
        ((share, chance, inputs),) = connection.execute(query).fetchall()
    assert 0.3 < share < 0.6
    assert 0 <= chance <= 1
    assert len(inputs) == 64


def test_a_single_look_ends_and_says_whether_the_count_was_read(
    watch: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert watch(*WATCH, "--once") == 0
    assert capsys.readouterr().out.count("Kota: turnout forecast") == 1
    # The next look starts from the history, which is not shown beside what is new.
    assert watch(*WATCH, "--once", "--lang", "id") == 0
    assert capsys.readouterr().out.count("Kota: prakiraan partisipasi") == 1
    Path("count.csv").write_text("area\nKasang\n", encoding="utf-8")
    assert watch(*WATCH, "--once") == 2
    told = capsys.readouterr()
    assert "needed columns are missing" in " ".join(told.err.split())
    assert pd.read_csv("night/forecast.csv").set_index("area").loc["Kasang", "median"] == 0.7


def test_a_warning_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = ({"en": f"{name} is odd.", "id": f"{name} janggal."} for name in ("This", "That"))
    terminal = Terminal("en")
    for warnings in ((one,), (one, other), (one,)):
        terminal.show(Standing(warnings=warnings), news=True)
    told = capsys.readouterr().err
    assert told.count("This is odd.") == told.count("That is odd.") == 1
    assert told.count("1 earlier warning still holds.") == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*WATCH, "--once", "--serve"), "nothing is left to serve"),
        (("watch", "past.csv", "--date", "2024-11-27", "--type", "pilkada"), "--counted"),
        ((*WATCH, "--model", "last-turnout"), "cannot use a count"),
        ((*WATCH, "--serve", "--host", "256.1.1.1"), "cannot be served"),
        ((*WATCH, "--history", "past.csv"), "damaged or no history"),
    ],
)
def test_what_cannot_be_watched_is_refused(
    watch: Run, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert watch(*words) == 2
    assert told in " ".join(capsys.readouterr().err.split())
    assert Path("past.csv").read_text(encoding="utf-8") == PAST
    assert not Path("night").exists()


@pytest.mark.slow
@pytest.mark.parametrize("sample", [(), ("--sample", "sample.csv")])
def test_an_update_is_what_a_run_says_of_the_same_count(
    watch: Run, undrawn: Run, sample: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("sample.csv").write_text(SAMPLE, encoding="utf-8")
    assert watch(*WATCH, *sample) == 0
    assert undrawn("run", *WATCH[1:-1], "once", *sample) == 0
    update, once = (Path(folder, "forecast.csv").read_bytes() for folder in ("night", "once"))
    assert update == once
    told = " ".join(capsys.readouterr().out.split())
    for said in ("The sample alone (3 of 5 stations)", "The forecast, which also knows the past"):
        assert told.count(said) == (2 if sample else 0)  # by the update, and by the run
