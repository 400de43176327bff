"""Score this sealed forecast: python3 score.py OUTCOME.csv.

This program lies in the folder that ``forecast seal`` wrote and needs Python 3.10 alone: it imports
nothing of turnout and no library. It lets check.py look at the seal first, then sets the forecast
beside the outcome as ``forecast score`` does, to the ninth digit.

The outcome is a CSV with a row per place: ``area_id`` or the place's names as in run/forecast.csv
(district, area ...), ``registered`` and ``voters`` as plain counts; with several contests in it,
``date`` and ``election_type`` tell which is meant. Names count without case, marks and
spaces. outcome.py reads it.

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
import dataclasses
import itertools
import json
import re
import runpy
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

PLACES = ("nation", "province", "city", "district", "area")
SCALES = tuple(reversed(PLACES))
COLUMNS = (
    *("scale", *PLACES, "area_id", "registered", "actual", "median", "error", "level", "lower"),
    *("upper", "held", "surprise", "partial", "crps"),
)

Row = dict[str, Any]
Key = tuple[Any, ...]
Values = Any  # an array of floats
Say = Callable[..., str]


class Broken(Exception):
    """A file of the seal that is missing or cannot be read, in both languages."""

    def __init__(self, name: str, *, missing: bool = False) -> None:
        en, of_id = ("is missing", "hilang") if missing else ("cannot be read", "tidak terbaca")
        super().__init__(f"SEAL BROKEN: {name} {en}. / SEGEL RUSAK: {name} {of_id}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program in its folder: 1 where the seal is broken, 2 where the input is bad."""
    return run(Path(__file__).resolve().parent, asked(arguments))


def asked(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what is asked on the command line."""
    parser = argparse.ArgumentParser(prog="score.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("outcome", help="CSV of what happened / CSV hasil pemilihan")
    parser.add_argument(
        "--digest", help="code of the seal that was published / sidik digital segel yang diumumkan"
    )
    parser.add_argument("--out", help="CSV to write, a row per place / CSV hasil per wilayah")
    parser.add_argument("--lang", choices=("en", "id"), help="[as sealed / seperti saat disegel]")
    return parser.parse_args(arguments)


def run(folder: Path, said: argparse.Namespace) -> int:
    """Check the seal of a folder, then score it; returns the exit code."""
    try:
        check = program(folder, "check.py")
        asked_of_check = argparse.Namespace(digest=said.digest, inputs=[], lang=said.lang)
        if check["run"](folder, asked_of_check):
            return 1
        known = program(folder, "outcome.py")
        lang = check["language"](folder, said.lang)
        say = check["speaker"](folder, said.lang)
        try:
            out = Path(said.out).resolve() if said.out else None
            if out and out.is_relative_to(folder.resolve()):
                raise known["Problem"]("out_inside", {"name": said.out})
            found = score(folder, Path(said.outcome), known)
            if out:
                write(found.places, out, known["Problem"])
        except known["Problem"] as error:
            print(say(error.args[0], **as_said(error.args[1], say, lang)), file=sys.stderr)
            return 2
    except Broken as error:
        print(error)
        return 1
    tell(found, say, lang)
    return 0


def program(folder: Path, name: str) -> Row:
    """Return what another program of the folder defines."""
    try:
        return runpy.run_path(str(folder / name))
    except Exception:  # whatever keeps it from being read
        raise Broken(name, missing=not (folder / name).is_file()) from None


def sealed(folder: Path, name: str, read: Callable[[Path], Any]) -> Any:
    """Read a file of the run; one that cannot be read breaks the seal, whatever its digest."""
    try:
        return read(folder / "run" / name)
    except FileNotFoundError:
        raise Broken(f"run/{name}", missing=True) from None
    except Exception:  # a damaged file fails in whatever way its library fails
        raise Broken(f"run/{name}") from None


def record(path: Path) -> Row:
    """Read a JSON file."""
    read: Row = json.loads(path.read_text(encoding="utf-8"))
    return read


# -- the forecast and the outcome


@dataclasses.dataclass
class Scored:
    """Places and goals beside the outcome; who has none, by scale; what else is to be told."""

    places: list[Row]
    goals: list[Row]
    missing: dict[str, list[str]]
    told: list[tuple[str, Row]]


def score(folder: Path, outcome: Path, known: Row | None = None) -> Scored:
    """Set every place of run/forecast.csv beside the outcome; goals and unknown places too."""
    known = known or program(folder, "outcome.py")
    problem, table = known["Problem"], sealed(folder, "forecast.csv", forecast_of)
    by_scale: dict[str, list[Row]] = {}
    for row in table:
        by_scale.setdefault(row["scale"], []).append(row)
    # A level's places, then the next's, in the same order.
    single = {
        scale: [row for row in rows if row["level"] == rows[0]["level"]]
        for scale, rows in by_scale.items()
    }
    finest = next(reversed(single.values()))
    every = [row for rows in single.values() for row in rows]
    actual = known["as_named"](known["contest_of"](outcome, record(folder / "seal.json")), every)
    draws = draws_by_place(folder, list(by_scale))
    places, missing, used = [], {}, set()
    counted: dict[str, list[tuple[Row, Row | None]]] = {}
    for scale, rows in by_scale.items():
        n = len(single[scale])
        counts, of_file = known["counts_of"](single[scale], scale, finest, actual)
        used |= of_file
        counted[scale] = list(zip(single[scale], counts, strict=True))
        missing[scale] = [known["name_of"](row) for row, one in counted[scale] if one is None]
        for index, row in enumerate(rows):
            if counts[index % n] is not None:
                places.append(beside(row, counts[index % n], draws.get((scale, index % n))))
    if not places:
        raise problem("nothing", {"n": len(finest)})
    told: list[tuple[str, Row]] = []
    for scale, finer in itertools.pairwise(counted):
        names = known["check_totals"](counted[scale], counted[finer])
        told += [("above_parts", {"names": names})] if names else []
    told += known["odd_rolls"](counted)
    told += known["strangers"](actual, used)
    whole = [row for row in places if row["scale"] == next(iter(by_scale))]
    goals = sealed(folder, "goal.json", lambda path: goals_beside(path, whole))
    return Scored(places, goals, missing, told)


def forecast_of(path: Path) -> list[Row]:
    """Read forecast.csv."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [forecast_row(row) for row in csv.DictReader(file)]
    if not rows:
        raise ValueError("it has no rows")
    return rows


def forecast_row(row: Mapping[str, str]) -> Row:
    """Return a row of forecast.csv with its numbers, and texts as they stood in the data."""
    read: Row = {name: unguarded(row[name]) or None for name in ("scale", *PLACES, "area_id")}
    figures = ("registered", "median", "level", "lower", "upper")
    return read | {name: float(row[name]) for name in figures}


def unguarded(text: str) -> str:
    """Return a text without the apostrophes that keep a spreadsheet from calculating it."""
    return re.sub("(?:^|(?<=[;\\t\\r\\n]))'(?='*[=+\\-@\uff1d\uff0b\uff0d\uff20])", "", text)


# -- scores


def beside(row: Row, counts: Row, draws: Sequence[float] | None) -> Row:
    """Return a place's forecast beside its outcome, errors and scores in points."""
    registered, voters, partial = (counts[name] for name in ("registered", "voters", "lacks"))
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


def goals_beside(path: Path, whole: Sequence[Row]) -> list[Row]:
    """Return the goals of the whole with their probability, and whether they were reached."""
    told = record(path)
    goals = [one for one in told["goals"] if one.get("scale") == told["scale"] and whole]
    return [{**one, "reached": whole[0]["actual"] >= one["goal"]} for one in goals]


def draws_by_place(folder: Path, scales: Sequence[str]) -> dict[tuple[str, int], list[float]]:
    """Return the draws of every place of every scale, by scale and position; none if not kept."""
    path = folder / "run" / "draws.npz"
    if not path.is_file():
        return {}
    values, n, m = sealed(folder, path.name, matrix)
    return cast(
        "dict[tuple[str, int], list[float]]",
        sealed(folder, "draws.json", lambda told: at_scales(record(told), values, n, m, scales)),
    )


def at_scales(
    told: Row, values: Values, n: int, m: int, scales: Sequence[str]
) -> dict[tuple[str, int], list[float]]:
    """Return the draws of every scale: those of the finest, and their means by registered."""
    own = [values[place::m] for place in range(m)]
    names = told["places"]
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


def tell(found: Scored, say: Say, lang: str) -> None:
    """Print the scores: the whole, its goals, every scale, the places without a result."""
    first, places = next(iter(found.missing)), found.places
    for row in places:
        if row["scale"] == first and sum(one["scale"] == first for one in places) <= 5:
            figures = {
                name: percent(row[name], lang, 2) for name in ("actual", "median", "lower", "upper")
            }
            verdict = say("inside" if row["held"] else "outside")
            print(say("place", level=percent(row["level"], lang, 0), verdict=verdict, **figures))
    for goal in found.goals:
        verdict = say("reached" if goal["reached"] else "missed")
        chance = percent(goal["probability"], lang, 1)
        print(say("goal", goal=percent(goal["goal"], lang, 1), verdict=verdict, chance=chance))
    for one in summary(places):
        crps_told = "-" if one["crps"] is None else number(one["crps"], lang, 2)
        figures = {name: number(one[name], lang, 2) for name in ("mae", "bias", "width")}
        counts = as_said({name: one[name] for name in ("n", "held")}, say, lang)
        level, scale = percent(one["level"], lang, 0), say(f"scale_{one['scale']}")
        print(say("scale", scale=scale, level=level, crps=crps_told, **counts, **figures))
    lacking = [
        ("missing", {"n": len(names), "scale": say(f"scale_{scale}"), "names": names})
        for scale, names in found.missing.items()
        if names
    ]
    for key, values in [*lacking, *found.told]:
        key = f"{key}_one" if values.get("n") == 1 else key
        print(say(key, **as_said(values, say, lang)))
    if any(row["partial"] for row in places):
        print(say("partial"))


def as_said(values: Mapping[str, Any], say: Say, lang: str) -> Row:
    """Return what fills a text: counts with the marks of the language, the first five names."""
    said: Row = dict(values)
    for name, value in values.items():
        if isinstance(value, list):
            rest = len(value) - 5
            more = f" {say('more', n=number(rest, lang, 0))}" if rest > 0 else ""
            said[name] = "; ".join(value[:5]) + more
        elif name != "row" and name != "other" and isinstance(value, (int, float)):
            said[name] = number(value, lang, 0)
    return said


def number(value: float, lang: str, decimals: int) -> str:
    """Write a number with the marks of a language."""
    text = f"{value:,.{decimals}f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def percent(share: float, lang: str, decimals: int) -> str:
    """Write a share as a percentage."""
    return f"{number(100 * share, lang, decimals)}%"


def write(places: Sequence[Row], path: Path, problem: type[Exception]) -> None:
    """Write a row per place and level, numbers with all their digits."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows({name: row.get(name) for name in COLUMNS} for row in places)
    except OSError as error:
        raise problem("unwritable", {"name": str(path), "reason": str(error)}) from None


if __name__ == "__main__":
    sys.exit(main())
