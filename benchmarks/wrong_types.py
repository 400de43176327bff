"""Elections of real panels whose type is written wrong: which of them are told.

    python benchmarks/wrong_types.py

Every election of a panel with several types is called one of each other type in turn.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

import pandas as pd

from panels import add_data_option, load_panel, names_of
from turnout.rules.draft import Draft
from turnout.rules.like_another_type import because_of_type
from turnout.rules.measures import completed
from turnout.schema import RESULTS_COLUMNS


def named(table: pd.DataFrame) -> set[object]:
    """Return the elections that are told to be like another type."""
    whole = completed(Draft.of_table(table), *RESULTS_COLUMNS)
    return {one.values["contest"] for one in because_of_type(whole, [])}


def wrong_types(data: Path) -> pd.DataFrame:
    """Return by panel how many elections are told as they are, and with one type wrong."""
    rows = []
    for name in names_of("all", data):
        table = load_panel(name, data).drop(columns="area_id")
        table[["registered", "voters"]] = table[["registered", "voters"]].astype(float)
        kinds = table.groupby("election")["election_type"].first()
        told = [
            (election, named(table.assign(election_type=wrong)))
            for election, own in kinds.items()
            for kind in sorted({*kinds} - {own})
            for wrong in [table["election_type"].where(table["election"] != election, kind)]
        ]
        rows.append(
            {
                "panel": name,
                "elections": len(kinds),
                "told": len(named(table)),
                "wrong": len(told),
                "found": sum(election in names for election, names in told),
                "others": sum(bool(names - {election}) for election, names in told),
            }
        )
    return pd.DataFrame(rows).set_index("panel")


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    add_data_option(parser)
    table = wrong_types(parser.parse_args().data)
    print(table.to_string())
    print(table.sum().to_frame("all").T.to_string())
