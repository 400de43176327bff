"""Stations that have every figure of another one, where chance does not explain it.

The chance of each figure is what the table shows, and at least that of counts that vary by lot
alone: no two stations are more alike than those whose voters each decide for themselves.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.arrays import Floats

LIKELY = 0.01
"""Pairs of stations, in the whole table, that chance may have made alike."""
_OF_WHOM = {
    "registered_l": "registered",
    "voters": "registered",
    "voters_l": "voters",
    "invalid": "voters",
}
"""Figures that do not follow from each other, and of whom each is a part."""
FIGURES = ("registered", *_OF_WHOM)
_FEWEST = 3
"""Figures that a pair has in common: of two alone, round ones for example, many are alike."""
_NEAR = 10
"""Stations whose registered differ by so many at most are of one size."""
_BELIEVED = 50.0
"""So many pairs of a table count for as much as what lot alone makes of a figure."""
_BLANK = -1.0


def alike_stations(stations: pd.DataFrame, contest: pd.Series, area: pd.Series) -> pd.DataFrame:
    """Return stations with all figures of another in their contest, if it is no chance.

    Parameters
    ----------
    stations
        Rows of polling stations; of those without voters, as on a roll, none are told.
    contest, area
        The contest of each, and its contest and area.

    Returns
    -------
    pandas.DataFrame
        ``copy`` and ``source``, their rows, and ``n``, how many figures both have.

    Examples
    --------
    >>> rows = pd.DataFrame({"registered": [412, 388, 412], "voters": [301, 290, 301]})
    >>> one = pd.Series(0, rows.index)
    >>> alike_stations(rows.assign(registered_l=[207, 190, 207]), one, one).to_numpy().tolist()
    [[2, 0, 3]]
    """
    figures = [name for name in FIGURES if name in stations]
    if "voters" not in figures or len(figures) < _FEWEST:
        return pd.DataFrame({"copy": [], "source": [], "n": []}, dtype="int64")
    rows = stations.loc[(stations[["registered", "voters"]] > 0).all(axis=1), figures]
    rows = rows.astype("float64").fillna(_BLANK)
    rows = rows.assign(contest=contest[rows.index], area=area[rows.index], row=rows.index)
    by = ["contest", *figures]
    twice = rows[rows.duplicated(by, keep=False)].sort_values([*by, "area", "row"])
    above = twice.shift().where(twice.duplicated(by))
    pairs = twice[above["row"].notna()]
    above = above.loc[pairs.index]
    within = (pairs["area"] == above["area"]).to_numpy()
    if not len(pairs):
        return pd.DataFrame({"copy": [], "source": [], "n": []}, dtype="int64")
    as_large = np.where(within, _of_one_size(rows, "area"), _of_one_size(rows, "contest"))
    n = (pairs[figures] != _BLANK).sum(axis=1).to_numpy()
    found = (as_large * _chance(rows, pairs, figures) < LIKELY) & (n >= _FEWEST)
    return pd.DataFrame(
        {
            "copy": pairs["row"].to_numpy()[found],
            "source": above["row"].to_numpy("int64")[found],
            "n": n[found],
        }
    )


def _of_one_size(rows: pd.DataFrame, within: str) -> float:
    """Return how many other pairs of stations, of an area or contest, have one registered."""
    return max(_alike(rows, [within, "registered"]) - 1, _near(rows, within) / (2 * _NEAR + 1))


def _alike(rows: pd.DataFrame, by: list[str]) -> float:
    """Return how many pairs of rows have these columns in common."""
    n = rows.groupby(by, sort=False).size().to_numpy("float64")
    return float((n * (n - 1) / 2).sum())


def _near(rows: pd.DataFrame, within: str) -> float:
    """Return how many pairs of stations, of an area or contest, are of about one size."""
    apart = rows["registered"].max() + 2 * _NEAR
    code, _ = pd.factorize(rows[within])
    at = np.sort(code * apart + rows["registered"].to_numpy())
    last = np.searchsorted(at, at + _NEAR, side="right")
    return float((last - np.arange(len(at)) - 1).sum())


def _chance(rows: pd.DataFrame, pairs: pd.DataFrame, figures: list[str]) -> Floats:
    """Return how likely two stations of one size have the other figures of each pair in common.

    By lot a part of n people is as large as another one with a chance of 1 / (2 s sqrt(pi)) at
    most, s its standard deviation. Rounded or made-up figures are so more often: that is counted
    in pairs of the contest with the same whole, and weighed against it.
    """
    chance = np.ones(len(pairs))
    for name in figures[1:]:
        whole = _OF_WHOM[name]
        deviation = np.sqrt(_variance(pairs, name))
        with np.errstate(divide="ignore"):
            by_lot = np.minimum(1 / (2 * np.sqrt(np.pi) * deviation), 1.0)
        of_one = _alike(rows, ["contest", whole]) - 1
        seen = _alike(rows, ["contest", whole, name]) - 1
        weighed = (seen + _BELIEVED * by_lot) / (of_one + _BELIEVED)
        blank = (pairs[name] == _BLANK).to_numpy()
        chance *= np.where(blank, 1.0, np.fmax(by_lot, weighed))
    return chance


def _variance(pairs: pd.DataFrame, name: str) -> Floats:
    """Return the variance of a figure if lot alone divides the whole that it is a part of.

    Men among the voters are drawn from the registered without being put back.
    """
    whole = pairs[_OF_WHOM[name]].to_numpy()
    share = (pairs[name].to_numpy() / whole).clip(0.0, 1.0)
    left = 1.0
    if name == "voters_l":
        left = 1.0 - (whole / pairs["registered"].to_numpy()).clip(0.0, 1.0)
    return np.asarray(whole * share * (1.0 - share) * left)
