"""Old areas' observations passed on to the new areas that took their voters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.identity.keys import plain_name


def follow_crosswalk(entries: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Give new areas the past of the areas that their voters came from.

    An old area's row of a contest before the change is replaced by one row per successor: its
    turnout is the mixture of the parents' by weight, its voters are shared out by the
    successors' newest size (so that no voter counts twice), and `copies` tells how many
    successors lean on the same observation, so that a model can let it count once.

    Parameters
    ----------
    entries
        Rows of results and roll with the number of each row's `place`.
    crosswalk
        Columns of `schema.CROSSWALK_COLUMNS`; weights sum to 1 per new area.

    Returns
    -------
    pandas.DataFrame
        The entries with the old rows replaced.
    """
    links = _links(entries, crosswalk)
    if links.empty:
        return entries
    derived, replaced = [], np.zeros(len(entries), dtype=bool)
    areas = entries[entries["area"].notna() & entries["election"].notna()]
    for _, rows in areas.groupby("election", sort=False):
        passed_on = _passed_on(rows, links)
        if passed_on.empty:
            continue
        replaced[rows.index[rows["place"].isin(passed_on["old"])]] = True
        derived.append(_successors(rows, passed_on, entries))
    return pd.concat([*derived, entries[~replaced]], ignore_index=True)


def _links(entries: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return new place, old place, weight and the share of the old that went to the new."""
    areas = entries[entries["area"].notna()]
    coded = areas[areas["area_id"].notna()]
    place_of_id = dict(zip(coded["area_id"], coded["place"], strict=True))
    names = [plain_name(name) for name in areas["area"]]
    place_of_name = dict(zip(names, areas["place"], strict=True))

    def place(code: object, name: object) -> float:
        if isinstance(code, str) and code in place_of_id:
            return place_of_id[code]
        return place_of_name.get(plain_name(name), np.nan) if isinstance(name, str) else np.nan

    links = pd.DataFrame(
        {
            "new": [
                place(*pair)
                for pair in zip(crosswalk["new_id"], crosswalk["new_area"], strict=True)
            ],
            "old": [
                place(*pair)
                for pair in zip(crosswalk["old_id"], crosswalk["old_area"], strict=True)
            ],
            "weight": crosswalk["weight"].to_numpy(float),
        }
    ).dropna()
    links = links.astype({"new": np.intp, "old": np.intp})
    successors = links.groupby("old")["new"].transform("size")
    parents = links.groupby("new")["old"].transform("size")
    changed = links[(successors > 1) | (parents > 1) | (links["new"] != links["old"])].copy()
    size = entries.groupby("place")["registered"].last()
    flow = changed["weight"] * changed["new"].map(size).fillna(1.0)
    changed["share"] = flow / flow.groupby(changed["old"]).transform("sum")
    return changed


def _passed_on(rows: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return the links whose old area was observed before its successors existed."""
    observed = links["old"].isin(rows["place"])
    successor_there = links["new"].isin(rows["place"]) & (links["new"] != links["old"])
    split_already = successor_there.groupby(links["old"]).transform("any")
    return links[observed & ~split_already]


def _successors(rows: pd.DataFrame, links: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    old = rows.drop_duplicates("place").set_index("place").loc[links["old"]]
    turnout = (old["voters"] / old["registered"]).to_numpy()
    effective = 1.0 / (links["share"] ** 2).groupby(links["old"]).transform("sum").to_numpy()
    share, weight = links["share"].to_numpy(), links["weight"].to_numpy()
    low, high = (old[name].fillna(old["voters"]) for name in ("voters_low", "voters_high"))
    parts = pd.DataFrame(
        {
            "new": links["new"].to_numpy(),
            "weight": weight,
            "registered": share * old["registered"].to_numpy(),
            "weighted_turnout": weight * turnout,
            "copies": weight * effective,
            "voters_low": share * low.to_numpy(),
            "voters_high": share * high.to_numpy(),
            "stations_counted": share * old["stations_counted"].to_numpy(),
            "stations_total": share * old["stations_total"].to_numpy(),
        }
    )
    summed = parts.groupby("new").sum(min_count=1)
    first = links.drop_duplicates("new").set_index("new").loc[summed.index, "old"]
    template = old[~old.index.duplicated()].loc[first].reset_index(drop=True)
    new = template.assign(
        place=summed.index.to_numpy(),
        registered=summed["registered"].to_numpy(),
        voters=(summed["registered"] * summed["weighted_turnout"] / summed["weight"]).to_numpy(),
        voters_low=summed["voters_low"].to_numpy(),
        voters_high=summed["voters_high"].to_numpy(),
        copies=(summed["copies"] / summed["weight"]).to_numpy(),
        stations_counted=summed["stations_counted"].to_numpy(),
        stations_total=summed["stations_total"].to_numpy(),
    )
    names = entries.drop_duplicates("place", keep="last").set_index("place")
    columns = ["nation", "province", "city", "district", "area", "area_id"]
    new[columns] = names.loc[summed.index, columns].to_numpy()
    return new[rows.columns]
