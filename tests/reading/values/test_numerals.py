"""Numbers as people write them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout.language import number
from turnout.reading.values.numerals import parse_numbers


def read(*cells, whole=True):
    return parse_numbers(pd.Series(cells, dtype="object"), whole=whole)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["451.723", "1.026", "785"], [451723, 1026, 785]),
        (["451,723", "1,026", "785"], [451723, 1026, 785]),
        (["1.234.567", "12"], [1234567, 12]),
        (["1.026,0", "785,0"], [1026, 785]),
        (["1,026.0", "785.0"], [1026, 785]),
        (["785.0", "1026.0"], [785, 1026]),
        (["451 723", "1 026", "9'876"], [451723, 1026, 9876]),
        (['"1.026"', "'77'"], [1026, 77]),
        ([" 12 ", "+7", "-3"], [12, 7, -3]),
        (["1.2e3", "5"], [1200, 5]),
        (["1744 *)", "1.893¹", "1.026*", "785"], [1744, 1893, 1026, 785]),
        (["2.345 orang", "785 Jiwa", "26 pemilih", "9org."], [2345, 785, 26, 9]),
        (["2,345 people", "1 voter", "12 persons *)", "785"], [2345, 1, 12, 785]),
        ([1026, 785.0, np.int64(3)], [1026, 785, 3]),
    ],
)
def test_whole_numbers_are_read_as_written(cells, expected):
    numbers = read(*cells)
    assert numbers.values.tolist() == expected
    assert not numbers.unreadable.any()
    assert numbers.clear


def test_blanks_are_missing_and_words_unreadable():
    numbers = read(
        "12", "", " - ", "n/a", None, np.nan, "tidak ada data", "dua belas", "orang", "1.2.3"
    )
    assert numbers.values.isna().tolist() == [False] + [True] * 9
    assert numbers.unreadable.tolist() == [False] * 7 + [True] * 3


def test_a_unit_that_changes_the_figure_is_no_unit_of_people():
    cells = ["12 ribu orang", "2,3 juta jiwa", "12 TPS", "12 KK", "67% pemilih", "12 orang/TPS"]
    assert read(*cells, "12 thousand people", "3 voters of 5", "785").unreadable.sum() == 8


def test_the_marks_are_decided_by_the_column_and_not_by_the_cell():
    # 1.026 alone is a count in thousands; beside 785.5 the point parts decimals.
    assert read("1.026").values.tolist() == [1026]
    assert read("1.026", "785.5").values.tolist() == [1.026, 785.5]
    # 1.026.500 shows that the point parts thousands, also in 1.026.
    assert read("1.026", "1.026.500", whole=False).values.tolist() == [1026, 1026500]
    # A decimal comma elsewhere in the column leaves the point for thousands.
    assert read("1.026", "62,45", whole=False).values.tolist() == [1026, 62.45]


def test_a_column_that_does_not_tell_its_marks_is_not_clear():
    assert not read("1.026", "2.110", whole=False).clear
    assert not read("1.026", "2,110").clear
    assert not read("1.026.500", "3.5").clear
    assert read("0.026", "1.026", whole=False).clear


def test_percentages_become_shares():
    numbers = read("62,45%", "80,3 %", "71%", whole=False)
    np.testing.assert_allclose(numbers.values, [0.6245, 0.803, 0.71])
    assert numbers.percent.all()


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30), st.sampled_from(["en", "id"]))
def test_counts_written_in_a_language_are_read_back(counts, lang):
    numbers = read(*(number(count, lang) for count in counts))
    assert numbers.values.tolist() == counts


@pytest.mark.slow
@given(
    st.lists(st.floats(0, 1e9).map(lambda x: round(x, 2)), min_size=1, max_size=30),
    st.sampled_from(["en", "id"]),
)
def test_amounts_written_in_a_language_are_read_back(amounts, lang):
    numbers = read(*(number(amount, lang, 2) for amount in amounts), whole=False)
    np.testing.assert_allclose(numbers.values, amounts)


@pytest.mark.slow
@given(st.lists(st.text(max_size=12), min_size=1, max_size=10))
def test_any_text_is_read_missing_or_unreadable(cells):
    numbers = read(*cells)
    states = numbers.values.notna().astype(int) + numbers.unreadable.astype(int)
    assert (states <= 1).all()
