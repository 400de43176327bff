"""Score this sealed forecast: python3 score.py OUTCOME.csv.

This program lies in the folder that ``forecast seal`` wrote and needs Python 3.10 alone: it imports
nothing of turnout and no library. It lets check.py look at the seal first, then sets the forecast
beside the outcome as ``forecast score`` does, to the ninth digit.

The outcome is a CSV with a row per place: ``area_id`` or the place's names as in run/forecast.csv
(district, area ...), ``registered`` and ``voters`` as plain counts; with several contests in it,
``date`` and ``election_type`` tell which is meant. Names count without case, marks and spacing.

The draws are read from run/draws.npz, the file that the run wrote: a zip with one array in it
whose first line tells its type and shape (NumPy Enhancement Proposal 1). So there is no second copy
that could differ from the first, and every draw is read to the last bit.
"""
# ruff: noqa: T201 - it prints for itself: where it runs there is no turnout

from __future__ import annotations

import argparse
import array
import ast
import csv
import io
import json
import re
import runpy
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

PLACES = ("nation", "province", "city", "district", "area")
SCALES = tuple(reversed(PLACES))
NUMBERS = ("registered", "voters", "stations_counted", "stations_total")
COLUMNS = (
    *("scale", *PLACES, "area_id", "registered", "actual", "median", "error", "level", "lower"),
    *("upper", "held", "surprise", "partial", "crps"),
)

Row = dict[str, Any]
Key = tuple[Any, ...]
Values = Any  # an array of floats
Say = Callable[..., str]


class Problem(Exception):
    """Something that the reader can put right: a key of words.json and what fills it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program in its folder: 1 where the seal is broken, 2 where the input is bad."""
    return run(Path(__file__).resolve().parent, asked(arguments))


def asked(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what is asked on the command line."""
    parser = argparse.ArgumentParser(prog="score.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("outcome", help="CSV of what happened / CSV hasil pemilihan")
    parser.add_argument("--digest", help="digest that was published / sidik yang diumumkan")
    parser.add_argument("--out", help="CSV to write, a row per place / CSV hasil per wilayah")
    parser.add_argument("--lang", choices=("en", "id"), default="en")
    return parser.parse_args(arguments)


def run(folder: Path, said: argparse.Namespace) -> int:
    """Check the seal of a folder, then score it; returns the exit code."""
    check = runpy.run_path(str(folder / "check.py"))
    if check["run"](folder, argparse.Namespace(digest=said.digest, inputs=[], lang=said.lang)):
        return 1
    say = check["speaker"](folder, said.lang)
    try:
        places, goals, missing = score(folder, Path(said.outcome))
    except Problem as error:
        print(say(error.args[0], **error.args[1]), file=sys.stderr)
        return 2
    if said.out:
        write(places, Path(said.out))
    tell(places, goals, missing, say)
    return 0


def record(path: Path) -> Row:
    """Read a JSON file."""
    read: Row = json.loads(path.read_text(encoding="utf-8"))
    return read


# -- the forecast and the outcome


def score(folder: Path, outcome: Path) -> tuple[list[Row], list[Row], dict[str, int]]:
    """Set every place of run/forecast.csv beside the outcome; goals and unknown places too."""
    seal = record(folder / "seal.json")
    table = [forecast_row(row) for row in rows_of(folder / "run" / "forecast.csv")]
    actual = contest_of(outcome, seal)
    scales = list(dict.fromkeys(row["scale"] for row in table))
    single = [row for row in table if row["level"] == table[0]["level"]]
    finest = [row for row in single if row["scale"] == scales[-1]]
    draws = draws_by_place(folder)
    places, missing = [], {}
    for scale in scales:
        rows = [row for row in table if row["scale"] == scale]
        counts = counts_of(rows, scale, finest, actual)
        n = sum(row["scale"] == scale for row in single)
        missing[scale] = sum(one is None for one in counts[:n])
        for index, (row, count) in enumerate(zip(rows, counts, strict=True)):
            if count is not None:
                places.append(beside(row, count, draws.get((scale, index % n))))
    if not places:
        raise Problem("nothing", {"n": len(finest)})
    whole = [row for row in places if row["scale"] == scales[0]]
    return places, goals_beside(folder, whole), missing


def forecast_row(row: Mapping[str, str]) -> Row:
    """Return a row of forecast.csv with its numbers, and texts as they stood in the data."""
    read: Row = {name: unguarded(row[name]) or None for name in ("scale", *PLACES, "area_id")}
    return read | {name: float(row[name]) for name in ("median", "level", "lower", "upper")}


def unguarded(text: str) -> str:
    """Return a text without the apostrophes that keep a spreadsheet from calculating it."""
    return re.sub("(?:^|(?<=[;\\t\\r\\n]))'(?='*[=+\\-@\uff1d\uff0b\uff0d\uff20])", "", text)


def contest_of(path: Path, seal: Row) -> list[Row]:
    """Return the rows of the contest that was forecast, with the columns' own names."""
    names = {plain(alias): name for name, said in seal["headers"].items() for alias in said}
    election = seal["election"]
    rows = []
    for number, raw in enumerate(rows_of(path), start=2):
        row: Row = {}
        for header, value in raw.items():
            name = names.get(plain(header))
            if name and isinstance(value, str) and value.strip():
                row.setdefault(name, value.strip())
        row["kind"] = row.get("election_type", election["election_type"]).casefold()
        of_day = day(row.get("date", election["date"]), number) == election["date"]
        if of_day and row["kind"] in seal["types"]:
            rows.append(row | {name: count(row.get(name), number, name) for name in NUMBERS})
    rows = [row for row in rows if row["kind"] == election["election_type"]] or rows
    labels = sorted({row.get("election") or row["kind"] for row in rows})
    if len(labels) > 1:
        raise Problem("contests", {"names": ", ".join(labels)})
    if not any(row["registered"] and row["voters"] is not None for row in rows):
        raise Problem("columns", {"date": election["date"], "kind": election["election_type"]})
    return rows


def day(text: str, row: int) -> str:
    """Return a day as it is written in seal.json."""
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        raise Problem("day", {"text": text, "row": row})
    return text[:10]


def count(text: str | None, row: int, column: str) -> float | None:
    """Return a count; a blank one is not known."""
    if text is None:
        return None
    if not re.fullmatch(r"\d+(\.0+)?", text):
        raise Problem("number", {"text": text, "row": row, "column": column})
    return float(text)


def rows_of(path: Path) -> list[Mapping[str, str]]:
    """Read a CSV whose cells are parted by commas, semicolons or tabs."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("unreadable", {"name": str(path), "reason": str(error)}) from None
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark))


def counts_of(
    rows: Sequence[Row], scale: str, finest: Sequence[Row], actual: Sequence[Row]
) -> list[tuple[float, float, bool] | None]:
    """Return registered, voters and whether stations lack of every place; None where not known.

    A place's own row counts, else the sum of the finest places in it where all of them are known.
    """
    finer = SCALES[: SCALES.index(scale)] if scale in SCALES else SCALES
    blank = dict.fromkeys([*finer, "area_id"] if finer else [])
    parents = [{**row, **blank} for row in finest]
    of_place, of_finest, of_parent, of_actual = identified([rows, finest, parents, actual])
    known: dict[Key, tuple[float, float, bool]] = {}
    for row, key in zip(actual, of_actual, strict=True):
        if row["registered"] is not None and row["voters"] is not None:
            counted, total = row["stations_counted"], row["stations_total"]
            lacks = counted is not None and total is not None and counted < total
            known.setdefault(key, (row["registered"], row["voters"], lacks))
    below: dict[Key, list[Key]] = {}
    for key, parent in zip(of_finest, of_parent, strict=True):
        below.setdefault(parent, []).append(key)
    found = []
    for key in of_place:
        one = known.get(key)
        keys = below.get(key, [])
        if one is None and keys and all(part in known for part in keys):
            registered, voters, lacks = zip(*(known[part] for part in keys), strict=True)
            one = sum(registered), sum(voters), any(lacks)
        found.append(one if one is not None and one[0] > 0 else None)
    return found


def identified(tables: Sequence[Sequence[Row]]) -> list[list[Key]]:
    """Return a key of the place of every row, as turnout tells places apart.

    An area is its code where it has one; else its name, together with its district where two
    districts know the name. A row whose area is blank is its path.
    """
    rows = [row for table in tables for row in table]
    paths = paths_of(rows)
    names = [(*path[:3], path[4]) for path in paths]
    spread: dict[tuple[Any, Key], set[Key]] = {}
    for row, name, path in zip(rows, names, paths, strict=True):
        spread.setdefault((row.get("election"), name), set()).add(path)
    doubled = {name for (_, name), several in spread.items() if len(several) > 1}
    keys: list[Key] = []
    for name, path in zip(names, paths, strict=True):
        keys.append(path if name in doubled or not path[4] else name)
    codes: dict[Key, set[str]] = {}
    for row, key, path in zip(rows, keys, paths, strict=True):
        if path[4] and row.get("area_id"):
            codes.setdefault(key, set()).add(row["area_id"])
    for number, (row, path) in enumerate(zip(rows, paths, strict=True)):
        known = codes.get(keys[number], set()) if path[4] else set()
        code = row.get("area_id") if path[4] else None
        if code or len(known) == 1:
            keys[number] = (code or next(iter(known)),)
    ends = [sum(map(len, tables[:number])) for number in range(len(tables) + 1)]
    return [keys[ends[number] : ends[number + 1]] for number in range(len(tables))]


def paths_of(rows: Sequence[Row]) -> list[Key]:
    """Return the names of every row's place, coarsest first.

    A blank above a known name is filled where its column knows one name only.
    """
    named = [{one: plain(row.get(one)) for one in PLACES} for row in rows]
    for number, scale in enumerate(SCALES):
        known = {row[scale] for row in named} - {""}
        if len(known) == 1:
            for row in named:
                if any(row[finer] for finer in SCALES[:number]):
                    row[scale] = next(iter(known))
    return [tuple(row[one] for one in PLACES) for row in named]


def plain(name: str | None) -> str:
    """Return a name without case, marks and spacing."""
    return re.sub(r"[\W_]+", " ", (name or "").casefold()).strip()


# -- scores


def beside(row: Row, counts: tuple[float, float, bool], draws: Sequence[float] | None) -> Row:
    """Return a place's forecast beside its outcome, errors and scores in points."""
    registered, voters, partial = counts
    actual = min(voters, registered) / registered
    median, lower, upper = row["median"], row["lower"], row["upper"]
    reach = upper - median if actual >= median else median - lower
    away = actual - median
    surprise = away / reach if reach > 0 else float("inf") * (1 if away > 0 else -1)
    return row | {
        "registered": registered,
        "actual": actual,
        "error": 100 * (median - actual),
        "held": lower <= actual <= upper,
        "surprise": surprise if away else 0.0,
        "partial": partial,
        "crps": None if draws is None else 100 * crps(actual, draws),
    }


def crps(actual: float, draws: Sequence[float]) -> float:
    """Return the continuous ranked probability score of draws, fair for few of them."""
    n = len(draws)
    ordered = sorted(draws)
    spread = sum((2 * rank - (n - 1)) * x for rank, x in enumerate(ordered)) / (n * (n - 1))
    return sum(abs(x - actual) for x in ordered) / n - spread


def goals_beside(folder: Path, whole: Sequence[Row]) -> list[Row]:
    """Return the goals of the whole with their probability, and whether they were reached."""
    told = record(folder / "run" / "goal.json")
    goals = [one for one in told["goals"] if one.get("scale") == told["scale"] and whole]
    return [{**one, "reached": whole[0]["actual"] >= one["goal"]} for one in goals]


def draws_by_place(folder: Path) -> dict[tuple[str, int], list[float]]:
    """Return the draws of every place of every scale, by scale and position; none if not kept."""
    path = folder / "run" / "draws.npz"
    if not path.is_file():
        return {}
    told = record(folder / "run" / "draws.json")
    values, n, m = matrix(path)
    own = [values[place::m] for place in range(m)]
    names = told["places"]
    scales = list(dict.fromkeys(row["scale"] for row in rows_of(folder / "run" / "forecast.csv")))
    found: dict[tuple[str, int], list[float]] = {}
    for scale in scales:
        if scale == told["scale"]:
            found |= {(scale, place): list(draws) for place, draws in enumerate(own)}
            continue
        columns = PLACES[: PLACES.index(scale) + 1] if scale in PLACES else ()
        groups: dict[Key, list[int]] = {}
        for place in range(m):
            key = tuple(names[one][place] for one in columns if one in names)
            groups.setdefault(key, []).append(place)
        for position, members in enumerate(groups.values()):
            sizes = [float(names["registered"][place]) for place in members]
            whole = sum(sizes)
            columns_of = [own[place] for place in members]
            found[scale, position] = [
                sum(size * draws[i] for size, draws in zip(sizes, columns_of, strict=True)) / whole
                for i in range(n)
            ]
    return found


def matrix(path: Path) -> tuple[Values, int, int]:
    """Read the array of an npz file: its values row by row, the number of rows and of columns."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read("draws.npy")
    wide = content[6] > 1  # versions 2 and 3 have a longer length
    start = 12 if wide else 10
    end = start + int.from_bytes(content[8:start], "little")
    told = ast.literal_eval(content[start:end].decode("latin1"))
    values = array.array({"<f4": "f", "<f8": "d"}[told["descr"]])
    values.frombytes(content[end:])
    if sys.byteorder == "big":
        values.byteswap()
    rows, columns = told["shape"]
    if told["fortran_order"]:
        turned = [values[row::rows] for row in range(rows)]
        values = array.array(values.typecode, (x for one in turned for x in one))
    return values, rows, columns


# -- what is told


def summary(places: Sequence[Row]) -> list[Row]:
    """Return errors and coverage of every scale and level, the whole first."""
    told = []
    for scale, level in dict.fromkeys((row["scale"], row["level"]) for row in places):
        part = [row for row in places if (row["scale"], row["level"]) == (scale, level)]
        weight, n = sum(row["registered"] for row in part), len(part)
        mae = sum(abs(row["error"]) * row["registered"] for row in part) / weight
        bias = sum(row["error"] * row["registered"] for row in part) / weight
        width = 100 * sum(row["upper"] - row["lower"] for row in part) / n
        scored = [row["crps"] for row in part if row["crps"] is not None]
        mean_crps = sum(scored) / len(scored) if scored else None
        held = sum(row["held"] for row in part)
        one = {"scale": scale, "level": level, "n": n, "held": held, "coverage": held / n}
        told.append({**one, "mae": mae, "bias": bias, "width": width, "crps": mean_crps})
    return told


def tell(places: Sequence[Row], goals: Sequence[Row], missing: Mapping[str, int], say: Say) -> None:
    """Print the scores: the whole, its goals, every scale, the places without a result."""
    first = next(iter(missing))
    for row in places:
        if row["scale"] == first and sum(one["scale"] == first for one in places) <= 5:
            figures = {name: f"{row[name]:.2%}" for name in ("actual", "median", "lower", "upper")}
            verdict = say("inside" if row["held"] else "outside")
            print(say("place", level=f"{row['level']:.0%}", verdict=verdict, **figures))
    for goal in goals:
        verdict = say("reached" if goal["reached"] else "missed")
        chance = f"{goal['probability']:.1%}"
        print(say("goal", goal=f"{goal['goal']:.1%}", verdict=verdict, chance=chance))
    for one in summary(places):
        crps_told = "-" if one["crps"] is None else f"{one['crps']:.2f}"
        figures = {name: f"{one[name]:.2f}" for name in ("mae", "bias", "width")}
        level, counts = f"{one['level']:.0%}", {name: one[name] for name in ("scale", "n", "held")}
        print(say("scale", level=level, crps=crps_told, **counts, **figures))
    for scale, n in missing.items():
        if n:
            print(say("missing", n=n, scale=scale))
    if any(row["partial"] for row in places):
        print(say("partial"))


def write(places: Sequence[Row], path: Path) -> None:
    """Write a row per place and level, numbers with all their digits."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: row.get(name) for name in COLUMNS} for row in places)


if __name__ == "__main__":
    sys.exit(main())
