"""From a panel and a model's draws to a forecast."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd

from turnout.areas import Panel, past_turnout
from turnout.areas.history import counted_share
from turnout.elections import Election
from turnout.forecast.about import About
from turnout.forecast.basis import with_basis
from turnout.forecast.counted import Counted
from turnout.forecast.draws import Forecast
from turnout.forecast.room import Draws
from turnout.schema import PLACE_COLUMNS, SCALES


def forecast_places(panel: Panel, election: Election) -> pd.DataFrame:
    """Return the `places` of a forecast: the panel's targets and what is known of them.

    Parameters
    ----------
    panel
        Places by contests, with the coming election among the contests.
    election
        The coming election.
    """
    nodes = panel.nodes.iloc[panel.targets].reset_index(drop=True)
    voters, registered = panel.grid("voters"), panel.grid("registered")
    with np.errstate(invalid="ignore", divide="ignore"):
        turnout = (voters / registered)[panel.targets]
    coming = panel.contest_of(election)
    counted = counted_share(panel)[panel.targets]
    return with_basis(
        nodes[[*PLACE_COLUMNS, "area_id", "registered"]],
        nodes["estimated"],
        np.delete(turnout, coming, axis=1),
        np.delete(counted, coming, axis=1),
        panel.contests.drop(index=coming),
        election,
    )


STATIONS = "stations_total"
"""How many stations the places have, where the roll tells it."""


def make_forecast(
    panel: Panel,
    election: Election,
    draws: Draws,
    about: About,
    until: dt.datetime | None = None,
    *,
    of_file: bool = False,
) -> Forecast:
    """Return the forecast of a panel's targets from a model's draws (draws x targets).

    Parameters
    ----------
    panel
        Places by contests, with the coming election among the contests.
    election
        The coming election.
    draws
        Turnout as a share, draws x targets.
    about
        How it was made.
    until
        Up to when the count goes, where there is one.
    of_file
        Whether that is the time of its file alone.
    """
    places = forecast_places(panel, election)
    finest = panel.nodes["scale"].iloc[panel.targets].unique().tolist()
    scale = min(finest, key=lambda name: SCALES.index(name) if name in SCALES else len(SCALES))
    counted = Counted.of(panel, panel.contest_of(election), until)
    counted = counted and replace(counted, of_file=of_file)
    if panel.count is not None and counted is not None:
        places = places.assign(counted_share=panel.count.share[panel.targets])
        about = replace(about, notes=(*counted.notes(panel.count, election), *about.notes))
    if STATIONS in panel.roll:
        told = panel.roll.drop_duplicates("node").set_index("node")[STATIONS]
        told = pd.to_numeric(told, errors="coerce").reindex(panel.targets)
        places = places.assign(**{STATIONS: told.to_numpy(float)})
    past = past_turnout(panel)
    return Forecast(
        election=election,
        places=places,
        draws=draws,
        scale=scale,
        history=past[past["election"] != election.name].reset_index(drop=True),
        about=about,
        counted=counted,
    )
