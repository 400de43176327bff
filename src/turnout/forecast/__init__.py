"""The forecast: joint draws of turnout for every place, and the views of them."""

from turnout.evidence import Evidence
from turnout.forecast.about import About, Note
from turnout.forecast.counted import Counted
from turnout.forecast.draws import Forecast
from turnout.forecast.making import forecast_places, make_forecast
from turnout.forecast.room import Draws

__all__ = [
    "About",
    "Counted",
    "Draws",
    "Evidence",
    "Forecast",
    "Note",
    "forecast_places",
    "make_forecast",
]
