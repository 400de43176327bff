"""Mutated files, one after the other: a fixed number of them, or as many as there is time for."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.hostile.books import KINDS, LAYOUTS, Book, save
from tests.hostile.mutations import mutate
from tests.hostile.oracle import Fault, judge, past_of

SECONDS = float(os.environ.get("TURNOUT_FUZZ_SECONDS", "0"))
"""How long the tests of many mutations take together; 0: a fixed number of files."""

FIRST = int(os.environ.get("TURNOUT_FUZZ_SEED", "0"))
"""The seed to begin with: a failure is repeated with its own seed and a second."""

KEPT = Path(os.environ.get("TURNOUT_FUZZ_KEEP", "build/fuzz"))
"""Where files are kept that failed."""


def seeds(number: int, part: float) -> Iterator[int]:
    """Give `number` seeds from the first; with a time, as many as fit in a `part` of it."""
    start, seed = time.monotonic(), FIRST
    while time.monotonic() - start < part * SECONDS if SECONDS else seed < FIRST + number:
        yield seed
        seed += 1


def keep(path: Path, seed: int, kind: str) -> str:
    """Keep a file that failed; return where it is and how to try it again."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = shutil.copy(path, KEPT / f"{kind}-{seed}{path.suffix}")
    return f"{kept} (TURNOUT_FUZZ_SEED={seed} TURNOUT_FUZZ_SECONDS=1)"


def case(seed: int) -> tuple[Book, str, str]:
    """Return the mutated workbook of a seed, its layout, and the kind of its file."""
    chance = random.Random(f"structure {seed}")
    layout, kind = chance.choice(list(LAYOUTS)), chance.choice(KINDS)
    book = LAYOUTS[layout](random.Random(seed))
    mutate(book, chance)
    return book, layout, "xlsx" if kind == "csv" and len(book.sheets) > 1 else kind


def try_books(tried: Iterable[int], folder: Path) -> tuple[Counter[str], list[str]]:
    """Judge the workbook of every seed; return how they ended, and what was wrong; keep those."""
    ends: Counter[str] = Counter()
    faults: list[str] = []
    for seed in tried:
        book, layout, kind = case(seed)
        path = folder / f"hasil.{kind}"
        try:
            save(book, path)
        except Exception:  # what no library can write, no office hands in
            ends["not written"] += 1
            continue
        try:
            ends[f"{layout} {judge(book, path, past_of(seed))}"] += 1
        except Fault as fault:
            ends[f"{layout} {fault.kind}"] += 1
            faults.append(f"{keep(path, seed, layout)}\n  {book.done}\n  {fault}")
    return ends, faults
