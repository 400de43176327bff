"""Covariates that are known before an election: columns that the user names (MODEL.md, section 2).

What is the same for all places of a contest acts on the contest: there are few contests, and
what sets them apart can be large. What differs between the places of a contest acts on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from turnout.areas import Panel
from turnout.errors import DataError
from turnout.forecast import Note
from turnout.language import Text
from turnout.models.covariate_values import Values
from turnout.models.effects import LeafEffect

Floats = NDArray[np.float64]

CONTEST_SD = 0.3
"""Prior sd (logit) of what one standard deviation of a contest's covariate changes."""

PLACE_SD = 0.15
"""Prior sd (logit) of what one standard deviation of a place's covariate changes."""

# What a change of the logit is as a share, at a turnout of 70%.
_SLOPE = 0.7 * 0.3


@dataclass(frozen=True)
class DocumentedPrior:
    """What is known of a covariate's effect: logit per unit, and where that comes from."""

    mean: float
    sd: float
    source: str


_ONE_CANDIDATE = DocumentedPrior(
    -0.1, 0.2, "DOMAIN.md, part 1: our judgement; lower turnout is expected, no causal estimate"
)

DOCUMENTED: Mapping[str, DocumentedPrior] = {
    "uncontested": _ONE_CANDIDATE,
    "kotak_kosong": _ONE_CANDIDATE,
}
"""Covariates with a prior of their own; all others have `CONTEST_SD` or `PLACE_SD`."""


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
    center, unit
        What is taken for usual, and what is taken for one: the past mean and standard deviation,
        or one of its own units where its prior is documented.
    mean, sd
        Prior of what `unit` changes (logit).
    varied
        Whether it took more than one value in the past.
    unknown
        Past results and places to forecast that it is not known for, with the number of each.
    """

    name: str
    values: Floats
    center: float
    unit: float
    mean: float
    sd: float
    varied: bool
    unknown: Mapping[str, int]

    @property
    def effect(self) -> LeafEffect:
        """The linear effect; where the covariate is not known it counts at the mean."""
        standard = np.nan_to_num((self.values - self.center) / self.unit)
        return LeafEffect(self.name, standard, self.mean, self.sd, unit=self.unit)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader has to know of it."""
        notes = []
        if not self.varied:
            known = {"mean": _SLOPE * self.mean, "sd": _SLOPE * self.sd}
            notes.append(Note(_NEVER_VARIED, {"name": self.name, **known}))
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
        If a covariate is in no column, is no number, or has no value in the past or for the
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
    >>> covariate.effect.values[0].tolist(), covariate.sd
    ([-1.0, 1.0], 0.3)
    """
    return tuple(_read(panel, name, coming) for name in dict.fromkeys(names))


def _read(panel: Panel, name: str, coming: int | None) -> Covariate:
    found = Values.of(panel, name, coming)
    node, contest = panel.cells["node"].to_numpy(), panel.cells["contest"].to_numpy()
    before = contest != coming
    node, contest = node[before], contest[before]
    past = found.grid[0, np.unique(contest)] if found.of_contests else found.grid[node, contest]
    past = past[~np.isnan(past)]
    if not len(past):
        raise DataError(_NO_PAST, name=name)
    ahead = np.full(1, np.nan) if coming is None else found.grid[panel.targets, coming]
    if coming is not None and np.isnan(ahead).all():
        raise DataError(_NO_COMING, name=name)
    center, spread = float(past.mean()), float(past.std())
    varied = spread > 1e-9 * max(1.0, abs(center))
    prior = DOCUMENTED.get(name)
    sd = CONTEST_SD if found.of_contests else PLACE_SD
    return Covariate(
        name,
        found.grid,
        center,
        unit=1.0 if prior else spread if varied else _step(ahead - center),
        mean=prior.mean if prior else 0.0,
        sd=prior.sd if prior else sd,
        varied=varied,
        unknown={
            "results": int((~found.told[node, contest]).sum()),
            "of_results": len(node),
            "places": 0 if coming is None else int((~found.told[panel.targets, coming]).sum()),
            "of_places": len(panel.targets),
        },
    )


def _step(change: Floats) -> float:
    """Return the largest change that lies ahead, for want of a spread in the past; 1 without."""
    largest = float(np.abs(np.nan_to_num(change)).max())
    return largest if largest > 0 else 1.0


_NO_PAST = Text(
    en="The covariate '{name}' has no value in any result before the election. Fill its column "
    "in (voters_per_station needs stations_total), or leave the covariate out.",
    id="Kovariat '{name}' tidak memiliki nilai pada satu pun hasil sebelum pemilihan. Isi kolomnya "
    "(voters_per_station memerlukan stations_total), atau jangan pakai kovariat itu.",
)
_NO_COMING = Text(
    en="The covariate '{name}' has no value for the coming election. Add the column '{name}' to "
    "the roll, with the same value in every row if it holds for the whole election "
    "(voters_per_station can also be had from stations_total).",
    id="Kovariat '{name}' tidak memiliki nilai untuk pemilihan mendatang. Tambahkan kolom '{name}' "
    "pada daftar pemilih, dengan nilai yang sama di setiap baris bila berlaku untuk seluruh "
    "pemilihan (voters_per_station dapat pula dihitung dari stations_total).",
)
_NEVER_VARIED = Text(
    en="The covariate '{name}' had one and the same value in all past results: what it changes is "
    "known from its prior alone ({mean:points} points, give or take {sd:points}, at a turnout "
    "of 70%).",
    id="Kovariat '{name}' bernilai sama pada semua hasil yang lalu: pengaruhnya hanya diketahui "
    "dari prior ({mean:points} poin, kurang lebih {sd:points}, pada tingkat partisipasi 70%).",
)
_UNKNOWN = Text(
    en="The covariate '{name}' is not known for {results:count} of {of_results:count} past results "
    "and {places:count} of {of_places:count} places to forecast; there it counts at the mean.",
    id="Kovariat '{name}' tidak diketahui pada {results:count} dari {of_results:count} hasil yang "
    "lalu dan {places:count} dari {of_places:count} wilayah yang diprakirakan; di sana dipakai "
    "nilai rata-rata.",
)
