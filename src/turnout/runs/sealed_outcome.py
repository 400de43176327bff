"""The outcome beside the places of a sealed forecast; score.py reads it by this file, outcome.py.

It needs Python 3.10 alone, as score.py does. A place is its code, else its names: these count
without case, marks and spaces, and a name that the run knows once needs none of those above it.
Whatever could be read in two ways is refused with the row of the file.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

PLACES = ("nation", "province", "city", "district", "area")
SCALES = tuple(reversed(PLACES))
STATIONS = ("stations_counted", "stations_total")
NUMBERS = ("registered", "voters", *STATIONS)
FIGURES = NUMBERS[:2]
AGREES = 0.02  # share of a total's registered by which its places may miss it
BEYOND = 0.005  # turnout by which a total lies above its places before the rest is set apart
# Registered that differ by more from those of the forecast are told: another roll, or a mistake.
MOST_OF_ROLL = 0.25

KINDS = {  # words for the kind of a place, which its column says anyway; of a city in one form
    "district": re.compile(r"^(?:kecamatan|kec|kapanewon|kemantren|distrik) (?=\S)"),
    "province": re.compile(r"^(?:provinsi|propinsi|prov) (?=\S)"),
    "city": re.compile(
        r"^(?:(kab|kabupaten)|kota|kotamadya|kodya)(?: (?:administrasi|adm))? (?=\S)"
    ),
    "area": re.compile(r"^(kel|ds|gp|kp) (?=\S)"),
}
IN_FULL = {"kel": "kelurahan", "ds": "desa", "gp": "gampong", "kp": "kampung"}

Row = dict[str, Any]
Key = tuple[Any, ...]


class Problem(Exception):
    """Something that the reader can put right: a key of words.json and what fills it."""


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
            figures = {name: count(row.get(name), number, name) for name in NUMBERS}
            rows.append(row | figures | {"row": number})
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
        head = text.split("\n", 1)[0]
        mark = max(",;\t", key=head.count)
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark))
    except (OSError, ValueError, csv.Error) as error:
        raise Problem("unreadable", {"name": str(path), "reason": str(error)}) from None


# -- the places of the outcome, as the run names them


def as_named(actual: Sequence[Row], places: Sequence[Row]) -> list[Row]:
    """Return the outcome with the names of the run, and blank ones above a name filled in."""
    codes: dict[str, set[str]] = {}
    for written in {row["area_id"] for row in places} - {None}:
        codes.setdefault(bare(written).lstrip("0"), set()).add(written)
    by_name: dict[Key, list[Row]] = {}
    for place in places:
        name = named(place.get(place["scale"]), place["scale"])
        by_name.setdefault((place["scale"], name), []).append(place)
    rows = []
    for row in spelled_as(actual, places):
        code = row.get("area_id") or ""
        fits = codes.get(bare(code).lstrip("0"), set()) if code else set()
        if code not in fits and len(fits) == 1:
            [row["area_id"]] = fits
        rows.append(row if row.get("area_id") in fits else placed(row, by_name))
    return rows


def spelled_as(actual: Sequence[Row], places: Sequence[Row]) -> list[Row]:
    """Return the outcome with the names of the run where these differ by marks and spaces only."""
    rows = [dict(row) for row in actual]
    for scale in PLACES:
        known = {named(row[scale], scale): row[scale] for row in places if row[scale]}
        forms: dict[str, list[str]] = {}
        for full, name in known.items():
            # A city that the outcome calls by its name alone is the one of either kind.
            alone = KINDS["city"].sub("", full) if scale == "city" else full
            for form in {bare(full), bare(alone)}:
                forms.setdefault(form, []).append(name)
        for row in rows:
            name = row.get(scale)
            own = named(name, scale)
            fits = [] if not own or own in known else forms.get(bare(own), [])
            if len(fits) > 1:
                raise Problem("ambiguous", {"row": row["row"], "name": name, "places": fits})
            if fits:
                row[scale] = fits[0]
    return rows


def placed(row: Row, by_name: Mapping[Key, Sequence[Row]]) -> Row:
    """Return a row with the names above its place, where one place of that name fits."""
    scale = next((one for one in SCALES if row.get(one)), None)
    if scale is None:
        return row
    above = PLACES[: PLACES.index(scale) + 1]
    fits = [
        place
        for place in by_name.get((scale, named(row[scale], scale)), ())
        if all(not row.get(one) or named(row[one], one) == named(place[one], one) for one in above)
    ]
    if len(fits) > 1 and not row.get("area_id"):
        names = [", ".join(place[one] for one in reversed(above) if place[one]) for place in fits]
        raise Problem("ambiguous", {"row": row["row"], "name": row[scale], "places": names})
    return row | {one: fits[0][one] for one in above} if len(fits) == 1 else row


def counts_of(
    rows: Sequence[Row], scale: str, finest: Sequence[Row], actual: Sequence[Row]
) -> tuple[list[Row | None], set[int]]:
    """Return the outcome of every place, None where not known, and the rows of the file in it.

    It tells registered, voters, whether stations lack, and the row where it stands. A place's own
    row counts, else the sum of the places right below it where all of them are known in this way.
    Where it tells no stations, they lack as in the places inside.
    """
    upto = SCALES[: SCALES.index(scale)] if scale in SCALES else SCALES
    between = [one for one in upto if any(row[one] for row in finest)][1:]
    rungs = [finest, *(without_finer(finest, one) for one in (*between, scale))]
    tables = [rows, actual, without_finer(actual, scale), *rungs]
    of_place, of_actual, of_inside, *of_rungs = identified(tables)
    lacking = {key for row, key in zip(actual, of_actual, strict=True) if lacks_stations(row)}
    inside = {key for row, key in zip(actual, of_inside, strict=True) if lacks_stations(row)}
    ends = zip(of_rungs[0], of_rungs[-1], strict=True)
    inside |= {up for key, up in ends if key in lacking}
    wanted = {key for keys in (of_place, *of_rungs) for key in keys}
    known: dict[Key, Row] = {}
    for row, key in zip(actual, of_actual, strict=True):
        if key in wanted and row["registered"] is not None and row["voters"] is not None:
            first = known.setdefault(key, {name: row[name] for name in (*FIGURES, "row")})
            own = all(row[name] is not None for name in STATIONS)
            first.setdefault("lacks", lacks_stations(row) if own else key in inside)
            if any(first[name] != row[name] for name in FIGURES):
                rows_told = {"row": first["row"], "other": row["row"]}
                raise Problem("twice", {**rows_told, "name": written_name(row)})
    summed = {key: known.get(key) for key in of_rungs[0]}
    for below, above in pairwise(of_rungs):
        parent = dict(zip(below, above, strict=True))
        known |= on_own_rolls(summed, parent, known)
        summed = summed_up(summed, parent, known)
    found: list[Row | None] = []
    for key in of_place:
        one, parts = known.get(key), summed.get(key)
        if one is None and parts is not None:
            one = {**parts, "lacks": key in inside, "row": None}
        found.append(one if one is not None and one["registered"] > 0 else None)
    used = {row["row"] for row, key in zip(actual, of_actual, strict=True) if key in wanted}
    return found, used


def without_finer(rows: Sequence[Row], scale: str) -> list[Row]:
    """Return the places of a scale that rows lie in."""
    finer = SCALES[: SCALES.index(scale)] if scale in SCALES else SCALES
    blank = dict.fromkeys([*finer, "area_id"] if finer else [])
    return [{**row, **blank} for row in rows]


def summed_up(
    parts: Mapping[Key, Row | None], parent: Mapping[Key, Key], own: Mapping[Key, Row]
) -> dict[Key, Row | None]:
    """Return the figures of the places above others: their own, else the sum of all their parts."""
    below: dict[Key, list[Row | None]] = {}
    for key, above in parent.items():
        below.setdefault(above, []).append(parts[key])
    found: dict[Key, Row | None] = {}
    for above, rows in below.items():
        told = [one for one in rows if one is not None]
        sums = {name: sum(one[name] for one in told) for name in FIGURES}
        found[above] = own.get(above) or (sums if len(told) == len(rows) else None)
    return found


def on_own_rolls(
    parts: Mapping[Key, Row | None], parent: Mapping[Key, Key], own: Mapping[Key, Row]
) -> dict[Key, Row]:
    """Return the totals that hold votes which none of their places has, without these.

    Such votes, as postal ones, are in no forecast. A total holds them whose registered agree with
    those of its places, and whose turnout lies above theirs by half a point or more.
    """
    below: dict[Key, list[Row]] = {}
    for key, above in parent.items():
        one = parts[key]
        if key != above and one is not None and not one.get("lacks"):
            below.setdefault(above, []).append(one)
    found: dict[Key, Row] = {}
    for above, rows in below.items():
        total = own.get(above)
        if total is None or total["lacks"] or total["registered"] <= 0:
            continue
        registered, voters = (sum(one[name] for one in rows) for name in FIGURES)
        size = registered / total["registered"]
        more = total["voters"] - voters / size if size else 0.0
        if abs(size - 1) <= AGREES and more >= BEYOND * total["registered"]:
            found[above] = {**total, "voters": total["voters"] - round(more), "told": total}
    return found


def lacks_stations(row: Row) -> bool:
    """Tell whether a row says that stations are missing."""
    counted, total = (row[name] for name in STATIONS)
    return counted is not None and total is not None and bool(counted < total)


def as_told(row: Row | None) -> Row | None:
    """Return a row as the file tells it, with the votes that no place in it has."""
    return None if row is None else row.get("told", row)


def check_totals(
    totals: Sequence[tuple[Row, Row | None]], parts: Sequence[tuple[Row, Row | None]]
) -> list[str]:
    """Refuse a total that its parts contradict; names those that exceed complete parts.

    A total below its parts is always wrong. One above them is wrong where they are all there and
    the other figure adds up exactly; else the parts may lack a place, and it is only told. Partly
    counted rows tell nothing.
    """
    above: list[str] = []
    scale = totals[0][0]["scale"]
    names = PLACES[: PLACES.index(scale) + 1] if scale in PLACES else ()
    of_whole: dict[Key, list[Row | None]] = {}
    for row, one in parts:
        of_whole.setdefault(tuple(row[name] for name in names), []).append(as_told(one))
    for place, counted_as in totals:
        own = as_told(counted_as)
        inside = of_whole.get(tuple(place[name] for name in names), [])
        counted = [one for one in inside if one is not None]
        if own is None or own["row"] is None or not counted:
            continue
        if own["lacks"] or any(one["lacks"] for one in counted):
            continue
        sums = {name: sum(one[name] for one in counted) for name in FIGURES}
        more = {name: own[name] - sums[name] for name in FIGURES}
        complete = len(counted) == len(inside)
        for name in FIGURES:
            exact = any(more[other] == 0 for other in FIGURES if other != name)
            if more[name] < 0 or (complete and more[name] > 0 and exact):
                told = {"row": own["row"], "name": name_of(place), "column": name}
                raise Problem("total", {**told, "given": own[name], "parts": sums[name]})
        if complete and all(more.values()):
            above.append(name_of(place))
    return above


def name_of(row: Row) -> str:
    """Return the name of a place of the forecast, with the one above it."""
    above = PLACES[: PLACES.index(row["scale"]) + 1] if row["scale"] in PLACES else ()
    return ", ".join([row[one] for one in reversed(above) if row[one]][:2]) or row["scale"]


def written_name(row: Row) -> str:
    """Return what a row of the outcome calls its place."""
    return next((row[one] for one in SCALES if row.get(one)), None) or row.get("area_id", "?")


def odd_rolls(counted: Mapping[str, Sequence[tuple[Row, Row | None]]]) -> list[tuple[str, Row]]:
    """Tell places with more voters than registered, and a roll far from that of the forecast."""
    told: list[tuple[str, Row]] = []
    pairs = [pair for pairs in reversed([*counted.values()]) for pair in pairs if pair[1]]
    over = [
        f"{name_of(row)} ({one['row']})"
        for row, one in pairs
        if one and one["row"] and one["voters"] > one["registered"]
    ]
    told += [("over", {"n": len(over), "names": over})] if over else []
    finest = [pair for pair in pairs if pair[0]["scale"] == pairs[0][0]["scale"]]
    forecast = sum(row["registered"] for row, _ in finest)
    outcome = sum(one["registered"] for _, one in finest if one)
    if forecast and abs(outcome / forecast - 1) > MOST_OF_ROLL:
        told.append(("roll", {"outcome": outcome, "forecast": forecast}))
    return told


def strangers(actual: Sequence[Row], used: set[int]) -> list[tuple[str, Row]]:
    """Tell the rows of the outcome that are of no place of the forecast."""
    rows = [row for row in actual if row["row"] not in used and row["voters"] is not None]
    names = [f"{written_name(row)} ({row['row']})" for row in rows]
    return [("unmatched", {"n": len(names), "names": names})] if names else []


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
    names = [{one: named(row.get(one), one) for one in PLACES} for row in rows]
    for number, scale in enumerate(SCALES):
        known = {row[scale] for row in names} - {""}
        if len(known) == 1:
            for row in names:
                if any(row[finer] for finer in SCALES[:number]):
                    row[scale] = next(iter(known))
    return [tuple(row[one] for one in PLACES) for row in names]


def named(name: str | None, scale: str) -> str:
    """Return the plain name of a place, however the word for its kind is written."""
    text = plain(name)
    kind = KINDS[scale].match(text) if scale in KINDS else None
    if kind is None:
        return text
    own = text[kind.end() :]
    if scale == "city":
        return f"{'kabupaten' if kind[1] else 'kota'} {own}"
    return f"{IN_FULL[kind[1]]} {own}" if scale == "area" else own


def plain(name: str | None) -> str:
    """Return a name without case, and marks as one space."""
    return re.sub(r"[\W_]+", " ", (name or "").casefold()).strip()


def bare(name: str) -> str:
    """Return the letters and digits of a name alone, without case and accents."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in split.casefold() if sign.isalnum())
