"""Quick counts: probability samples of stations, by themselves and as part of a count.

By itself a sample tells the turnout of the whole by the combined ratio estimator [1]_, voters over
registered with the strata weighed by their number of stations,

    B = sum_h N_h ybar_h / sum_h N_h xbar_h
    V = sum_h N_h^2 (1 - n_h / N_h) s_eh^2 / n_h / (sum_h N_h xbar_h)^2,    e = y - B x

and needs no model. In a count its stations are counted ones that are a fair sample of their place:
they have none of the offset that the stations share which report first (docs/model.md, section 14).

References
----------
.. [1] Lohr (2022), Sampling: Design and Analysis, 3rd ed., chapter 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import t as student

from turnout.errors import DataError
from turnout.identity.keys import numbers_of_places
from turnout.language import Language, Text
from turnout.schema import PLACE_COLUMNS

SAMPLED = "sampled"
"""Column of a count: whether a row's stations are a probability sample of its place's."""

_LEAST = 2


@dataclass(frozen=True)
class SampleEstimate:
    """Turnout of the whole by a sample alone.

    Parameters
    ----------
    turnout, error
        The ratio estimate and its standard error, shares.
    stations, population
        Stations of the sample, and all of them.
    strata
        Number of strata.
    """

    turnout: float
    error: float
    stations: int
    population: int
    strata: int = 1

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """Return the confidence interval, with Student's t of stations less strata.

        Examples
        --------
        >>> low, high = SampleEstimate(0.7, 0.01, 30, 1_000).interval()
        >>> round(low, 3), round(high, 3)
        (0.683, 0.717)
        """
        away = float(student.ppf((1 + level) / 2, self.stations - self.strata)) * self.error
        return max(self.turnout - away, 0.0), min(self.turnout + away, 1.0)

    def say(self, lang: Language = "en") -> str:
        """Return the estimate in a sentence."""
        return _SAID.say(lang, **self._told)

    def beside(self, median: float, lower: float, upper: float) -> dict[str, float]:
        """Return what the sentence `BESIDE` tells: the estimate, and a forecast beside it.

        Parameters
        ----------
        median, lower, upper
            The forecast's, with the ends of its 90% interval; shares.

        Examples
        --------
        >>> estimate = SampleEstimate(0.7, 0.01, 30, 1_000)
        >>> print(BESIDE.say("en", **estimate.beside(0.69, 0.68, 0.7)))
        The sample alone (30 of 1,000 stations): 70.0%, standard error 1.0 points, 90% interval \
68.3% to 71.7%. The forecast, which also knows the past and the count: 69.0%, 68.0% to 70.0%.
        """
        return {**self._told, "median": median, "lower": lower, "upper": upper}

    @property
    def _told(self) -> dict[str, float]:
        low, high = self.interval()
        values = {"low": low, "high": high, "error": self.error, "turnout": self.turnout}
        return {"n": self.stations, "all": self.population, **values}


def ratio_estimate(sample: pd.DataFrame, stations: int | Mapping[str, int]) -> SampleEstimate:
    """Return the turnout of the whole by a sample of its stations alone.

    Parameters
    ----------
    sample
        A row per station: registered and voters (counts), and ``stratum`` where the sample is
        stratified; within a stratum each station had the same chance.
    stations
        How many stations there are: in all, or of every stratum.

    Returns
    -------
    SampleEstimate

    Raises
    ------
    DataError
        If a figure is missing or nobody is registered, a stratum has fewer than two stations in
        the sample, more than there are, or its number is not told.

    Examples
    --------
    >>> sample = pd.DataFrame({"registered": [400, 380, 420, 300], "voters": [300, 250, 320, 210]})
    >>> estimate = ratio_estimate(sample, 100)
    >>> round(estimate.turnout, 3), round(estimate.error, 3)
    (0.72, 0.024)
    """
    figures = sample[["registered", "voters"]].astype(float)
    wrong = figures.index[figures.isna().any(axis=1) | ~(figures["registered"] > 0)]
    if len(wrong):
        raise DataError(_NO_FIGURES, n=len(wrong), row=str(wrong[0]))
    stratum = sample["stratum"] if "stratum" in sample else pd.Series("", index=sample.index)
    sizes = stations if isinstance(stations, Mapping) else {"": stations}
    if not isinstance(stations, Mapping):
        if stratum.nunique(dropna=False) > 1:
            raise DataError(_NO_SIZES, n=int(stratum.nunique(dropna=False)))
        sizes = {stratum.iloc[0] if len(stratum) else "": stations}
    groups = dict(list(figures.groupby(stratum, dropna=False)))
    for name in {*groups, *sizes}:
        n, size = len(groups.get(name, ())), sizes.get(name, 0)
        if not _LEAST <= n <= size:
            raise DataError(_NO_STRATUM, name=str(name) or "-", n=n, size=size, least=_LEAST)
    registered = sum(sizes[name] * rows["registered"].mean() for name, rows in groups.items())
    voters = sum(sizes[name] * rows["voters"].mean() for name, rows in groups.items())
    ratio = voters / registered
    variance = 0.0
    for name, rows in groups.items():
        away = rows["voters"] - ratio * rows["registered"]
        n, size = len(rows), sizes[name]
        variance += size**2 * (1 - n / size) * float(away.var(ddof=1)) / n
    error = float(np.sqrt(variance) / registered)
    return SampleEstimate(float(ratio), error, len(sample), sum(sizes.values()), len(groups))


def sample_as_count(sample: pd.DataFrame) -> pd.DataFrame:
    """Return a sample as a count so far, for ``forecast(counted=)``: a row per place.

    Parameters
    ----------
    sample
        A row per station: place columns or area_id, registered, voters, and ``stations_total``,
        the stations of its place.

    Returns
    -------
    pandas.DataFrame
        The place columns, registered and voters of the sampled stations, stations_counted,
        stations_total and `SAMPLED`.

    Raises
    ------
    DataError
        If a place's number of stations is not told, or differs from row to row.

    Examples
    --------
    >>> sample = pd.DataFrame({"area": ["A", "A", "B"], "registered": [400, 380, 420],
    ...                        "voters": [300, 250, 320], "stations_total": [9, 9, 12]})
    >>> sample_as_count(sample)[["area", "voters", "stations_counted"]].values.tolist()
    [['A', 550, 2], ['B', 320, 1]]
    """
    places = [name for name in (*PLACE_COLUMNS, "area_id") if name in sample]
    groups = sample.groupby(places, dropna=False, sort=False)
    counted = groups.agg(
        registered=("registered", "sum"),
        voters=("voters", "sum"),
        stations_counted=("voters", "size"),
        stations_total=("stations_total", "first"),
        numbers=("stations_total", lambda told: told.nunique(dropna=False)),
    ).reset_index()
    untold = counted[counted["stations_total"].isna() | (counted["numbers"] > 1)]
    if len(untold):
        place = " / ".join(str(untold.iloc[0][name]) for name in places)
        raise DataError(_NO_TOTAL, n=len(untold), place=place)
    return counted.drop(columns="numbers").assign(**{SAMPLED: True})


def estimate_of(sample: pd.DataFrame) -> SampleEstimate:
    """Return the turnout of the whole by a sample that tells how many stations there are.

    Parameters
    ----------
    sample
        As in `ratio_estimate`, with ``stratum`` and ``stations_in_stratum``, the stations of the
        row's stratum (`turnout.reading.sample.load_sample`).

    Raises
    ------
    DataError
        As `ratio_estimate`.

    Examples
    --------
    >>> sample = pd.DataFrame({"registered": [400, 380, 420, 300], "voters": [300, 250, 320, 210],
    ...                        "stratum": "", "stations_in_stratum": 100})
    >>> round(estimate_of(sample).turnout, 3)
    0.72
    """
    sizes = sample.groupby("stratum")["stations_in_stratum"].first()
    return ratio_estimate(sample, {str(name): int(size) for name, size in sizes.items()})


def with_sample(counted: pd.DataFrame | None, sample: pd.DataFrame) -> pd.DataFrame:
    """Return a count so far together with a sample, for ``forecast(counted=)``.

    Of a place that both tell of, the row with more stations stays: the sampled stations are among
    those that are counted, or will be.

    Parameters
    ----------
    counted
        The count so far; None where there is none.
    sample
        As in `sample_as_count`.

    Raises
    ------
    DataError
        As `sample_as_count`.

    Examples
    --------
    >>> sample = pd.DataFrame({"area": ["A", "B"], "registered": [400, 420], "voters": [300, 320],
    ...                        "stations_total": [9, 12]})
    >>> counted = pd.DataFrame({"area": ["b", "C"], "registered": [4900, 800],
    ...                         "voters": [3700, 600], "stations_counted": [12, 2],
    ...                         "stations_total": [12, 9]})
    >>> with_sample(counted, sample)[["area", "stations_counted"]].values.tolist()
    [['b', 12], ['C', 2], ['A', 1]]
    """
    rows = sample_as_count(sample)
    if counted is None or counted.empty:
        return rows
    # Two tables of their own: a name that one tells without its district is no second place.
    tables = [rows.assign(election="sample"), counted.assign(election="count")]
    ours, theirs = numbers_of_places(tables)
    figures = counted.reindex(columns=["registered", "voters", "stations_counted"]).astype(float)
    # Without a number of stations a row with figures is all that there is of its place.
    stations = figures["stations_counted"].fillna(np.inf)
    stations = stations.where(figures[["registered", "voters"]].notna().all(axis=1), 0.0)
    in_count = pd.Series(stations.to_numpy()).groupby(theirs).max()
    in_sample = pd.Series(rows["stations_counted"].to_numpy(float), index=ours)
    fewer = in_count.reindex(ours).fillna(-1.0).to_numpy() < in_sample.to_numpy()
    replaced = np.isin(theirs, ours[fewer])
    return pd.concat([counted[~replaced], rows[fewer]], ignore_index=True)


_SAID = Text(
    en="The sample alone ({n:count} of {all:count} stations): {turnout:percent}, standard error "
    "{error:points} points, 90% interval {low:percent} to {high:percent}.",
    id="Sampel saja ({n:count} dari {all:count} TPS): {turnout:percent}, galat baku {error:points} "
    "poin, rentang 90% {low:percent} s.d. {high:percent}.",
)
BESIDE = Text(
    en=f"{_SAID.en} The forecast, which also knows the past and the count: {{median:percent}}, "
    "{lower:percent} to {upper:percent}.",
    id=f"{_SAID.id} Prakiraan, yang juga memakai hasil pemilihan lalu dan hasil hitung: "
    "{median:percent}, {lower:percent} s.d. {upper:percent}.",
)
"""What a sample says by itself, and beside it what a forecast says that was given the sample."""

_NO_FIGURES = Text(
    en="{n:count:station:stations} of the sample without registered or voters (first: row {row}). "
    "Fill them in: a station that is left out for lack of figures makes the sample unfair.",
    id="{n:count} TPS dalam sampel tanpa pemilih terdaftar atau pengguna hak pilih (pertama: baris "
    "{row}). Isi angkanya: TPS yang dikeluarkan karena tanpa angka membuat sampel tidak mewakili.",
)
_NO_SIZES = Text(
    en="The sample has {n:count} strata. Give the number of stations of each: "
    'stations={{"Jelutung": 120, ...}}.',
    id="Sampel memuat {n:count} strata. Berikan jumlah TPS tiap strata: "
    'stations={{"Jelutung": 120, ...}}.',
)
_NO_STRATUM = Text(
    en="The stratum {name} has {n:count:station:stations} in the sample of {size:count} in all. "
    "It needs at least {least:count}, and no more than there are; merge small strata.",
    id="Strata {name} memuat {n:count} TPS dalam sampel dari {size:count} seluruhnya. Diperlukan "
    "sedikitnya {least:count}, dan tidak lebih dari seluruhnya; gabungkan strata yang kecil.",
)
_NO_TOTAL = Text(
    en="{n:count:place of the sample does:places of the sample do} not tell one number of stations "
    "(first: {place}). Fill in stations_total, the stations of the place.",
    id="{n:count} wilayah dalam sampel tidak menyebut satu jumlah TPS (pertama: {place}). Isi "
    "kolom jumlah TPS, yaitu seluruh TPS di wilayah itu.",
)
