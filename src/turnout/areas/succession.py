"""Old areas' observations passed on to the new areas that took their voters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.errors import DataError
from turnout.identity.match import PlaceNames, tell_spellings
from turnout.language import Text
from turnout.schema import PLACE_COLUMNS, parts_of_counts

_NAMES = (*PLACE_COLUMNS, "area_id")


def follow_crosswalk(
    entries: pd.DataFrame, crosswalk: pd.DataFrame, coming: str | None = None
) -> pd.DataFrame:
    """Give new areas the past of the areas that their voters came from.

    An old area's row of a contest before the change is replaced by one row per successor: its
    turnout is the mixture of the parents' by weight, its voters are shared out by the
    successors' newest size (so that no voter counts twice), and `copies` tells how many
    successors lean on the same observation, so that a model can let it count once.

    Parameters
    ----------
    entries
        Rows of results and roll (`on_roll`) with the number of each row's `place`.
    crosswalk
        Columns of `schema.CROSSWALK_COLUMNS`; weights sum to 1 per new area.
    coming
        Label of the coming election: what is counted of an area that is on the roll is its own,
        whether its successors are in yet or not.

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
    of_today = entries["place"][entries["on_roll"]]
    for election, rows in areas.groupby("election", sort=False):
        passed_on = _passed_on(rows, links)
        if election == coming:
            passed_on = passed_on[~passed_on["old"].isin(of_today)]
        if passed_on.empty:
            continue
        replaced[rows.index[rows["place"].isin(passed_on["old"])]] = True
        derived.append(_successors(rows, passed_on, entries))
    return pd.concat([*derived, entries[~replaced]], ignore_index=True)


def _links(entries: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return new place, old place, weight and the share of the old that went to the new."""
    areas = entries[entries["area"].notna()]
    known = areas.drop_duplicates(["place", *_NAMES]).reset_index(drop=True)
    names = PlaceNames(known.assign(scale="area"))
    number = known["place"].to_numpy()
    spelled: dict[str, str] = {}

    def place(code: object, name: object) -> float:
        match = names.find_row({"area": name}, code)
        places = {int(number[row]) for row in match.rows}
        if len(places) > 1:
            fits = names.listed(match.rows)
            raise DataError(_AMBIGUOUS, place=name if isinstance(name, str) else code, fits=fits)
        if match.by_spelling:
            spelled[str(name)] = names.name(match.rows[0])
        return places.pop() if places else np.nan

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
    tell_spellings(spelled)
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
    by_group = parts_of_counts(rows)
    turnout = (old["voters"] / old["registered"]).to_numpy()
    effective = 1.0 / (links["share"] ** 2).groupby(links["old"]).transform("sum").to_numpy()
    share, weight = links["share"].to_numpy(), links["weight"].to_numpy()
    ranges = [name for name in ("voters_low", "voters_high") if name in old]
    parts = pd.DataFrame(
        {
            "new": links["new"].to_numpy(),
            "weight": weight,
            "registered": share * old["registered"].to_numpy(),
            "weighted_turnout": weight * turnout,
            "copies": weight * effective,
            **{name: share * old[name].fillna(old["voters"]).to_numpy() for name in ranges},
            "stations_counted": share * old["stations_counted"].to_numpy(),
            "stations_total": share * old["stations_total"].to_numpy(),
            "voters": share * old["voters"].to_numpy(),
            **{name: share * old[name].to_numpy(float) for name in by_group},
        }
    )
    summed = parts.groupby("new").sum(min_count=1)
    first = links.drop_duplicates("new").set_index("new").loc[summed.index, "old"]
    template = old[~old.index.duplicated()].loc[first].reset_index(drop=True)
    voters = summed["registered"] * summed["weighted_turnout"] / summed["weight"]
    # So that the groups of the new area are its voters where those of the old ones were.
    mixed = voters / summed["voters"]
    groups = {
        name: summed[name] * (mixed if name.startswith("voters") else 1.0) for name in by_group
    }
    new = template.assign(
        place=summed.index.to_numpy(),
        registered=summed["registered"].to_numpy(),
        voters=voters.to_numpy(),
        **{name: summed[name].to_numpy() for name in ranges},
        copies=(summed["copies"] / summed["weight"]).to_numpy(),
        stations_counted=summed["stations_counted"].to_numpy(),
        stations_total=summed["stations_total"].to_numpy(),
        **{name: counts.to_numpy() for name, counts in groups.items()},
    )
    names = entries.drop_duplicates("place", keep="last").set_index("place")
    columns = ["nation", "province", "city", "district", "area", "area_id"]
    new[columns] = names.loc[summed.index, columns].to_numpy()
    return new[rows.columns]


_AMBIGUOUS = Text(
    en="The crosswalk names '{place}', which is the name of several areas: {fits}. Give their "
    "codes in new_id and old_id.",
    id="Tabel pemekaran menyebut '{place}', yaitu nama beberapa wilayah: {fits}. Isi kode "
    "wilayahnya di kolom kode_baru dan kode_lama.",
)
