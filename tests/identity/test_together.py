"""Tables put together hold what they held apart, whatever names each of them knows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.cells import text_categories, written_out
from turnout.identity.together import in_one_table
from turnout.schema import with_names_written

_NAMES = ["Muara Bulian", "Tembesi", "Batin XXIV", "Mersam", None]


def _table(rng: np.random.Generator, rows: int, known: list[str | None]) -> pd.DataFrame:
    columns = {
        name: pd.Series(rng.choice(np.array(known, dtype=object), rows), dtype="object")
        for name in ("area", "district")
    }
    return pd.DataFrame({**columns, "registered": rng.integers(0, 900, rows).astype(float)})


@pytest.mark.parametrize("seed", range(12))
def test_rows_are_those_of_the_tables(seed: int) -> None:
    rng = np.random.default_rng(seed)
    known = rng.permutation(len(_NAMES))
    tables = [
        _table(rng, int(rng.integers(0, 8)), [_NAMES[one] for one in known[: seed % 5 + 1]])
        for _ in range(3)
    ]
    tables[seed % 3]["election"] = "2031-pilkada"
    expected = pd.concat([table.astype("object") for table in tables], ignore_index=True)
    expected = expected.where(expected.notna(), None)
    as_categories = [
        table.assign(area=text_categories(table["area"])) if seed % 2 else table for table in tables
    ]
    joined = in_one_table(as_categories)
    assert list(joined) == list(dict.fromkeys(name for table in tables for name in table))
    written = with_names_written(joined)
    for name in ("area", "district", "election"):
        assert written[name].tolist() == expected[name].tolist()
    assert joined["registered"].tolist() == expected["registered"].tolist()


def test_names_that_all_know_are_the_same_categories() -> None:
    one = pd.DataFrame({"area": text_categories(pd.Series(["Tembesi", "Mersam", None]))})
    joined = in_one_table([one, one.iloc[1:]])
    assert joined["area"].dtype == one["area"].dtype
    assert written_out(joined["area"]).tolist() == ["Tembesi", "Mersam", None, "Mersam", None]
