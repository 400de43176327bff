"""The folder of a run, damaged or edited: one error that names the file and what to do."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, TurnoutError, check_goal
from turnout.forecast import Forecast
from turnout.output.tables import write_table
from turnout.runs.contents import forecast_table, goal_record, write_record
from turnout.runs.owned import digest
from turnout.runs.reading import Run
from turnout.runs.writing import extended, replaced

Damage = Callable[[Path], object]

DRAWS = np.float32([[0.5, 0.6, 0.7], [0.55, 0.65, 0.75]])
READ_BACK = ["run.json", "goal.json", "forecast.csv", "draws.npz", "draws.json"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of three areas, as the commands write it."""
    places = pd.DataFrame(
        {"city": "Kota", "area": ["Kasang", "Murni", "Legok"], "area_id": ["01", "02", "03"],
         "registered": [1000.0, 3000.0, 6000.0]}
    )  # fmt: skip
    forecast = Forecast(Election("2030-11-27", "pilkada"), places, DRAWS, "area")
    check = check_goal(forecast, "60%")
    folder = tmp_path_factory.mktemp("made") / "out"
    with replaced(folder, "run") as stage:
        write_table(forecast_table(forecast, check, (0.9,)), stage.path / "forecast.csv")
        write_record(goal_record(forecast, check), stage.path / "goal.json")
        forecast.save(stage.path / "draws")
        told = {"date": "2030-11-27", "election_type": "pilkada", "type_group": "pilkada"}
        stage.record |= {"election": {**told, "name": "x"}, "goals": [0.6]}
    return folder


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out"))


def read(folder: Path) -> list[object]:
    """Read all that `score` and `plot` read of a run."""
    run = Run.at(folder)
    return [run.election, run.asked_goals, run.table(), run.goals_of_whole(), run.forecast()]


def test_a_whole_run_is_read(out: Path) -> None:
    election, goals, table, of_whole, forecast = read(out)
    assert (election.election_type, goals, len(table)) == ("pilkada", [0.6], 4)
    assert len(of_whole) == 1
    np.testing.assert_allclose(forecast.draws, DRAWS)


def test_draws_may_be_larger_than_a_text(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    most = max((out / name).stat().st_size for name in READ_BACK if not name.endswith(".npz"))
    with (out / "draws.npz").open("wb") as file:
        np.savez(file, draws=DRAWS, more=np.zeros(most))
    record = json.loads((out / "run.json").read_text("utf-8"))
    record["sha256"]["draws.npz"] = digest(out / "draws.npz")
    (out / "run.json").write_text(json.dumps(record), "utf-8")
    monkeypatch.setattr("turnout.runs.reading.MOST_BYTES", most)
    np.testing.assert_array_equal(Run.at(out).forecast().draws, DRAWS)


def test_line_ends_that_a_tool_turned_are_no_damage(out: Path) -> None:
    for name in ("forecast.csv", "goal.json", "draws.json"):
        content = (out / name).read_bytes()
        (out / name).write_bytes(content.replace(b"\n", b"\r\n"))
    assert len(read(out)) == 5


def test_a_scored_run_is_still_known(out: Path) -> None:
    with extended(out, Run.at(out).record, ["evaluation.txt"]) as stage:
        (stage / "evaluation.txt").write_text("scored")
    assert len(read(out)) == 5
    (out / "forecast.csv").write_text("edited")
    with pytest.raises(TurnoutError, match=r"forecast\.csv .* is not as `forecast run` wrote it"):
        read(out)


def turned(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_pipe(path: Path) -> None:
    path.unlink()
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names on this system")
    os.mkfifo(path)


ANY_FILE: dict[str, Damage] = {
    "missing": Path.unlink,
    "a folder": as_folder,
    "a pipe": as_pipe,
    "a link to nowhere": lambda path: (path.unlink(), path.symlink_to("nowhere")),
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "one bit turned": turned,
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 9),
}


@pytest.mark.parametrize("name", READ_BACK)
@pytest.mark.parametrize("damage", ANY_FILE)
def test_a_file_that_is_not_whole_is_named(out: Path, name: str, damage: str) -> None:
    if (name, damage) == ("run.json", "one bit turned"):
        pytest.skip("nothing tells what run.json was")
    ANY_FILE[damage](out / name)
    with pytest.raises(TurnoutError) as raised:
        read(out)
    for lang, remedy in (("en", "again|wrote"), ("id", "lagi|ditulis")):
        told = raised.value.say(lang)
        assert name in told
        assert any(word in told for word in remedy.split("|"))


def edited(name: str, *keys: str | int, value: object) -> Damage:
    def edit(folder: Path) -> None:
        record = json.loads((folder / name).read_text())
        at = record
        for key in keys[:-1]:
            at = at[key]
        at[keys[-1]] = value
        (folder / name).write_text(json.dumps(record))

    return edit


def cells(**changed: object) -> Damage:
    """Change cells of the first row of forecast.csv."""

    def edit(folder: Path) -> None:
        table = pd.read_csv(folder / "forecast.csv", dtype="str")
        first = table.iloc[:1].assign(**changed)
        pd.concat([first, table.iloc[1:]]).to_csv(folder / "forecast.csv", index=False)

    return edit


def rewritten(edit: Callable[[bytes], bytes], name: str = "forecast.csv") -> Damage:
    return lambda folder: (folder / name).write_bytes(edit((folder / name).read_bytes()))


def arrays(**draws: np.ndarray) -> Damage:
    return lambda folder: np.savez(folder / "draws.npz", **draws)


def vast(folder: Path) -> None:
    """Let the draws say that there are more of them than any memory holds."""
    head = b"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999, 3), }\n"
    with zipfile.ZipFile(folder / "draws.npz", "w") as archive:
        start = b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little")
        archive.writestr("draws.npy", start + head)


# Of a run without digests, such as an older one: what the values themselves tell.
EDITED: dict[str, Damage] = {
    "a day that is none": edited("run.json", "election", "date", value="31/02/2030"),
    "no election": edited("run.json", "election", value=None),
    "a list of all": rewritten(lambda _: b"[]", "run.json"),
    "brackets": rewritten(lambda _: b"[" * 100_000, "run.json"),
    "a goal of 250%": edited("run.json", "goals", value=[2.5]),
    "a chance that is none": edited("goal.json", "goals", 0, "probability", value=60),
    "no goals": edited("goal.json", "goals", value=None),
    "percent": cells(median="61.5"),
    "percent signs": cells(median="61%"),
    "a comma": cells(median="0,61"),
    "ends in the wrong order": cells(lower="0.9", upper="0.1"),
    "no figure": cells(registered=""),
    "infinite": cells(level="inf"),
    "a scale of one's own": cells(scale="Kelurahan"),
    "saved with semicolons": rewritten(lambda content: content.replace(b",", b";")),
    "in utf-16": rewritten(lambda content: content.decode().encode("utf-16")),
    "rows twice": rewritten(lambda content: content + content.split(b"\n", 1)[1]),
    "no rows": rewritten(lambda content: content.split(b"\n", 1)[0]),
    "another version's draws": edited("draws.json", "format", value=2),
    "names that are none": edited("draws.json", "places", "area", value=[{}, [], 1]),
    "a place less": edited("draws.json", "places", value={"area": ["A"], "registered": [1]}),
    "a history of nothing": edited("draws.json", "history", value={"x": [1]}),
    "a note that reads inside": edited(
        "draws.json", "about", "notes", value=[{"en": "{0.a}", "id": "", "values": {}}]
    ),
    "less than none registered": edited("draws.json", "places", "registered", value=[-1, 1, 1]),
    "draws of another run": arrays(draws=DRAWS[:, :2]),
    "draws in percent": arrays(draws=DRAWS * 100),
    "draws that are none": arrays(draws=np.full_like(DRAWS, np.nan)),
    "draws of texts": arrays(draws=DRAWS.astype("U")),
    "no draws": arrays(draws=DRAWS[:0]),
    "draws by another name": arrays(other=DRAWS),
    "objects that run code": arrays(draws=np.array([{}], dtype="object")),
    "draws beyond memory": vast,
}


@pytest.mark.parametrize("how", EDITED)
def test_what_was_edited_is_told_without_digests_too(out: Path, how: str) -> None:
    record = json.loads((out / "run.json").read_text())
    del record["sha256"]
    (out / "run.json").write_text(json.dumps(record))
    EDITED[how](out)
    with pytest.raises(TurnoutError, match=r"is damaged or was changed \(.+\)"):
        read(out)


@pytest.mark.parametrize("name", ["forecast.csv", "goal.json", "draws.json"])
def test_a_run_whose_figures_were_edited_is_not_opened(out: Path, name: str) -> None:
    path = out / name
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(TurnoutError, match=f"{name} in .* is not as"):
        Run.at(out)


def test_a_forecast_that_is_damaged_is_told_without_a_run(out: Path) -> None:
    assert Forecast.load(out / "draws").scale == "area"
    vast(out)
    with pytest.raises(TurnoutError, match=r"draws is damaged or was changed"):
        Forecast.load(out / "draws")


def test_what_is_no_folder_of_a_run(out: Path, tmp_path: Path) -> None:
    others = tmp_path / "others"
    others.mkdir()
    (others / "letter.txt").write_text("dear")
    for folder, told in {
        tmp_path / "nowhere": "There is no folder",
        out / "forecast.csv": "There is no folder",
        others: r"has no run\.json",
    }.items():
        with pytest.raises(TurnoutError, match=rf"{told}.*Name the folder that `forecast run`"):
            Run.at(folder)
    edited("run.json", "command", value="backtest")(out)
    with pytest.raises(TurnoutError, match="holds the result of `forecast backtest`"):
        Run.at(out)
