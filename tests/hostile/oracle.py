"""What must hold of every file: a table that shows what the file shows, or words that tell why."""

from __future__ import annotations

import random
import re
import time
import unicodedata
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from tests.hostile.books import COMING, Book, Fact, Odd, facts_of, figures, plain

from turnout.elections import Election
from turnout.errors import DataError, Finding, TurnoutError
from turnout.models.points.naive import LastOfType
from turnout.reading.outreach import load_outreach
from turnout.reading.reading import Reading
from turnout.reading.results import load_counted, load_results
from turnout.reading.roll import load_roll
from turnout.schema import canonical_results

MOST_SECONDS = 10
"""Of the processor: what else the machine does is no matter."""

NEXT = Election("2029-11-28", "pilkada")
_OF_PROGRAMS = re.compile(
    r"\bnan\b|\bNone\b|\bNaT\b|Timestamp\(|<NA>|array\(|dtype|np\.|Traceback|\{\w|\w\}"
)


_OF_LAYOUTS = {"date_in_title", "carried_names", "total_found"}


class Fault(AssertionError):
    """What must not be, by its kind."""

    def __init__(self, kind: str, told: str) -> None:
        self.kind = kind
        super().__init__(f"{kind}: {told}")


def past_of(seed: int | str) -> pd.DataFrame:
    """Return past results of the places of a book that was made with the same seed."""
    found = figures(random.Random(seed))
    rows = [
        {"date": day, "election_type": kind, "area": area, "registered": pair[0], "voters": pair[1]}
        for (area, day), pair in found.items()
        for kind in ["pemilu" if day[:4] == "2019" else "pilkada"]
        if day != COMING[0]
    ]
    return canonical_results(pd.DataFrame(rows))


def read(book: Book, path: Path, past: pd.DataFrame) -> Reading:
    """Read a file as what the book is given as."""
    coming = Election(*COMING)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if book.role == "results":
            return load_results(path)
        if book.role == "roll":
            return load_roll(path, past)
        if book.role == "log":
            return load_outreach(path, past, election=coming)
        return load_counted(path, election=coming, results=past)


def judge(book: Book, path: Path, past: pd.DataFrame) -> str:
    """Hold a file against what its book shows; return how it ended.

    Raises
    ------
    Fault
        With its kind: ``silent`` (a wrong figure, or one lost, without a word), ``crash``,
        ``slow`` or ``words``.
    """
    start = time.process_time()
    try:
        reading = read(book, path, past)
    except TurnoutError as error:
        check_words(error, book)
        return "refused"
    except Exception as error:
        raise Fault("crash", f"{type(error).__name__}: {error}") from error
    finally:
        if time.process_time() - start > MOST_SECONDS:
            raise Fault("slow", f"{time.process_time() - start:.0f} s")
    for finding in reading.findings:
        check_words(finding, book)
    if reading.errors:
        check_words(DataError.of(reading.errors), book)
    check_figures(book, reading)
    if book.role == "results" and len(reading.table):
        check_forecast(reading.table, book)
    return "refused" if reading.errors else "told" if said_of(reading) else "quiet"


def said_of(reading: Reading) -> list[Finding]:
    """Return what was found, but for what is told of these layouts as they are."""
    return [finding for finding in reading.findings if finding.rule not in _OF_LAYOUTS]


def check_words(said: Finding | TurnoutError, book: Book) -> None:
    """Find words of programs in a message; what the file itself says may be quoted."""
    for lang in ("en", "id"):
        try:
            told = said.say(lang)
        except Exception as error:
            raise Fault("words", f"{type(error).__name__}: {error}") from error
        for quoted in _texts(book):
            told = told.replace(quoted, "")
        if found := _OF_PROGRAMS.search(told):
            raise Fault("words", f"{found[0]!r} in {told!r}")
        if control := [c for c in told if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]:
            raise Fault("words", f"{control!r} in {told!r}")


def _texts(book: Book) -> Iterable[str]:
    for sheet in book.sheets:
        for row in sheet.grid():
            yield from (c for c in row if isinstance(c, str) and ("{" in c or "<" in c))


def check_figures(book: Book, reading: Reading) -> None:
    """Hold the figures that were read, also those beside errors, against those of the book."""
    facts, findings = facts_of(book), said_of(reading)
    swapped = "swapped" in book.done
    if not findings and not swapped:
        _check_silence(book, facts)
    rows = _read(reading.table, book.role)
    known = _by_key(facts, book.role)
    for key, row in rows:
        mistakes = [_mistake(fact, row) for fact in known.get(key, [])] or [f"{row} is not there"]
        if all(mistakes) and not _told(known.get(key, []), key, findings):
            raise Fault("silent", f"{key}: {mistakes[0]}")
    if swapped or any(finding.spot.row is None for finding in findings):
        return
    for key in known.keys() - {key for key, _ in rows}:
        if key[-1] and not _told(known[key], key, findings):
            raise Fault("silent", f"{key} is lost")


def _check_silence(book: Book, facts: Sequence[Fact]) -> None:
    """Hold against a file that was read without a word what had to be told of it."""
    if book.must_tell:
        raise Fault("silent", f"not a word of: {', '.join(book.must_tell)}")
    odd = [one for fact in facts for one in fact.figures.values() if one.tell]
    if odd:
        raise Fault("silent", f"not a word of {odd[0].written!r}")


def _read(table: pd.DataFrame, role: str) -> list[tuple[tuple[str, ...], dict[str, float]]]:
    rows = []
    for row in table.to_dict("records"):
        if not row.get("area"):
            continue  # a total
        told = [row["area"]]
        if role in ("results", "count"):
            told = [str(row["date"])[:10], row["election_type"], *told]
        elif role == "log":
            told = [str(row["date"])[:10], *told]
        names = [n for n in ("registered", "voters", "reached", "cost") if n in row]
        if row.get("reached_assumed"):
            names.remove("reached")
        rows.append((_key(told), {name: row[name] for name in names}))
    return rows


def _by_key(facts: Sequence[Fact], role: str) -> dict[tuple[str, ...], list[Fact]]:
    known: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        day, kind, area = fact.key[:3]
        told = {"results": (day, kind, area), "count": (day, kind, area), "log": (day, area)}
        known.setdefault(_key(told.get(role, (area,))), []).append(fact)
    return known


def _key(told: Iterable[object]) -> tuple[str, ...]:
    """Return names by their letters and figures alone, and days as they are."""
    return tuple(re.sub(r"^kel\b", "", plain(one)).replace(" ", "") for one in told)


def _mistake(fact: Fact, row: dict[str, float]) -> str | None:
    """Return which figure of a row the workbook does not show, if any."""
    for name, value in row.items():
        odd = fact.figures.get(name, Odd(None))
        if pd.isna(value):
            if name in ("registered", "voters") and None not in odd.shows:
                return f"{name} {odd.written!r} is blank"
        elif not any(one is not None and abs(value - one) < 1e-6 for one in odd.shows):
            return f"{name} {odd.written!r} is read as {value}"
    return None


def _told(facts: Sequence[Fact], key: tuple[str, ...], findings: Sequence[Finding]) -> bool:
    """Tell whether a finding is about the whole, a row of the facts, or names the place."""
    rows = {str(row) for fact in facts for row in fact.rows}
    for finding in findings:
        several = isinstance(n := finding.values.get("n"), int) and n > 1
        if finding.spot.row is None or str(finding.spot.row) in rows or several:
            return True
        said = finding.say()
        if rows & set(re.findall(r"\d+", said)) or (key[-1] and key[-1] in _key([said])[0]):
            return True
    return False


def check_forecast(table: pd.DataFrame, book: Book) -> None:
    """Fit a quick model to what was read, and forecast."""
    start = time.process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            forecast = LastOfType().fit(table).forecast(NEXT, draws=50, seed=1)
    except TurnoutError as error:
        check_words(error, book)
        return
    except Exception as error:
        raise Fault("crash", f"forecast: {type(error).__name__}: {error}") from error
    draws = np.asarray(forecast.draws)
    if not (np.isfinite(draws).all() and draws.min() >= 0 and draws.max() <= 1):
        raise Fault("silent", "draws that are no shares")
    if time.process_time() - start > MOST_SECONDS:
        raise Fault("slow", "the forecast")
