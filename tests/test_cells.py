"""Cells of a user's table in their types: equal texts are read once, and read alike."""

import numpy as np
import pandas as pd
import pytest

from turnout.cells import flags, texts_of


@pytest.mark.parametrize(
    "cells",
    [
        pd.Series([" a ", "b", None, "", np.nan, " a "], dtype="object"),
        pd.Series([" a ", "b", None, "", np.nan, " a "]),
        pd.Series([" a ", "b", pd.NA, "", None, " a "], dtype="string"),
        pd.Series([" a ", "b", None, " ", None, " a "], dtype="category"),
    ],
)
def test_texts_of_every_kind_of_column_are_stripped_and_blank_ones_none(cells: pd.Series) -> None:
    texts = texts_of(cells)
    assert texts.tolist() == ["a", "b", None, None, None, "a"]
    assert texts.dtype == object


def test_cells_that_are_equal_but_written_otherwise_stay_apart() -> None:
    mixed = pd.Series([1, True, 1.0, "1", b"1"], dtype="object")
    assert texts_of(mixed).tolist() == ["1", "True", "1.0", "1", "1"]


def test_flags_with_blanks_are_no_where_blank() -> None:
    assert flags(pd.Series([True, None, False, np.nan], dtype="object")).tolist() == [
        True,
        False,
        False,
        False,
    ]
