"""The real panels beside the project (../shared/data/panels) as results tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

REFERENCE = SHARED / "reference_scores.csv"


def panel_names() -> list[str]:
    """Names of all panels, in alphabetical order."""
    return sorted(path.name.removesuffix(".csv.gz") for path in SHARED.glob("panels/*.csv.gz"))


def load_panel(name: str) -> pd.DataFrame:
    """Read one panel: a unit is an area, its region the district where there are several."""
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
