"""How long a whole command takes, beside importing numpy and pandas in the same minute.

    python benchmarks/startup.py [--repeat 3]

Each command runs in a process of its own, in turns with ``python -c "import numpy, pandas"``; the
table gives the medians of seconds of the clock and of the processor, and their ratios. Seconds of
the clock depend on what else the machine does, those of the processor less so.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = """\
date,type,area,registered,voters
2015-12-09,pilkada,A,100,60
2015-12-09,pilkada,B,100,70
2019-04-17,pemilu,A,110,80
2019-04-17,pemilu,B,120,90
2020-12-09,pilkada,A,110,80
"""

COMMANDS = {
    "import numpy, pandas": ["-c", "import numpy, pandas"],
    "forecast --help": ["-m", "turnout", "--help"],
    "forecast check (five rows)": ["-m", "turnout", "check", "five.csv"],
    "forecast run (five rows, last-of-type)": [
        *("-m", "turnout", "run", "five.csv", "--date", "2024-11-27", "--type", "pilkada"),
        *("--model", "last-of-type", "--goal", "80%"),
    ],
    "forecast demo": ["-m", "turnout", "demo"],
}


def seconds(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Return seconds of the clock and of the processor."""
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, check=True)
    after = os.times()
    return time.perf_counter() - start, sum(after[2:4]) - sum(before[2:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "five.csv").write_text(ROWS, encoding="utf-8")
        for _ in range(repeat):
            for name, arguments in COMMANDS.items():
                taken[name].append(seconds(arguments, Path(folder)))
    base = [statistics.median(kind) for kind in zip(*taken["import numpy, pandas"], strict=True)]
    print("| command | seconds | x | of the processor | x |")
    print("|---|---|---|---|---|")
    for name, times in taken.items():
        clock, processor = (statistics.median(kind) for kind in zip(*times, strict=True))
        print(
            f"| `{name}` | {clock:.1f} | {clock / base[0]:.1f} "
            f"| {processor:.1f} | {processor / base[1]:.1f} |"
        )


if __name__ == "__main__":
    main()
