"""A night whose watch is killed again and again, at random moments, while the count goes on.

    python tests/watch/kills.py FOLDER KILLS SEED

Prints what was seen as JSON; `test_kills.py` judges it. The watch is a process of its own that
writes as ``forecast watch`` does, but for the figures; only its forecasts are made without a model.
"""

import csv
import importlib.util
import json
import os
import random
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from turnout import HierarchicalModel
from turnout.cli.desk import CommandDesk
from turnout.cli.job import Job
from turnout.reading import Reading
from turnout.reading.hints import NO_HINTS
from turnout.schema import canonical_results
from turnout.watch import night as nights
from turnout.watch.history import History
from turnout.watch.night import Night

NAMES = ["forecast.csv", "goal.json", "night.html", "run.json"]
CORRUPTED = ["", "district,area\n", "\x00" * 400, "area,registered,voters\nKasang,1000,9999\n", "{"]


def city():
    path = Path(__file__).with_name("conftest.py")
    spec = importlib.util.spec_from_file_location("city", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["city"] = module
    spec.loader.exec_module(module)
    return module


CITY = city()


def watch(folder: Path) -> None:
    """Watch, and note every update that was shown; never returns."""
    nights.SETTLE = 0.02
    told = os.open(folder / "shown", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def show(standing, news):
        if news and standing.update and not standing.troubles:
            os.write(told, f"{standing.update.whole.counted_voters:.0f}\n".encode())

    job = Job({}, CITY.ELECTION, ("70%",), (0.9,))
    past = canonical_results(
        CITY.AREAS.assign(date="2020-12-09", election_type="pilkada", election="2020", voters=650)
    )
    nothing = pd.DataFrame(columns=["file", "sheet", "row", "column", "value", "rule"])
    desk = CommandDesk(
        model=HierarchicalModel(),
        fitted=SimpleNamespace(job=job, forecast=CITY.condition),
        readings={"results": Reading(past, (), nothing)},
        counted=folder / "count.csv",
        hints=NO_HINTS,
        drop_bad_rows=False,
        out=folder / "night",
        lang="id",
        page=lambda standing, _: f"<html>{standing.update.whole.median}</html>",
        told=show,
    )
    desk.finish = lambda *_: None
    history = History.opened(folder / "night.sqlite", CITY.ELECTION)
    night = Night(folder / "count.csv", desk, history, "b", 0.7, CITY.condition(None))
    night.watch(0.05)


def started(folder: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        with (folder / "errors").open("a") as errors:
            os.dup2(errors.fileno(), 2)
            watch(folder)
    finally:
        os._exit(3)


def killed(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def write_count(folder: Path, voters: int, chance: random.Random) -> None:
    """Write a count at one stroke, in two halves, or after something that is none."""
    rows = [f"Utara,Kasang,1000,{voters},3,3", "Utara,Murni,1000,640,3,3", "Selatan,Legok,,,0,3"]
    text = "\n".join(["district,area,registered,voters,stations_counted,stations_total", *rows, ""])
    way = chance.random()
    if way < 0.4:
        (folder / "part").write_text(text)
        (folder / "part").replace(folder / "count.csv")
    elif way < 0.7:
        with (folder / "count.csv").open("w") as file:
            file.write(text[: len(text) // 2])
            file.flush()
            time.sleep(chance.random() / 3)
            file.write(text[len(text) // 2 :])
    else:
        (folder / "count.csv").write_text(chance.choice(CORRUPTED))
        time.sleep(chance.random())
        (folder / "count.csv").write_text(text)


def fault(folder: Path) -> str:
    """Return what is wrong with the results as a reader finds them; blank if nothing is."""
    night = folder / "night"
    if not night.exists():
        return "" if not (folder / "written").exists() else "the folder is gone"
    try:
        handle = os.open(night, os.O_RDONLY)  # one folder, whatever takes its place meanwhile
    except FileNotFoundError:
        return "the folder is gone"
    try:
        texts = {}
        for name in NAMES:
            with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=handle)) as file:
                texts[name] = file.read()
    except FileNotFoundError:
        # Its folder was replaced, and removed, while it was read.
        return ""
    finally:
        os.close(handle)
    (folder / "written").touch()
    goal, record = json.loads(texts["goal.json"]), json.loads(texts["run.json"])
    rows = list(csv.DictReader(texts["forecast.csv"].splitlines()))
    if len(rows) != 7 or not texts["forecast.csv"].endswith("\n"):
        return f"forecast.csv has {len(rows)} rows"
    if abs(float(rows[0]["median"]) - goal["median"]) > 2e-6:
        return "forecast.csv and goal.json are of two updates"
    if sorted(record["files"]) != NAMES[:3]:
        return f"run.json lists {record['files']}"
    return "" if texts["night.html"].endswith("</html>") else "night.html is cut"


def main(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    faults: set[str] = set()
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            faults.add(fault(folder))
            time.sleep(0.01)

    reader = threading.Thread(target=read)
    child = started(folder)
    reader.start()
    began = time.monotonic()
    write_count(folder, 499, chance)
    wait_for(folder, 640 + 499)
    usual = time.monotonic() - began
    for number in range(kills):
        write_count(folder, 500 + number, chance)
        time.sleep(chance.random() * 1.6 * usual)
        killed(child)
        History.opened(folder / "night.sqlite", CITY.ELECTION)  # refuses a damaged one
        child = started(folder)
    wait_for(folder, 640 + 500 + kills - 1)
    killed(child)
    over.set()
    reader.join()
    sys.stdout.write(json.dumps({"faults": sorted(faults - {""}), **report(folder)}))


def wait_for(folder: Path, voters: int) -> None:
    """Wait until the last count is kept and written."""
    history = History.opened(folder / "night.sqlite", CITY.ELECTION)
    end = time.monotonic() + 90
    while time.monotonic() < end:
        last = history.last()
        kept = last is not None and last.whole.counted_voters == voters
        if kept and abs(written_median(folder) - last.whole.median) < 1e-5:
            return
        time.sleep(0.2)


def written_median(folder: Path) -> float:
    with suppress(OSError):
        return json.loads((folder / "night" / "goal.json").read_text())["median"]
    return -1.0


def report(folder: Path) -> dict[str, object]:
    """Return what is left of the night."""
    points = History.opened(folder / "night.sqlite", CITY.ELECTION).points()
    shown = [int(line) for line in (folder / "shown").read_text().split()]
    known = [round(point.whole.counted_voters) for point in points]
    return {
        "lost": sorted(set(shown) - set(known)),
        "twice": len(known) - len(set(known)),
        "last": known[-1],
        "updates": len(known),
        "median": [written_median(folder), points[-1].whole.median],
        "errors": (folder / "errors").read_text()[-1500:],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
