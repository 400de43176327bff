"""Workbooks changed as offices change them: what is read is what the file shows, or it is told."""

import random

import pytest
from tests.hostile.books import KINDS, LAYOUTS, save
from tests.hostile.fuzzing import case, seeds, try_books
from tests.hostile.oracle import judge, past_of


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_workbooks_themselves_are_read_without_a_word(layout, kind, tmp_path):
    book = LAYOUTS[layout](random.Random(1))
    if kind == "csv" and len(book.sheets) > 1:
        pytest.skip("a CSV has one sheet")
    save(book, tmp_path / f"hasil.{kind}")
    assert judge(book, tmp_path / f"hasil.{kind}", past_of(1)) == "quiet"


def test_a_seed_is_the_same_workbook_again():
    first, again = case(7)[0], case(7)[0]
    assert [sheet.grid() for sheet in first.sheets] == [sheet.grid() for sheet in again.sheets]


def test_some_mutations(tmp_path):
    _, faults = try_books(range(2), tmp_path)
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_many_mutations(tmp_path, record_property):
    ends, faults = try_books(seeds(60, part=1 / 2), tmp_path)
    record_property("ends", dict(sorted(ends.items())))
    assert not faults, f"{sum(ends.values())} files: {dict(ends)}\n" + "\n".join(faults)
