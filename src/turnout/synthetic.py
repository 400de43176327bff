"""Simulated panels with known truth: results of an invented city and the activities before them.

Nothing here is an observation. The tables are made to see whether an estimator finds what was
put in, and to show the work on a log where no public one exists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from turnout.arrays import Floats
from turnout.schema import PLACE_COLUMNS, canonical_results

_STATION_SD = 0.3

Assignment = Literal["random", "chronically_low", "low_last_time", "foreseen"]
"""Which areas staff send activities to: any, those that are always low, those that were low at
the last election, or those of which they foresee that they will be low."""


@dataclass(frozen=True)
class Truth:
    """What a simulated panel is made of; standard deviations are in logit.

    Parameters
    ----------
    areas, elections
        Size of the panel; the elections are two and a half years apart.
    level
        Mean logit of turnout.
    shock_sd
        Of the elections.
    area_sd
        Of the areas' lasting differences.
    noise_sd
        Of an area's own at one election.
    effect
        Change of the logit per unit of dose.
    treated
        Number of last elections that had activities, each in half of the areas.
    """

    areas: int = 68
    elections: int = 5
    level: float = 0.9
    shock_sd: float = 0.28
    area_sd: float = 0.15
    noise_sd: float = 0.08
    effect: float = 0.1
    treated: int = 3


@dataclass(frozen=True)
class SimulatedPanel:
    """An invented city.

    Parameters
    ----------
    results
        Canonical results table.
    outreach
        The activity log, one row per area and election with activities; `simulated` is True in
        every row.
    truth
        What it was made of.
    mean_dose
        Mean dose of the areas that had activities: reached / registered, saturated at one half.
    """

    results: pd.DataFrame
    outreach: pd.DataFrame
    truth: Truth
    mean_dose: float = field(default=np.nan)


def simulate_panel(
    assignment: Assignment, rng: np.random.Generator, truth: Truth | None = None
) -> SimulatedPanel:
    """Simulate results and activities of a city whose staff choose places by `assignment`.

    Parameters
    ----------
    assignment
        How places are chosen.
    rng
        Source of randomness.
    truth
        What the panel is made of.

    Returns
    -------
    SimulatedPanel

    Examples
    --------
    >>> panel = simulate_panel("chronically_low", np.random.default_rng(1))
    >>> len(panel.results), len(panel.outreach), round(panel.mean_dose, 2)
    (340, 102, 0.19)
    """
    truth = truth or Truth()
    size = rng.lognormal(np.log(5_500), 0.6, truth.areas).round() + 300
    lasting = truth.area_sd * rng.standard_normal(truth.areas)
    logits = np.empty((truth.areas, truth.elections))
    reached = np.zeros_like(logits)
    doses = np.zeros_like(logits)
    for election in range(truth.elections):
        own = truth.noise_sd * rng.standard_normal(truth.areas)
        if election >= truth.elections - truth.treated:
            sorrow = {
                "random": rng.standard_normal(truth.areas),
                "chronically_low": lasting,
                "low_last_time": logits[:, election - 1],
                "foreseen": own,
            }[assignment]
            chosen = np.argsort(sorrow, kind="stable")[: truth.areas // 2]
            reached[chosen, election] = (rng.uniform(0.1, 0.4, len(chosen)) * size[chosen]).round()
            doses[:, election] = 0.5 * -np.expm1(-2 * reached[:, election] / size)
        shock = truth.shock_sd * rng.standard_normal()
        logits[:, election] = (
            truth.level + shock + lasting + own + truth.effect * doses[:, election]
        )
    days = [dt.date(2004, 4, 5) + dt.timedelta(days=913 * step) for step in range(truth.elections)]
    voters = rng.binomial(size[:, None].astype(int), expit(logits))
    return SimulatedPanel(
        results=_results(size, voters, days),
        outreach=_log(reached, days),
        truth=truth,
        mean_dose=float(doses[doses > 0].mean()) if doses.any() else np.nan,
    )


def _results(size: Floats, voters: NDArray[np.int64], days: list[dt.date]) -> pd.DataFrame:
    area, election = np.meshgrid(np.arange(len(size)), np.arange(len(days)), indexing="ij")
    return canonical_results(
        pd.DataFrame(
            {
                "date": pd.to_datetime([days[one] for one in election.ravel()]),
                "election_type": "pilkada",
                "city": "Kota Simulasi",
                "district": [f"Kecamatan {one // 8 + 1}" for one in area.ravel()],
                "area": [f"Kelurahan {one + 1}" for one in area.ravel()],
                "registered": np.repeat(size, len(days)),
                "voters": voters.ravel(),
            }
        )
    )


def _log(reached: Floats, days: list[dt.date]) -> pd.DataFrame:
    area, election = np.nonzero(reached)
    return pd.DataFrame(
        {
            "date": pd.to_datetime([days[one] - dt.timedelta(days=60) for one in election]),
            "city": "Kota Simulasi",
            "district": [f"Kecamatan {one // 8 + 1}" for one in area],
            "area": [f"Kelurahan {one + 1}" for one in area],
            "kind": "face_to_face",
            "reached": reached[area, election],
            "simulated": True,
        }
    )


def simulate_night(
    results: pd.DataFrame, rng: np.random.Generator, *, voters_per_station: int = 400
) -> pd.DataFrame:
    """Simulate the night of a contest's count, station by station, to rehearse with.

    Each area's registered voters are split over stations, its voters among them with a scatter of
    about .3 logit; the sums are the area's. Stations close at 13:00 and report after a time that
    grows with the voters to be counted and with the stations of their area: small areas tend to
    come first.

    Parameters
    ----------
    results
        One contest's results: ``registered``, ``voters`` and the place columns, a row per area.
    rng
        Source of randomness.
    voters_per_station
        Registered voters that a station holds, about.

    Returns
    -------
    pandas.DataFrame
        A row per station, in the order of their reports: the place columns of `results`,
        ``station`` (number within its area), ``stations_total`` (of the area), registered,
        voters, and ``reported`` (a time of the contest's day). `simulated` is True in every row.

    Examples
    --------
    >>> areas = pd.DataFrame({"date": "2030-11-27", "area": ["A", "B"],
    ...                       "registered": [900, 2500], "voters": [700, 1500]})
    >>> night = simulate_night(areas, np.random.default_rng(1))
    >>> night.groupby("area")["voters"].sum().tolist(), len(night)
    ([700, 1500], 8)
    """
    places = [name for name in (*PLACE_COLUMNS, "area_id") if name in results]
    parts = []
    for row in results.to_dict("records"):
        stations = max(1, round(row["registered"] / voters_per_station))
        size = np.full(stations, int(row["registered"]) // stations)
        size[: int(row["registered"]) - size.sum()] += 1
        share = np.clip(row["voters"] / row["registered"], 0.01, 0.99)
        # A logit moves by -log(1 - p) / p per log of the weight that voters are drawn by.
        odds = np.exp(_STATION_SD * share / -np.log1p(-share) * rng.standard_normal(stations))
        voters = _shared_out(min(int(row["voters"]), int(size.sum())), size, odds, rng)
        counting = voters / 200 * rng.lognormal(0, 0.3)
        hours = 1.0 + counting + 0.5 * np.log(stations) + rng.exponential(0.5, stations)
        start = pd.Timestamp(row["date"]) + pd.Timedelta(hours=13)
        parts.append(
            pd.DataFrame(
                {
                    **{name: row[name] for name in places},
                    "station": np.arange(1, stations + 1),
                    "stations_total": stations,
                    "registered": size,
                    "voters": voters,
                    "reported": (start + pd.to_timedelta(hours, unit="h")).floor("s"),
                    "simulated": True,
                },
                index=range(stations),
            )
        )
    night = pd.concat(parts, ignore_index=True)
    return night.sort_values("reported", kind="stable").reset_index(drop=True)


def count_at(night: pd.DataFrame, time: str | pd.Timestamp) -> pd.DataFrame:
    """Return a simulated night's count as it stood at a time: ``counted`` for a forecast.

    Parameters
    ----------
    night
        What `simulate_night` returns.
    time
        Up to when, such as ``"2030-11-27 19:30"``.

    Returns
    -------
    pandas.DataFrame
        A row per area with a station in: the place columns, registered and voters of the
        counted stations, stations_counted, stations_total and data_until.

    Examples
    --------
    >>> areas = pd.DataFrame({"date": "2030-11-27", "area": ["A"],
    ...                       "registered": [900], "voters": [700]})
    >>> night = simulate_night(areas, np.random.default_rng(1))
    >>> count_at(night, night["reported"].iloc[0])["stations_counted"].tolist()
    [1]
    """
    places = [name for name in (*PLACE_COLUMNS, "area_id") if name in night]
    so_far = night[night["reported"] <= pd.Timestamp(time)]
    groups = so_far.groupby(places, dropna=False, sort=False)
    counted = groups.agg(
        registered=("registered", "sum"),
        voters=("voters", "sum"),
        stations_counted=("station", "size"),
        stations_total=("stations_total", "first"),
    ).reset_index()
    return counted.assign(data_until=pd.Timestamp(time))


def _shared_out(
    voters: int, size: NDArray[np.int64], odds: Floats, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Share an area's voters out over its stations: voters by odds, whole, none above its roll."""
    ranks = np.repeat(odds, size)
    # Who votes is drawn without replacement with weights (Efraimidis and Spirakis 2006).
    keys = rng.exponential(size=len(ranks)) / ranks
    station = np.repeat(np.arange(len(size)), size)
    voted = np.argsort(keys, kind="stable")[:voters]
    return np.bincount(station[voted], minlength=len(size)).astype(np.int64)


@dataclass(frozen=True)
class _Invented:
    """An invented kind of activity: words as in a log, people met, cost in rupiah."""

    words: str
    segment: str
    people: float
    cost: float
    weight: float


_INVENTED = (
    _Invented("tatap muka", "masyarakat umum", 80, 4.0e6, 0.3),
    _Invented("forum warga", "keluarga", 60, 3.0e6, 0.15),
    _Invented("KPU goes to school", "pemilih pemula", 150, 5.0e6, 0.2),
    _Invented("tatap muka", "perempuan", 70, 3.5e6, 0.15),
    _Invented("tatap muka", "penyandang disabilitas", 40, 3.5e6, 0.1),
    _Invented("jalan sehat", "masyarakat umum", 600, 4.5e7, 0.1),
)


def simulate_log(
    areas: pd.DataFrame,
    polling_days: Sequence[str],
    rng: np.random.Generator,
    number: int = 60,
) -> pd.DataFrame:
    """Invent an activity log for real areas: who went where is by lot, and so are all figures.

    Parameters
    ----------
    areas
        Places with the columns city, district, area, area_id and registered, as a roll has.
    polling_days
        Days such as ``"2024-11-27"``; the activities lie 20 to 150 days before each.
    rng
        Source of randomness.
    number
        Activities per polling day.

    Returns
    -------
    pandas.DataFrame
        A log as an office might keep it, in Indonesian words: one activity in ten tells no
        attendance, mass events are of a whole district, and `simulated` is True in every row.

    Examples
    --------
    >>> areas = pd.DataFrame({"city": "Kota", "district": "A", "area": ["B", "C"],
    ...                       "area_id": ["1", "2"], "registered": [900, 2500]})
    >>> log = simulate_log(areas, ["2030-11-27"], np.random.default_rng(1), number=5)
    >>> len(log), bool(log["simulated"].all())
    (5, True)
    """
    weights = np.sqrt(areas["registered"].to_numpy(float))
    shares = np.array([kind.weight for kind in _INVENTED])
    rows = []
    for day in polling_days:
        for _ in range(number):
            kind = _INVENTED[rng.choice(len(_INVENTED), p=shares / shares.sum())]
            area = areas.iloc[rng.choice(len(areas), p=weights / weights.sum())]
            whole_district = kind.words == "jalan sehat"
            people = round(kind.people * rng.lognormal(0, 0.35))
            rows.append(
                {
                    "date": pd.Timestamp(day) - pd.Timedelta(days=int(rng.integers(20, 151))),
                    "city": area["city"],
                    "district": area["district"],
                    "area": None if whole_district else area["area"],
                    "area_id": None if whole_district else area["area_id"],
                    "kind": kind.words,
                    "segment": kind.segment,
                    "reached": None if rng.random() < 0.1 else people,
                    "cost": round(kind.cost * rng.lognormal(0, 0.2), -4),
                    "note": "simulated: no public log exists",
                    "simulated": True,
                }
            )
    table = pd.DataFrame(rows).sort_values("date", kind="stable").reset_index(drop=True)
    return table.assign(date=table["date"].dt.strftime("%Y-%m-%d"))
