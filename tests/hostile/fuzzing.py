"""Many mutated workbooks, one after the other: by number, or as long as is asked for."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.hostile.books import KINDS, LAYOUTS, Book, save
from tests.hostile.mutations import mutate
from tests.hostile.oracle import Fault, judge, past_of

SECONDS = float(os.environ.get("TURNOUT_FUZZ_SECONDS", "0"))
"""How long the long test tries mutations; 0: the number of every day's tests."""

FIRST = int(os.environ.get("TURNOUT_FUZZ_SEED", "0"))
"""The seed to begin with: a failure is repeated with its seed and a second."""

KEPT = Path(os.environ.get("TURNOUT_FUZZ_KEEP", "build/fuzz"))
"""Where files are kept that failed."""


def case(seed: int) -> tuple[Book, str, Path]:
    """Return the workbook of a seed, mutated, what past it has, and the name of its file."""
    chance = random.Random(f"structure {seed}")
    layout, kind = chance.choice(list(LAYOUTS)), chance.choice(KINDS)
    book = LAYOUTS[layout](random.Random(seed))
    mutate(book, chance)
    if kind == "csv" and len(book.sheets) > 1:
        kind = "xlsx"
    return book, layout, Path(f"hasil.{kind}")


def seeds(number: int, seconds: float) -> Iterator[int]:
    """Give `number` seeds from the first, or with `seconds` as many as there is time for."""
    start, seed = time.monotonic(), FIRST
    while time.monotonic() - start < seconds if seconds else seed - FIRST < number:
        yield seed
        seed += 1


def try_books(tried: Iterable[int], folder: Path) -> tuple[Counter[str], dict[int, Fault]]:
    """Judge the workbook of every seed; return how they ended, and the faults; keep their files."""
    ends: Counter[str] = Counter()
    faults: dict[int, Fault] = {}
    for seed in tried:
        book, layout, name = case(seed)
        path = folder / name
        try:
            save(book, path)
        except Exception:  # what no library can write, no office hands in
            ends["not written"] += 1
            continue
        try:
            ends[f"{layout} {judge(book, path, past_of(seed))}"] += 1
        except Fault as fault:
            ends[f"{layout} {fault.kind}"] += 1
            faults[seed] = fault
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"{seed}-{layout}{path.suffix}").write_bytes(path.read_bytes())
            print(f"TURNOUT_FUZZ_SEED={seed}: {layout}{path.suffix}: {book.done}\n    {fault}", flush=True)
    return ends, faults
