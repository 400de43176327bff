"""Covariates that are known before an election: columns of the user's (docs/model.md, section 10).

What is the same for all places of a contest acts on the contest: there are few contests, and
what sets them apart can be large. What differs between the places of a contest acts on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Floats
from turnout.errors import DataError
from turnout.forecast import Note
from turnout.language import Text
from turnout.models.covariates.linear_effect import LinearEffect
from turnout.models.covariates.parts import Part, parts_of
from turnout.models.covariates.values import Values

# What a change of the logit is as a share, at a turnout of 70%.
_SLOPE = 0.7 * 0.3


@dataclass(frozen=True)
class Covariate:
    """One covariate of a panel.

    Parameters
    ----------
    name
        Its column.
    values
        (nodes, contests) in its own units, NaN where it is not known; that of a total is the
        mean of its places, weighted by registered voters.
    parts
        What has a coefficient of its own: what differs between the places of a contest, and what
        the contest has in common.
    unknown
        Past results and places to forecast that it is not known for, with the number of each.
    """

    name: str
    values: Floats
    parts: tuple[Part, ...]
    unknown: Mapping[str, int]

    @property
    def is_flat(self) -> bool:
        """Whether it never differs between the places of one contest."""
        return not np.nan_to_num(self.values - self.values[0]).any()

    @property
    def effects(self) -> tuple[LinearEffect, ...]:
        """The linear effects of its parts."""
        return tuple(part.effect for part in self.parts)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader has to know of it."""
        notes = []
        for part in self.parts:
            known = {"mean": _SLOPE * part.mean, "sd": _SLOPE * part.sd}
            if not part.varied:
                notes.append(Note(_NEVER_VARIED, {"name": self.name, **known}))
            if part.is_beyond:
                low, high = part.past
                far = {"coming": part.coming, "low": low, "high": high}
                notes.append(Note(_BEYOND, {"name": self.name, **far, **known}))
        if self.unknown["results"] or self.unknown["places"]:
            notes.append(Note(_UNKNOWN, {"name": self.name, **self.unknown}))
        return tuple(notes)


def read_covariates(
    panel: Panel, names: Sequence[str], coming: int | None = None
) -> tuple[Covariate, ...]:
    """Read covariates from the results' columns and, for the coming election, from the roll's.

    Parameters
    ----------
    panel
        Places by contests.
    names
        Columns of the results and of the roll; or one of `covariate_values.COMPUTED`, which needs
        no column.
    coming
        Row number of the coming election; None while only the past is looked at.

    Raises
    ------
    DataError
        If a covariate is in no column, is not a number, or has no value in the past or for the
        coming election.

    Examples
    --------
    >>> import pandas as pd
    >>> from turnout.areas import build_panel
    >>> results = pd.DataFrame({
    ...     "date": ["2015-12-09", "2015-12-09", "2018-06-27", "2018-06-27"],
    ...     "election_type": "pilkada", "area": ["Murni", "Legok"] * 2, "registered": 1000,
    ...     "voters": 700, "candidates": [2, 2, 4, 4]})
    >>> covariate, = read_covariates(build_panel(results), ["candidates"])
    >>> covariate.effects[0].values[0].tolist(), covariate.effects[0].sd
    ([-1.0, 1.0], 0.3)
    """
    return tuple(_read(panel, name, coming) for name in dict.fromkeys(names))


def covariate_effects(panel: Panel, names: Sequence[str]) -> tuple[LinearEffect, ...]:
    """Return the linear effects of covariates, the past alone looked at; see `read_covariates`."""
    covariates = read_covariates(panel, names)
    return tuple(effect for covariate in covariates for effect in covariate.effects)


def _read(panel: Panel, name: str, coming: int | None) -> Covariate:
    found = Values.of(panel, name, coming)
    node, contest = panel.cells["node"].to_numpy(), panel.cells["contest"].to_numpy()
    before = contest != coming
    node, contest = node[before], contest[before]
    if np.isnan(found.grid[node, contest]).all():
        raise DataError(_NO_PAST, name=name)
    if coming is not None and np.isnan(found.grid[panel.targets, coming]).all():
        raise DataError(_NO_COMING, name=name)
    return Covariate(
        name,
        found.grid,
        parts_of(panel, name, found, coming),
        unknown={
            "results": int((~found.told[node, contest]).sum()),
            "of_results": len(node),
            "places": 0 if coming is None else int((~found.told[panel.targets, coming]).sum()),
            "of_places": len(panel.targets),
        },
    )


_NO_PAST = Text(
    en="The covariate '{name}' has no value in any result before the election. Fill its column "
    "in (voters_per_station needs stations_total), or leave the covariate out.",
    id="Kovariat '{name}' tidak memiliki nilai pada satu pun hasil sebelum pemilihan. Isi kolomnya "
    "(voters_per_station memerlukan kolom jumlah TPS), atau jangan pakai kovariat itu.",
)
_NO_COMING = Text(
    en="The covariate '{name}' has no value for the coming election. Add the column '{name}' to "
    "the roll, with the same value in every row if it holds for the whole election "
    "(voters_per_station can also be had from stations_total).",
    id="Kovariat '{name}' tidak memiliki nilai untuk pemilihan mendatang. Tambahkan kolom '{name}' "
    "pada daftar pemilih, dengan nilai yang sama di setiap baris bila berlaku untuk seluruh "
    "pemilihan (voters_per_station dapat pula dihitung dari kolom jumlah TPS).",
)
_NEVER_VARIED = Text(
    en="The covariate '{name}' had the same value in all past elections, so its effect is "
    "known from its prior alone ({mean:points} points, give or take {sd:points}, at a "
    "turnout of 70%).",
    id="Kovariat '{name}' bernilai sama pada semua pemilihan yang lalu: pengaruhnya hanya "
    "diketahui dari prior ({mean:points} poin, kurang lebih {sd:points}, pada tingkat partisipasi "
    "70%).",
)
_BEYOND = Text(
    en="The covariate '{name}' is {coming:amount} in the coming election; in past ones it "
    "lay between {low:amount} and {high:amount}. Its effect that far out is known mostly "
    "from its prior ({mean:points} points, give or take {sd:points}, at a turnout of 70%).",
    id="Kovariat '{name}' bernilai {coming:amount} pada pemilihan mendatang; pada pemilihan yang "
    "lalu nilainya antara {low:amount} dan {high:amount}. Pengaruhnya pada nilai sejauh itu "
    "terutama diketahui dari prior ({mean:points} poin, kurang lebih {sd:points}, pada tingkat "
    "partisipasi 70%).",
)
_UNKNOWN = Text(
    en="The covariate '{name}' is not known for {results:count} of {of_results:count} past "
    "results and {places:count} of {of_places:count} places to forecast; the mean is used "
    "there.",
    id="Kovariat '{name}' tidak diketahui pada {results:count} dari {of_results:count} hasil yang "
    "lalu dan {places:count} dari {of_places:count} wilayah yang diprakirakan; di sana dipakai "
    "nilai rata-rata.",
)
