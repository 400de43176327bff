"""Real panels as results tables, from benchmarks/panels or another folder that is laid out like it.

NAME.csv are the panels that no model was developed on, development/NAME.csv.gz those of it,
development/reference_scores.csv what the prototype scored on the latter. Columns: election, date,
election_type, district (where there are several), area, registered, voters.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

import pandas as pd

DATA = Path(__file__).resolve().parent / "panels"

SETS = ("development", "own", "all")


def panel_names(data: Path = DATA) -> list[str]:
    """Names of the panels of development, in alphabetical order."""
    return sorted(path.name.removesuffix(".csv.gz") for path in data.glob("development/*.csv.gz"))


def own_panel_names(data: Path = DATA) -> list[str]:
    """Names of the panels that no model was developed on, in alphabetical order."""
    return sorted(path.stem for path in data.glob("*.csv"))


def names_of(chosen: str, data: Path = DATA) -> list[str]:
    """Names of the panels of one of the `SETS`."""
    own = own_panel_names(data) if chosen != "development" else []
    return [*(panel_names(data) if chosen != "own" else []), *own]


def load_panel(name: str, data: Path = DATA) -> pd.DataFrame:
    """Read one panel of either set; its areas' names are their codes."""
    own = data / f"{name}.csv"
    path = own if own.exists() else data / "development" / f"{name}.csv.gz"
    text = {"election": str, "district": str, "area": str}
    table = pd.read_csv(path, dtype=text, parse_dates=["date"])
    return table.assign(area_id=table["area"])


def reference_scores(data: Path = DATA) -> pd.DataFrame:
    """Read the reference's scores, without the targets where no area had a history.

    Those four (in_loksabha 2009, uk_constituency 1983 and 1997, us_chicago 2014-11) stand in the
    file with scores and coverages of 0, as if they had been forecast perfectly and missed.
    """
    scores = pd.read_csv(data / "development" / "reference_scores.csv", dtype={"election": str})
    areas = scores[scores["scale"] == "area"]
    empty = areas.loc[areas["n"] == 0, ["panel", "election"]].drop_duplicates()
    marked = scores.merge(empty, how="left", indicator=True)
    return marked[marked["_merge"] == "left_only"].drop(columns="_merge").reset_index(drop=True)


def add_data_option(parser: ArgumentParser) -> None:
    """Let a benchmark be run on the panels of another folder."""
    told = "folder of the panels, laid out as benchmarks/panels (the default)"
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help=told)
