"""A report of a few places with two figures, as documents print it."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from turnout import Election, check_goal
from turnout.errors import Finding, Spot
from turnout.forecast import Forecast
from turnout.language import Language, Text
from turnout.plots.figures import figures_of
from turnout.plots.rendering import Rendered, rendered
from turnout.report import Background
from turnout.report.document.blocks import Document
from turnout.report.document.content import document_of

NAMES = [
    '#eval("1+1")',
    "*b* _i_ $x^2$ `c` @ref <label> //",
    "<w:t>&amp;</w:t>",
    "{ PAGE }\x07\x1b[2J",
    "#set text(size: 99pt)",
    "\\u{41} #[a] ]]>",
]

Report = Callable[..., Document]


def forecast_of(names: list[str], city: str = "Kota") -> Forecast:
    places = pd.DataFrame(
        {
            "city": city,
            "district": [f"Kec #{n % 2}" for n in range(len(names))],
            "area": names,
            "registered": np.linspace(1000.0, 5000.0, len(names)).round(),
        }
    )
    draws = np.random.default_rng(1).beta(140, 60, (400, len(names)))
    return Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")


@pytest.fixture(scope="session")
def drawn() -> dict[str, Rendered]:
    """Two figures, once as both kinds of document need them."""
    forecast = forecast_of(["Utara", "Selatan", "Barat"])
    figures = figures_of(forecast, check_goal(forecast, "75%"))
    return {name: rendered(figures[name](), dpi=80) for name in ("total", "goal")}


@pytest.fixture(scope="session")
def report(drawn: dict[str, Rendered]) -> Report:
    def make(
        names: list[str] | None = None,
        lang: Language = "en",
        city: str = "Kota Jambi",
        **told: object,
    ) -> Document:
        forecast = forecast_of(names or ["Utara", "Selatan", "Barat"], city)
        odd = Finding(
            "odd",
            "warning",
            Text(en="odd: {what}", id="aneh: {what}"),
            Text(en="Look.", id="Periksa."),
            Spot("#eval(1).csv"),
            {"what": "*bold*"},
        )
        background = Background(findings=[odd], **told)  # type: ignore[arg-type]
        check = check_goal(forecast, "75%")
        return document_of(forecast, check, drawn, lang=lang, background=background)

    return make
