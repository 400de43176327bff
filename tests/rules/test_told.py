"""What a finding mentions is looked up when it is told, and is what the row said."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pandas as pd

from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_ALL = Rule(
    "all_kinds",
    "warning",
    Text(en="{name} {n} {whole} {known} {blank}", id="{name} {n} {whole} {known} {blank}"),
    Text(en="{day}", id="{day}"),
)
_TABLE = pd.DataFrame(
    {
        "name": ["Kasang", None, "Murni"],
        "n": [1.5, float("nan"), 3.0],
        "whole": [1, 2, 3],
        "known": [True, False, True],
        "blank": pd.Series([None, 2, "x"], dtype="object").array,
        "day": pd.to_datetime(["2024-02-14", None, "2024-11-27"]),
        "beside": [0, 0, 0],
    },
    index=[4, 7, 9],
)


def test_a_finding_mentions_what_its_row_says_in_plain_types() -> None:
    rows = _TABLE.index[[0, 2]]
    told = [dict(one.values) for one in _ALL.at(Draft.of_table(_TABLE), rows, "name")]
    assert told == _TABLE.loc[rows, _ALL.fields].to_dict("records")
    kinds = [{type(one[name]) for one in told} for name in ("n", "whole", "known", "day")]
    assert kinds == [{float}, {int}, {bool}, {pd.Timestamp}]


def test_a_finding_keeps_what_it_mentions_whatever_becomes_of_the_table() -> None:
    table = _TABLE.copy()
    [finding] = _ALL.at(Draft.of_table(table), table.index[:1], "n")
    table.loc[4, ["name", "n"]] = ["Sipin", 9.0]
    assert finding.say().startswith("row 4, column n ('1.5'): Kasang 1.5 1 True")


def test_a_finding_goes_to_another_process_alone() -> None:
    first, last = _ALL.at(Draft.of_table(_TABLE), _TABLE.index[[0, 2]], "name")
    again = pickle.loads(pickle.dumps(first))
    assert again == first
    assert again != last
    assert type(again.values) is dict
    assert replace(first, values={**first.values}) == first
