"""Which cases of a test over several lists run every day, which are slow, and for how long."""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence

import pytest

Case = frozenset[tuple[object, ...]]
"""What a case has of each list: the names that the list is about, and its values for them."""

UNTIL = pytest.StashKey[float]()
TIME_IS_OVER = "the minutes that were given are over"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--one-case",
        action="store_true",
        help="of every test with several cases run the first that is not slow",
    )
    parser.addoption(
        "--for-minutes",
        type=float,
        default=float("inf"),
        help="skip the tests that are left when so many minutes are over",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[UNTIL] = time.monotonic() + 60 * config.getoption("--for-minutes")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if time.monotonic() > item.config.stash[UNTIL]:
        pytest.skip(TIME_IS_OVER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how many tests there was no time for: on a slow machine they are not to be missed."""
    told = [
        one for one in terminalreporter.getreports("skipped") if TIME_IS_OVER in str(one.longrepr)
    ]
    if told:
        names = sorted({one.nodeid.split("::")[0] for one in told})
        terminalreporter.section("NOT RUN, as their time was over")
        terminalreporter.write_line(f"{len(told)} tests of {', '.join(names)}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark as slow the cases behind the first `few`, and combinations whose values others have.

    A test of every figure in every shape has 54 cases: nine of them show each figure and each
    shape. A test over a single list keeps all of its cases, if it is not marked with `few`.
    """
    mark_behind_the_first(items)
    tests: dict[tuple[object, str], list[pytest.Function]] = defaultdict(list)
    for item in items:
        slow = item.get_closest_marker("slow") is not None
        if isinstance(item, pytest.Function) and not slow and len(case_of(item)) > 1:
            tests[item.path, item.originalname].append(item)
    for combined in tests.values():
        kept = covering([case_of(item) for item in combined])
        for number, item in enumerate(combined):
            if number not in kept:
                item.add_marker(pytest.mark.slow)
    if config.getoption("--one-case"):
        items[:] = one_case_each(items)


def one_case_each(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return the first case of every test, of those that are not slow."""
    first: dict[tuple[object, str], pytest.Item] = {}
    for item in items:
        if item.get_closest_marker("slow") is None:
            first.setdefault((item.path, item.nodeid.split("[")[0]), item)
    return list(first.values())


def mark_behind_the_first(items: list[pytest.Item]) -> None:
    found: Counter[object] = Counter()
    for item in items:
        few = item.get_closest_marker("few")
        if few is None or not isinstance(item, pytest.Function):
            continue
        found[item.path, item.originalname] += 1
        if found[item.path, item.originalname] > few.args[0]:
            item.add_marker(pytest.mark.slow)


def case_of(item: pytest.Function) -> Case:
    given = item.callspec.params if hasattr(item, "callspec") else {}
    lists = [_names(mark.args[0]) for mark in item.iter_markers("parametrize")]
    fixtures = [(name,) for name in given if not any(name in names for names in lists)]
    return frozenset((names, *(id(given[name]) for name in names)) for names in lists + fixtures)


def _names(told: str | Sequence[str]) -> tuple[str, ...]:
    names = told.split(",") if isinstance(told, str) else told
    return tuple(name.strip() for name in names)


def covering(cases: Sequence[Case]) -> set[int]:
    """Return the numbers of few cases that have every value: always the one with most new ones."""
    unseen, kept = set().union(*cases), set()
    while unseen:
        number = max(range(len(cases)), key=lambda one: len(cases[one] & unseen))
        kept.add(number)
        unseen -= cases[number]
    return kept
