"""A place that has the figures of another in the same contest: one row pasted over another.

Two places have the same registered and voters by chance, in a large table even often. A copy is
told where one of both is far from its own size in other contests, and the other is not: what would
be told as a jump has a cause that is seen; and where both are the same in several contests.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from turnout.language import Text
from turnout.rules.copied_districts import Copy
from turnout.rules.draft import Draft
from turnout.rules.history import JUMP
from turnout.rules.measures import chance_of_both
from turnout.rules.rule import Rule

LIKELY = 0.01
"""Of so many hundredths of places that jump another may have the same figures by chance."""
_FIGURES = ["registered", "voters"]
_LOOKED_AT = ["contest", "date", "key", "place", *_FIGURES]

PLACE_COPIED = Rule(
    "place_copied",
    "warning",
    Text(
        en="{place} has exactly the registered ({registered:count}) and voters ({voters:count}) of "
        "{usual} in {contest:contest}, and about {size:count} registered in other contests: it "
        "may be a copy.",
        id="pemilih terdaftar ({registered:count}) dan pengguna hak pilih ({voters:count}) {place} "
        "pada {contest:contest} persis sama dengan {usual}, padahal pada pemilihan lain pemilih "
        "terdaftarnya sekitar {size:count}: mungkin salinan.",
    ),
    Text(
        en="Look in the source document and put in the figures of its own; if they are right, "
        "leave them.",
        id="Periksa di dokumen sumbernya, lalu isi angkanya sendiri; bila memang benar, biarkan.",
    ),
)

ROW_COPIED = Rule(
    "row_copied",
    "warning",
    Text(
        en="{place} has exactly the registered and voters of {usual} in {n:count} elections "
        "({contests:contests}): one of the two is a copy of the other.",
        id="pemilih terdaftar dan pengguna hak pilih {place} persis sama dengan {usual} pada "
        "{n:count} pemilihan ({contests:contests}): salah satunya salinan dari yang lain.",
    ),
    Text(
        en="Look in the source document which of the two it is, and put in the figures of its own.",
        id="Periksa di dokumen sumbernya mana yang salinan, lalu isi angkanya sendiri.",
    ),
)


def check_places_copied(draft: Draft, places: pd.DataFrame, known: Iterable[Copy]) -> list[Copy]:
    """Find places with the figures of another in the same contest that are not of their size.

    Parameters
    ----------
    draft
        The rows that findings point at.
    places
        Those of the finest places, perhaps with those of other tables, labelled below 0.
    known
        Copies that are told already.
    """
    counted = (places["registered"] > 0) & (places["registered"] % 1 == 0)
    areas = places[_LOOKED_AT][counted]
    told = [row for copy in known for row in copy.rows]
    copied = _copied(areas[(areas.index >= 0) & (areas["voters"] > 0)], areas)
    rows = _told_of_rows(alike_throughout(areas[~areas.index.isin(told)]))
    told += [row for _, own, _ in rows for row in own]
    copied = copied[~copied.index.isin(told)]
    return [
        *(
            Copy(one, own)
            for at, own, values in rows
            for one in ROW_COPIED.at(draft, pd.Index([at]), "registered", values)
        ),
        *(
            Copy(one, place.index)
            for _, place in copied.groupby(level=0, sort=True)
            for one in PLACE_COPIED.at(draft, place.index, "registered", place)
        ),
    ]


def alike_throughout(areas: pd.DataFrame) -> pd.DataFrame:
    """Return rows of two places with the same figures in several contests, where it is no chance.

    Parameters
    ----------
    areas
        Finest places of several contests, with key, registered and voters.

    Returns
    -------
    pandas.DataFrame
        The rows of the places that stand second in each contest, beside the label (``other``), key
        (``key_other``) and name (``usual``) of those that stand first.

    Examples
    --------
    >>> areas = pd.DataFrame({
    ...     "contest": ["A", "A", "B", "B"], "key": [1, 2, 1, 2], "place": ["X", "Y", "X", "Y"],
    ...     "registered": [801, 801, 823, 823], "voters": [501, 501, 613, 613]})
    >>> alike_throughout(areas)[["contest", "place", "usual"]].values.tolist()
    [['A', 'Y', 'X'], ['B', 'Y', 'X']]
    """
    by = ["contest", *_FIGURES]
    rows = areas[(areas["voters"] > 0) & (areas["registered"] > 0)]
    rows = rows[rows.duplicated(by, keep=False) & ~rows.duplicated(["contest", "key"], keep=False)]
    rows = rows[rows.groupby(by)["key"].transform("size") == _TWO]
    # Of each pair the same place stands first in all contests.
    rows = rows.assign(stands=pd.factorize(rows["key"])[0])
    rows = rows.sort_values([*by, "stands"], kind="stable")
    first, second = rows[::2], rows[1::2]
    both = second.assign(
        other=first.index,
        key_other=first["key"].to_numpy(),
        usual=first["place"].to_numpy(),
        chance=chance_of_both(second),
    ).drop_duplicates([*_PAIR, *_FIGURES])
    pairs = both.groupby(_PAIR)["chance"]
    ways = areas["key"].nunique() ** 2 / 2
    return both[(pairs.transform("size") >= _TWO) & (pairs.transform("prod") * ways < LIKELY)]


_TWO = 2
_PAIR = ["key", "key_other"]


def _told_of_rows(alike: pd.DataFrame) -> list[tuple[int, pd.Index, pd.DataFrame]]:
    """Return where each copy of a row is told, the rows of both, and what is said of it."""
    told = []
    for _, pair in alike.groupby(_PAIR, sort=False):
        own = pair.index.union(pd.Index(pair["other"], dtype=pair.index.dtype))
        own = own[own >= 0]
        later = pair.index[pair.index >= 0]
        if len(later):
            at = int(later.min())
            said = {
                "place": pair.loc[at, "place"],
                "usual": pair.loc[at, "usual"],
                "n": len(pair),
                "contests": [list(pair.sort_index()["contest"])],
            }
            values = pd.DataFrame(said, [at])
            told.append((at, own, values))
    return told


def _copied(own: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return rows that are of another size than their place, beside the place they are copied of.

    Three places or more with the same figures are filled in by other means than a paste.
    """
    many = own.groupby("contest")["key"].transform("size")
    own = own[chance_of_both(own) * many < LIKELY]
    same = own.groupby(["contest", *_FIGURES])["key"]
    both = own[(same.transform("size") == 2) & (same.transform("nunique") == 2)]
    both = both.sort_values(["contest", *_FIGURES], kind="stable")
    both = both.join(_own_sizes(both, areas))
    other = np.arange(len(both)) ^ 1
    sound = (both["times"] <= 1 + JUMP).to_numpy()[other]
    odd = (both["times"] > 1 + JUMP).to_numpy()
    return both.assign(usual=both["place"].to_numpy()[other])[odd & sound]


def _own_sizes(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the registered of each row's place in other contests, and how far the next are off.

    The next are the last before and the first after, and those of the same day: a place that grew
    slowly is no other one.
    """
    rows = rows[["contest", "date", "key", "registered"]].assign(row=rows.index)
    told = areas[["contest", "date", "key", "registered"]]
    others = rows.merge(told, on="key", suffixes=("", "_other"))
    others = others[others["contest"] != others["contest_other"]]
    own, other = others["registered"], others["registered_other"]
    days = (others["date_other"] - others["date"]).dt.days
    beside = others.assign(
        times=np.maximum(own, other) / np.minimum(own, other), side=np.sign(days), gap=days.abs()
    )
    beside = beside.dropna(subset="gap").sort_values("gap", kind="stable")
    beside = beside.drop_duplicates(["row", "side"])
    return pd.DataFrame(
        {
            "size": others.groupby("row")["registered_other"].median().round(),
            "times": beside.groupby("row")["times"].max(),
        }
    ).reindex(rows.index)
