"""Tables and arguments that a user makes in Python: read as they are meant, or refused with why."""

import decimal
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import (
    Election,
    HierarchicalModel,
    LastOfType,
    Mixture,
    TurnoutError,
    check_goal,
    read_results,
)
from turnout.cli.said import inputs
from turnout.forecast import Forecast
from turnout.models import Model
from turnout.schema import canonical_results, canonical_roll

TABLE = pd.DataFrame(
    {
        "date": "2020-12-09",
        "election_type": "pilkada",
        "area": ["Kasang", "Murni"],
        "registered": [1100, 985],
        "voters": [800, 603],
    }
)
COMING = Election("2024-11-27", "pilkada")

COUNTS: dict[str, tuple[object, str]] = {
    "texts": (["1100", "985"], ""),
    "categories": (pd.Categorical([1100, 985]), ""),
    "decimals": ([decimal.Decimal("1100"), decimal.Decimal("985.0")], ""),
    "texts with marks of thousands": (["1.100", "985"], "no numbers, the first '1.100'"),
    "texts with commas": (["1,100", "985"], "no numbers, the first '1,100'"),
    "yes and no": ([True, False], "no numbers, the first 'True'"),
    "yes among numbers": ([True, 985], "no numbers"),
    "complex": ([1100j, 985], "no numbers"),
    "bytes": ([b"1100", b"985"], "no numbers"),
    "lists": ([[1100], 985], "no numbers"),
    "infinite": ([np.inf, 985], "larger than any electorate"),
    "a googol": ([10**100, 985], "larger than any electorate"),
    "shares": ([0.5, 985], "these are shares"),
    "days": (pd.Timestamp("2024-11-27"), "no numbers"),
    "periods": (pd.Period("2024", "Y"), "no numbers"),
}


@pytest.mark.parametrize("how", COUNTS)
def test_counts(how: str) -> None:
    cells, refused = COUNTS[how]
    table = TABLE.assign(registered=cells)
    if refused:
        for make in (canonical_results, canonical_roll):
            with pytest.raises(TurnoutError, match=refused):
                make(table)
    else:
        np.testing.assert_allclose(canonical_results(table)["registered"], [1100, 985])


DAYS: dict[str, tuple[object, str]] = {
    "a period of a day": (pd.Period("2020-12-09", "D"), ""),
    "midnight in Jakarta": (pd.Timestamp("2020-12-09", tz="Asia/Jakarta"), ""),
    "digits of Arabic": ("٢٠٢٠-١٢-٠٩", ""),
    "a period of a month": (pd.Period("2020-12", "M"), "without day, month or year"),
    "bytes": (b"2020-12-09", "without day, month or year"),
    "a list": (["2020-12-09"], "without day, month or year"),
    "a dict": ({"year": 2020}, "without day, month or year"),
    "a time": (pd.Timestamp("2020-12-09").time(), "without day, month or year"),
    "not a time": (pd.NaT, "no date"),
    "a year": (2020, "without day, month or year"),
}


@pytest.mark.parametrize("how", DAYS)
def test_days(how: str) -> None:
    cell, refused = DAYS[how]
    table = TABLE.assign(date=[cell] * 2)
    if refused:
        with pytest.raises(TurnoutError, match=refused):
            canonical_results(table)
        with pytest.raises(TurnoutError, match="is not a full date"):
            Election(cell, "pilkada")
    else:
        assert canonical_results(table)["date"].dt.strftime("%Y-%m-%d").tolist() == [
            "2020-12-09",
            "2020-12-09",
        ]
        assert Election(cell, "pilkada").date.isoformat() == "2020-12-09"


@pytest.mark.parametrize("day", [np.datetime64("2024"), np.datetime64("2024-11")])
def test_a_year_of_numpy_is_no_day(day: np.datetime64) -> None:
    with pytest.raises(TurnoutError, match="is not a full date"):
        Election(day, "pilkada")


@pytest.mark.parametrize("word", [None, 3, b"pilkada", [], "  ", "\0", "\u202e", float("nan")])
def test_types_that_say_nothing(word: object) -> None:
    with pytest.raises(TurnoutError, match="type of the election is blank"):
        Election("2024-11-27", word)


@pytest.mark.parametrize("word", [None, "  ", float("nan"), pd.NA])
def test_rows_without_a_type(word: object) -> None:
    with pytest.raises(TurnoutError, match="1 row of the table with no election_type"):
        canonical_results(TABLE.assign(election_type=["pilkada", word]))


TABLES: dict[str, tuple[pd.DataFrame, str]] = {
    "an index named date": (TABLE.rename_axis("date"), ""),
    "an index named twice": (TABLE.set_index(["voters", "area"], drop=False), ""),
    "an index of equal labels": (TABLE.set_axis([0, 0]), ""),
    "columns with a name": (TABLE.rename_axis(columns="area"), ""),
    "names in bytes": (TABLE.assign(area=[b"Kasang", b"Murni"]), ""),
    "types of Arrow": (TABLE.convert_dtypes(dtype_backend="pyarrow"), ""),
    "a column of one's own twice": (
        pd.concat([TABLE, pd.DataFrame({"x": [1, 2]}), pd.DataFrame({"x": [3, 4]})], axis=1),
        "|",
    ),
    "a column twice": (TABLE.iloc[:, [0, 1, 2, 3, 3, 4]], "1 column is .*: registered"),
    "headers of two levels": (
        TABLE.set_axis(pd.MultiIndex.from_product([TABLE.columns, [""]]), axis=1),
        "headers of the table have 2 levels",
    ),
    "an index in place of a column": (TABLE.set_index("date"), "lacks date"),
    "no columns": (pd.DataFrame(), "lacks date"),
}


@pytest.mark.parametrize("how", TABLES)
def test_tables(how: str) -> None:
    table, refused = TABLES[how]
    if refused:
        if refused != "|":
            with pytest.raises(TurnoutError, match=refused):
                canonical_results(table)
    else:
        read = canonical_results(table)
        assert read["area"].tolist() == ["Kasang", "Murni"]
        np.testing.assert_allclose(read["voters"], [800, 603])


FLAGS: dict[str, tuple[list[object], list[bool] | None]] = {
    "words": (["ya", "tidak"], [True, False]),
    "English": (["Yes", " no "], [True, False]),
    "numbers": ([1, 0], [True, False]),
    "floats with blanks": ([1.0, None], [True, False]),
    "texts of truth": (["True", "FALSE"], [True, False]),
    "blank": ([None, None], [False, False]),
    "two": ([2, 0], None),
    "a half": ([0.5, 0], None),
    "other words": (["kira-kira", "ya"], None),
    "lists": ([[1], [0]], None),
}


@pytest.mark.parametrize("how", FLAGS)
def test_flags(how: str) -> None:
    cells, expected = FLAGS[how]
    roll = TABLE[["area", "registered"]].assign(estimated=pd.Series(cells, dtype="object"))
    if expected is None:
        with pytest.raises(TurnoutError, match="column estimated: neither yes nor no"):
            canonical_roll(roll)
    else:
        assert canonical_roll(roll)["estimated"].tolist() == expected


def test_a_flag_of_the_results_is_read_likewise() -> None:
    fitted = LastOfType().fit(TABLE.assign(estimated="tidak"))
    roll = TABLE[["area", "registered"]]
    places = fitted.forecast(COMING, roll=roll, draws=100, seed=1).places
    assert not places["roll_estimated"].any()


GOALS = [
    b"60%", None, float("nan"), float("inf"), -0.1, 0, 101, "", "%", "60%%", "150%", "inf", {}, [],
    True, 0.6j, pd.Timestamp("2024-01-01"), ["60%", "x"],
]  # fmt: skip


@pytest.mark.parametrize("goal", GOALS, ids=str)
def test_goals_that_are_none(goal: object) -> None:
    places = pd.DataFrame({"area": ["A"], "registered": [100.0]})
    forecast = Forecast(COMING, places, np.array([[0.5], [0.6]]), "area")
    with pytest.raises(TurnoutError, match=r"86%|percent sign"):
        check_goal(forecast, goal)


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "brackets", "binary"])
def test_a_config_that_is_none(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    if kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes with names on this system")
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path = Path(os.devnull)
    else:
        path.write_bytes(b"a = " + b"[" * 50_000 if kind == "brackets" else b"\xff\xfe\x00")
    with pytest.raises(TurnoutError, match="cannot be read"):
        inputs({"results": []}, None, None, None, None, path)


SOURCES: dict[str, tuple[object, str]] = {
    "nothing": (None, "No file is named"),
    "an empty list": ([], "No file is named"),
    "an array": (np.zeros((2, 3)), "not as ndarray"),
    "a number": (5, "not as int"),
    "bytes": (b"hasil.csv", "not as bytes"),
    "a mapping": ({"a": TABLE}, "not as dict"),
    "a list with a number": ([TABLE, 5], "not as int"),
}


@pytest.mark.parametrize("how", SOURCES)
def test_what_is_no_table(how: str) -> None:
    source, said = SOURCES[how]
    with pytest.raises(TurnoutError, match=said):
        read_results(source)


DRAWS: dict[str, tuple[object, str]] = {
    "percentages": ([[50.0, 60.0]], "Divide percentages by 100"),
    "gaps": ([[np.nan, 0.5]], "between nan and nan"),
    "below nought": ([[-0.1, 0.5]], "between -0.1 and 0.5"),
    "too many places": ([[0.5, 0.5, 0.5]], r"here 2 wide, but their shape is \(1, 3\)"),
    "one row": ([0.5, 0.6], r"their shape is \(2,\)"),
    "none": (np.zeros((0, 2)), "at least one draw"),
}


@pytest.mark.parametrize("how", DRAWS)
def test_draws_that_are_no_shares(how: str) -> None:
    draws, said = DRAWS[how]
    places = pd.DataFrame({"area": ["Kasang", "Murni"], "registered": [1100.0, 985.0]})
    with pytest.raises(TurnoutError, match=said):
        Forecast(COMING, places, np.array(draws), "area")


@pytest.mark.parametrize("election", [None, "2024-11-27", 5])
@pytest.mark.parametrize("model", [HierarchicalModel(), Mixture(), LastOfType()])
def test_an_election_that_is_none(model: Model, election: object) -> None:
    with pytest.raises(TypeError, match="election must be an Election"):
        model.fit(TABLE).forecast(election)
