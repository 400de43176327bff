"""How many small faults the tests find: a random sample of mutants, each against its own tests.

    python benchmarks/mutation.py [--packages src/turnout/scores] [--tests tests/scores]

A mutant is one change of one expression (`mutants`): a comparison, an operator, a number, a
condition turned round, a call left out; not of texts, annotations and decorators. The sample holds
mutants of each package in proportion to its lines.

Libraries and pytest are loaded once; all else happens in forks of that process. First each file of
tests runs under coverage, which tells the lines that each test runs (build/mutation.json keeps it;
only files of tests that have changed run again). Then each mutant: turnout is imported with the one
module changed, and the tests that run the changed lines follow, file by file, the cheapest first,
until one fails or `--seconds` of them have passed. Killed is a mutant where a test fails, or where
the tests need three times the processor time, and 5 seconds, that they need without it.
``--again FILE`` judges those that an earlier run, whose output FILE holds, let live. Needs a system
that can fork.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import importlib
import itertools
import json
import os
import random
import resource
import signal
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol

import mutants

PACKAGES = ("scores", "goals", "forecast", "models/tree", "rules")
TESTS = (
    "scores", "goals", "forecast", "models", "rules", "reading", "areas", "test_forecast.py",
    "test_quick_count.py", "test_properties.py", "test_protocol.py", "test_tables.py",
)  # fmt: skip
KEPT = Path("build/mutation.json")
# What is slow to import and no part of what is tested.
LIBRARIES = (
    "pandas", "scipy.stats", "scipy.optimize", "scipy.integrate", "scipy.sparse.linalg", "joblib",
    "statsmodels.api", "sklearn.ensemble", "matplotlib.figure", "pyarrow", "xlsxwriter", "openpyxl",
    "scoringrules", "hypothesis.strategies", "jinja2", "rich.console",
)  # fmt: skip
# A mutant is killed where its tests take so much more time than without it.
TIMES, MORE = 3, 5
MEMORY = 12 << 30


@dataclass(frozen=True)
class Survey:
    """Seconds of the processor that each test takes, and which tests run a line of a module."""

    seconds: dict[str, float]
    tests_at: dict[str, dict[int, list[str]]]
    modules: dict[str, ast.Module]

    def tests_of(self, mutant: mutants.Mutant, seconds: float) -> dict[str, list[str]]:
        """Return tests that may find a mutant, per file, the cheapest first, `seconds` of them."""
        lines = {str(mutant.path): mutant.lines}
        if mutant.names:
            lines = mutants.lines_naming(mutant.names, self.modules)
        found = {
            test
            for path, some in lines.items()
            for line in some
            for test in self.tests_at[path].get(line, [])
        }
        files = defaultdict(list)
        left = seconds
        for test in sorted(found, key=self.seconds.__getitem__):
            left -= self.seconds[test]
            if left >= 0:
                files[test.split("::")[0]].append(test)
        return dict(sorted(files.items(), key=lambda one: self.cost(one[1])))

    def cost(self, tests: list[str]) -> float:
        return sum(self.seconds[test] for test in tests)


def survey(session: pytest.Session, files: list[str], packages: list[Path], quick: float) -> Survey:
    """Run the tests, file by file, or read what an earlier run of the same file found."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    paths = [str(path) for package in packages for path in modules_of(package)]
    seconds, tests_at = {}, {path: defaultdict(list) for path in paths}
    for file in files:
        now = hashlib.sha256(Path(file).read_bytes()).hexdigest()
        if kept.get(file, {}).get("hash") != now:
            if forked(lambda file=file, now=now: measure(session, file, now, packages), quick) != 0:
                raise RuntimeError(f"the tests of {file} could not be run")
            kept[file] = json.loads(KEPT.with_suffix(".part").read_text(encoding="utf-8"))
            KEPT.write_text(json.dumps(kept), encoding="utf-8")
        for test, cost in kept[file]["seconds"].items():
            seconds[test] = cost
        for path, lines in kept[file]["lines"].items():
            for line, tests in lines.items():
                tests_at[path][int(line)] += tests
    read = {path: ast.parse(Path(path).read_text(encoding="utf-8")) for path in paths}
    return Survey(seconds, tests_at, read)


def measure(session: pytest.Session, file: str, now: str, packages: list[Path]) -> int:
    """Write which lines the tests of a file run; those that fail without a mutant are left out."""
    include = [str(path) for package in packages for path in modules_of(package)]
    seen = coverage.Coverage(data_file=None, config_file=False, include=include)
    seen.set_option("run:disable_warnings", ["no-data-collected"])  # of a file without examples
    seen.start()
    seconds = {}
    signal.signal(signal.SIGXCPU, signal.default_int_handler)  # when the time is over
    with suppress(KeyboardInterrupt):
        for test, passed, cost in run(session, file, before=seen.switch_context):
            if passed:
                seconds[test] = round(cost, 4)
    seen.stop()
    lines = {
        os.path.relpath(path): {
            line: kept
            for line, tests in seen.get_data().contexts_by_lineno(path).items()
            if (kept := [test for test in tests if test in seconds])
        }
        for path in seen.get_data().measured_files()
    }
    found = {"hash": now, "seconds": seconds, "lines": lines}
    KEPT.with_suffix(".part").write_text(json.dumps(found), encoding="utf-8")
    return 0


def run(
    session: pytest.Session,
    file: str,
    chosen: list[str] | None = None,
    before: Callable[[str], Any] = lambda _: None,
) -> Iterator[tuple[str, bool, float]]:
    """Run the tests of a file; yield each with whether it passed and the seconds it took."""
    items = {one.nodeid: one for one in session.perform_collect([file])}
    order = [items[name] for name in (items if chosen is None else chosen) if name in items]
    for item, following in itertools.zip_longest(order, order[1:]):
        before(item.nodeid)
        start = sum(os.times()[:4])
        reports = runtestprotocol(item, nextitem=following, log=False)
        passed = not any(one.failed for one in reports)
        yield item.nodeid, passed, sum(os.times()[:4]) - start


def judge(session: pytest.Session, mutant: mutants.Mutant, found: Survey, most: float) -> str:
    """Return what became of a mutant: killed, slow, survived, or no test runs it."""
    files = found.tests_of(mutant, most)
    if not files:
        return "not run"

    def work() -> int:
        change(mutant)
        for file, tests in files.items():
            alive = all(passed for _, passed, _ in run(session, file, tests))
            if not alive or session.testsfailed:
                return 1
        return 0

    usual = sum(found.cost(tests) for tests in files.values()) + len(files)
    return {0: "survived", 1: "killed"}.get(forked(work, TIMES * usual + MORE), "slow")


def change(mutant: mutants.Mutant) -> None:
    """Let the module of the mutant be imported with the change."""
    usual = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> Any:
        if Path(loader.path).resolve() == mutant.path.resolve():
            return compile(mutant.code(), loader.path, "exec")
        return usual(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def forked(work: Callable[[], int], seconds: float) -> int:
    """Return what `work` returns in a silent fork, or a number below 0 where it needs too much."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            for stream in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 9))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.alarm(60 + 30 * int(seconds))  # what waits for ever takes no processor
            code = work()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def modules_of(package: Path) -> list[Path]:
    return sorted(package.rglob("*.py")) if package.is_dir() else [package]


def sample(packages: list[Path], size: int, seed: int) -> list[mutants.Mutant]:
    """Return mutants drawn at random from each package in proportion to its lines."""
    lines = [
        sum(path.read_text(encoding="utf-8").count("\n") for path in modules_of(package))
        for package in packages
    ]
    rng = random.Random(seed)
    drawn = []
    for package, share in zip(packages, lines, strict=True):
        every = [one for path in modules_of(package) for one in mutants.mutants_of(path)]
        count = min(round(size * share / sum(lines)), len(every))
        print(f"{package}: {count} of {len(every)} mutants", flush=True)
        drawn += rng.sample(every, count)
    return drawn


class Judge:
    """Takes the place of pytest's collection: tests are collected in the forks."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> bool:
        with warnings.catch_warnings(action="ignore"):
            for library in LIBRARIES:
                importlib.import_module(library)
        from hypothesis import Phase, settings

        # The same examples each time, and a failing one need not be made small.
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutation", phases=phases, derandomize=True, database=None)
        settings.load_profile("mutation")
        given = self.given
        files = [
            str(path)
            for one in given.tests
            for path in (sorted(one.rglob("test_*.py")) if one.is_dir() else [one])
        ]
        examples = [str(path) for package in given.packages for path in modules_of(package)]
        start = time.perf_counter()
        found = survey(session, files + examples, given.packages, given.quick)
        print(f"{len(found.seconds)} tests, {time.perf_counter() - start:.0f} s", flush=True)
        drawn = sample(given.packages, given.sample, given.seed)
        if given.again is not None:
            told = given.again.read_text(encoding="utf-8")
            drawn = [one for one in drawn if str(one) in told]
        judge_all(session, drawn, found, given.seconds)
        return True


def judge_all(
    session: pytest.Session, drawn: list[mutants.Mutant], found: Survey, seconds: float
) -> None:
    """Print the mutants that live, and how many of each package do not."""
    counts = Counter()
    start = time.perf_counter()
    for done, mutant in enumerate(drawn, 1):
        became = judge(session, mutant, found, seconds)
        counts[became] += 1
        if became in ("survived", "not run"):
            print(f"{became:8}  {mutant}  ({done} done)", flush=True)
    killed = counts["killed"] + counts["slow"]
    share = f"{killed} of {len(drawn)} killed ({100 * killed / max(len(drawn), 1):.1f}%)"
    print(f"{share}, {counts['slow']} of them by time; {time.perf_counter() - start:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    source = [Path("src/turnout", one) for one in PACKAGES]
    parser.add_argument("--packages", nargs="+", type=Path, default=source)
    parser.add_argument("--tests", nargs="+", type=Path, default=[Path("tests", t) for t in TESTS])
    parser.add_argument("--sample", type=int, default=420)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="of tests per mutant, at most")
    parser.add_argument("--quick", type=float, default=40.0, help="seconds of a file, at most")
    parser.add_argument("--again", type=Path)
    given = parser.parse_args()
    KEPT.parent.mkdir(exist_ok=True)
    os.environ["OMP_NUM_THREADS"] = "1"
    sys.dont_write_bytecode = False  # else every fork compiles turnout and its tests anew
    pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist"], plugins=[Judge(given)])


if __name__ == "__main__":
    main()
