"""Real panels as results tables: those beside the project (../shared/data/panels) and its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

REFERENCE = SHARED / "reference_scores.csv"

OWN = Path(__file__).resolve().parent / "panels"
"""The project's own panels, which no part of the models was developed on; see its README."""


def panel_names() -> list[str]:
    """Names of the panels beside the project, in alphabetical order."""
    return sorted(path.name.removesuffix(".csv.gz") for path in SHARED.glob("panels/*.csv.gz"))


def own_panel_names() -> list[str]:
    """Names of the project's own panels, in alphabetical order."""
    return sorted(path.stem for path in OWN.glob("*.csv"))


def load_panel(name: str) -> pd.DataFrame:
    """Read one panel: one of the project's own, else one of those beside it."""
    return _own_panel(name) if name in own_panel_names() else _shared_panel(name)


def _own_panel(name: str) -> pd.DataFrame:
    """Read an own panel, whose columns have their names already."""
    text = {"election": str, "district": str, "area": str}
    table = pd.read_csv(OWN / f"{name}.csv", dtype=text, parse_dates=["date"])
    return table.assign(area_id=table["area"])


def _shared_panel(name: str) -> pd.DataFrame:
    """Read a shared panel: a unit is an area, its region the district where there are several."""
    text = {"unit": str, "region": str, "election": str, "name": str}
    raw = pd.read_csv(
        SHARED / "panels" / f"{name}.csv.gz", dtype=text, parse_dates=["date"], low_memory=False
    )
    table = raw.rename(columns={"region": "district"}).assign(area=raw["unit"], area_id=raw["unit"])
    columns = ["election", "date", "election_type", "district", "area", "area_id"]
    table = table[[*columns, "registered", "voters"]]
    return table if table["district"].nunique() > 1 else table.drop(columns="district")


def reference_scores() -> pd.DataFrame:
    """Read the reference's scores, without the targets where no area had a history.

    Those four (in_loksabha 2009, uk_constituency 1983 and 1997, us_chicago 2014-11) stand in the
    file with scores and coverages of 0, as if they had been forecast perfectly and missed.
    """
    scores = pd.read_csv(REFERENCE, dtype={"election": str})
    areas = scores[scores["scale"] == "area"]
    empty = areas.loc[areas["n"] == 0, ["panel", "election"]].drop_duplicates()
    marked = scores.merge(empty, how="left", indicator=True)
    return marked[marked["_merge"] == "left_only"].drop(columns="_merge").reset_index(drop=True)
