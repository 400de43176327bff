"""The draws as tables of other libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.schema import place_columns

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast


def draws_frame(forecast: Forecast) -> pd.DataFrame:
    """Return the draws as a DataFrame, see `Forecast.to_frame`."""
    named = place_columns(forecast.places)
    table = forecast.places[named].astype("object").where(forecast.places[named].notna(), "")
    names = pd.Index(forecast.names(), name=forecast.scale)
    columns = pd.MultiIndex.from_frame(table) if len(named) > 1 else names
    rows = pd.RangeIndex(len(forecast.draws), name="draw")
    return pd.DataFrame(forecast.draws, index=rows, columns=columns)


def draws_xarray(forecast: Forecast) -> Any:
    """Return the draws as an ``xarray.DataArray``, see `Forecast.to_xarray`."""
    try:
        import xarray  # here: most readers of a forecast never need it
    except ImportError:
        raise TurnoutError(_NO_XARRAY) from None
    places = forecast.places.reset_index(drop=True)
    coordinates = {
        name: ("place", places[name].astype("object").where(places[name].notna(), "").to_numpy(str))
        for name in place_columns(places)
    }
    election = forecast.election
    return xarray.DataArray(
        forecast.draws,
        dims=("draw", "place"),
        coords={**coordinates, "registered": ("place", places["registered"].to_numpy(float))},
        name="turnout",
        attrs={
            "election": election.name,
            "date": election.date.isoformat(),
            "scale": forecast.scale,
            "model": forecast.about.model,
        },
    )


_NO_XARRAY = Text(
    en="xarray is not installed. Install it (pip install xarray), or use to_frame().",
    id="xarray belum terpasang. Pasang dahulu (pip install xarray), atau pakai to_frame().",
)
