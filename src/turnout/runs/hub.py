"""A forecast as model output of a forecast hub (hubverse): quantiles and samples in one table.

The columns are those of the hubverse's model output [1]_ and of its sample output type [2]_, as
hubEvals and hubEnsembles read them.

References
----------
.. [1] https://docs.hubverse.io/en/latest/user-guide/model-output.html
.. [2] https://docs.hubverse.io/en/latest/user-guide/sample-output-type.html
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.language import Text
from turnout.levels import tails
from turnout.schema import PLACE_COLUMNS, SCALE_WORDS, scale_of

TARGET = "turnout"

HUB_COLUMNS = (
    "model_id",
    "reference_date",
    "target",
    "target_date",
    "scale",
    "location",
    "output_type",
    "output_type_id",
    "value",
)

# The levels that hubs ask for.
QUANTILES = (0.01, 0.025, *(round(0.05 * step, 2) for step in range(1, 20)), 0.975, 0.99)

_NAME = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True)
class Wanted:
    """What a hub is to be given.

    Parameters
    ----------
    scales
        Scales of the places; all of the forecast where empty.
    levels
        Levels of intervals whose ends are quantiles beside the usual 23.
    samples
        How many of the draws; all of them where None.
    team
        Short name of who forecasts: letters, figures and underscores.
    reference_date
        Day from which the forecast looks ahead; the newest day that it knows where None.
    """

    scales: tuple[str, ...] = ()
    levels: tuple[float, ...] = ()
    samples: int | None = None
    team: str = "turnout"
    reference_date: dt.date | None = None


def hub_table(forecast: Forecast, wanted: Wanted | None = None) -> pd.DataFrame:
    """Return quantiles and samples of a forecast as a hub's tools read them.

    Parameters
    ----------
    forecast
        Joint draws.
    wanted
        Scales, samples and names.

    Returns
    -------
    pandas.DataFrame
        With the columns `HUB_COLUMNS`: model_id (``team-model``), reference_date, target
        (``turnout``), target_date (polling day), scale, location (the area's code, else the names
        from the coarsest on, joined by `` / ``), output_type (``quantile`` or ``sample``),
        output_type_id (the probability, or the number of the draw; text, as both share a column)
        and value (share). Samples of one number are one joint draw of all locations.

    Raises
    ------
    TurnoutError
        If there is no such scale, the forecast has fewer draws, the team's name is none, or the
        reference date lies after the polling day.

    Examples
    --------
    >>> from turnout import Election
    >>> places = pd.DataFrame({"area": ["A", "B"], "registered": [100.0, 300.0]})
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places,
    ...                     np.array([[0.5, 0.7], [0.6, 0.8]]), "area")
    >>> table = hub_table(forecast, Wanted(("total",), team="kpu",
    ...                                    reference_date=dt.date(2030, 11, 1)))
    >>> table.iloc[[11, -1]][["location", "output_type", "output_type_id"]].values.tolist()
    [['total', 'quantile', '0.5'], ['total', 'sample', '2']]
    """
    asked = wanted or Wanted()
    _check(forecast, asked)
    day = asked.reference_date or _newest_day(forecast)
    model = re.sub(r"\W+", "_", forecast.about.model)
    parts = [
        part
        for scale in asked.scales or forecast.scales[::-1]
        for part in _of_scale(forecast.at(scale), asked)
    ]
    table = pd.concat(parts, ignore_index=True).assign(
        model_id=f"{asked.team}-{model}",
        reference_date=day,
        target=TARGET,
        target_date=forecast.election.date,
    )
    return table[list(HUB_COLUMNS)]


def _check(forecast: Forecast, wanted: Wanted) -> None:
    for scale in wanted.scales:
        if scale_of(scale) not in forecast.scales:
            known = [SCALE_WORDS[one] for one in forecast.scales]
            raise TurnoutError(_NO_SCALE, scale=scale, known=known)
    count = len(forecast.draws)
    if wanted.samples is not None and not 0 <= wanted.samples <= count:
        raise TurnoutError(_NO_DRAWS, samples=wanted.samples, n=count)
    day = wanted.reference_date
    if day is not None and day > forecast.election.date:
        raise TurnoutError(_TOO_LATE, day=day, date=forecast.election.date)
    if not _NAME.fullmatch(wanted.team):
        raise TurnoutError(_NO_TEAM, team=wanted.team)


def _newest_day(forecast: Forecast) -> dt.date:
    """Return the newest day whose results the forecast knows."""
    counted = forecast.counted
    if counted is not None and counted.until is not None:
        return counted.until.date()
    if forecast.history.empty:
        raise TurnoutError(_NO_DAY)
    newest: dt.date = pd.Timestamp(forecast.history["date"].max()).date()
    return newest


def _of_scale(view: Forecast, wanted: Wanted) -> list[pd.DataFrame]:
    ends = [end for level in wanted.levels for end in tails(level)]
    levels = sorted({round(float(one), 6) for one in (*QUANTILES, *ends)})
    draws = view.draws[: wanted.samples].astype(np.float64)
    width = len(str(len(view.draws)))
    numbers = [f"{number:0{width}d}" for number in range(1, len(draws) + 1)]
    probabilities = [f"{level:g}" for level in levels]
    locations = _locations(view)
    return [
        _long(view.scale, locations, "quantile", probabilities, view.quantiles(levels)),
        _long(view.scale, locations, "sample", numbers, draws),
    ]


def _long(
    scale: str, locations: Sequence[str], kind: str, ids: Sequence[str], values: np.ndarray
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "scale": scale,
            "location": np.repeat(np.asarray(locations, dtype=object), len(ids)),
            "output_type": kind,
            "output_type_id": np.tile(np.asarray(ids, dtype=object), len(locations)),
            "value": values.T.ravel(),
        }
    )


def _locations(view: Forecast) -> list[str]:
    """Return a name of every place that no other place of any scale has."""
    if view.scale == "total":
        return ["total"]
    places = view.named_places()
    codes = places["area_id"] if view.scale == "area" else [None] * len(places)
    names = places[list(PLACE_COLUMNS)].itertuples(index=False, name=None)
    return [
        code if isinstance(code, str) else " / ".join(one for one in path if isinstance(one, str))
        for code, path in zip(codes, names, strict=True)
    ]


_NO_SCALE = Text(
    en="The forecast has no scale '{scale}'. Choose among: {known:list6}.",
    id="Prakiraan ini tidak memiliki tingkat '{scale}'. Pilih di antara: {known:list6}.",
)
_NO_DRAWS = Text(
    en="{samples:count} samples are asked for, and the forecast has {n:count} draws. Ask for "
    "fewer, or run again with more --draws.",
    id="Diminta {samples:count} sampel, sedangkan prakiraan memiliki {n:count} simulasi. Minta "
    "lebih sedikit, atau jalankan lagi dengan --draws lebih besar.",
)
_TOO_LATE = Text(
    en="The reference date {day:day} lies after the polling day, {date:day}: a forecast looks "
    "ahead. Give the day on which it was made.",
    id="Tanggal acuan {day:day} jatuh setelah hari pemungutan suara, {date:day}, padahal prakiraan "
    "dibuat sebelumnya. Berikan hari dibuatnya prakiraan.",
)
_NO_TEAM = Text(
    en="'{team}' is no team's name for a hub. Use letters, figures and underscores: kpu_jambi.",
    id="'{team}' bukan nama tim untuk hub. Pakai huruf, angka, dan garis bawah: kpu_jambi.",
)
_NO_DAY = Text(
    en="The forecast tells no past contest, so the day from which it looks ahead is not known. "
    "Name it: --reference-date 2024-11-01.",
    id="Prakiraan ini tidak mencatat pemilihan lalu, jadi hari dibuatnya tidak diketahui. "
    "Sebutkan: --reference-date 2024-11-01.",
)
