"""Of a test over several lists of cases few run every day, and these have every value."""

from itertools import product

from tests.conftest import covering


def test_every_value_comes_up_in_few_cases() -> None:
    lists = ("figure", 9), ("shape", 6), ("lang", 2)
    each = [[(name, number) for number in range(size)] for name, size in lists]
    cases = [frozenset(one) for one in product(*each)]
    kept = [cases[number] for number in covering(cases)]
    assert set().union(*kept) == {value for values in each for value in values}
    assert len(kept) == 9


def test_cases_that_share_no_value_all_stay() -> None:
    cases = [frozenset({("name", number), ("size", number)}) for number in range(5)]
    assert covering(cases) == set(range(5))
