"""What-ifs on the draws: the dense conditional, several at once, and said in every output."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, TurnoutError
from turnout.cli.given import parse_what_ifs
from turnout.forecast import Evidence, Forecast
from turnout.plots.words import forecast_words
from turnout.report.document.content import document_of
from turnout.report.page.html import report_page

SIZE = np.array([1000.0, 3000.0, 2000.0, 4000.0])
PLACES = pd.DataFrame(
    {
        "city": "Kota",
        "district": ["Utara", "Utara", "Selatan", "Selatan"],
        "area": ["Kasang", "Murni", "Legok", "Jelutung"],
        "registered": SIZE,
    }
)
MEAN = np.array([0.2, 0.5, 0.8, 0.4])
LOADINGS = np.array([[1.0, 0.5, 0.0], [1.0, 0.5, 0.2], [1.0, -0.4, 0.1], [0.8, -0.6, 0.0]])
COVARIANCE = LOADINGS @ LOADINGS.T + np.diag([0.3, 0.5, 0.2, 0.4])


def forecast_of(count: int, scale: float) -> Forecast:
    rng = np.random.default_rng(3)
    logits = rng.multivariate_normal(MEAN, scale * COVARIANCE, count)
    return Forecast(Election("2030-11-27", "pilkada"), PLACES, 1 / (1 + np.exp(-logits)), "area")


def dense(
    forecast: Forecast, maps: np.ndarray, levels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and covariance of normal places given exact linear maps of them."""
    mean, covariance = forecast.draws.mean(axis=0), np.cov(forecast.draws.T)
    gain = covariance @ maps.T @ np.linalg.inv(maps @ covariance @ maps.T)
    return mean + gain @ (levels - maps @ mean), covariance - gain @ maps @ covariance


WHOLE = SIZE / SIZE.sum()
JELUTUNG = np.eye(4)[3]
UTARA = np.where([True, True, False, False], SIZE, 0) / 4000
CASES = {
    "the whole": ({"": 1.0}, [WHOLE]),
    "an area": ({"Jelutung": -1.2}, [JELUTUNG]),
    "an area and the whole": ({"Jelutung": -0.8, "": 0.6}, [JELUTUNG, WHOLE]),
    "a district and the whole": ({"Utara": 1.0, "": 0.5}, [UTARA, WHOLE]),
}


@pytest.mark.parametrize("case", CASES)
def test_normal_draws_have_the_dense_conditional(case: str) -> None:
    """So little spread that logits and shares are one scale; levels in standard deviations."""
    forecast = forecast_of(20_000, 2e-4)
    asked, rows = CASES[case]
    maps = np.array(rows)
    sd = np.sqrt(np.diag(maps @ np.cov(forecast.draws.T) @ maps.T))
    levels = maps @ forecast.draws.mean(axis=0) + np.array(list(asked.values())) * sd
    evidence = [Evidence(float(x), 0.0, place=p) for p, x in zip(asked, levels, strict=True)]
    told = forecast.given(*evidence)
    mean, covariance = dense(forecast, maps, levels)
    unit = forecast.draws.std(axis=0)
    np.testing.assert_allclose((told.draws.mean(axis=0) - mean) / unit, 0, atol=0.03)
    scale = np.outer(unit, unit)
    np.testing.assert_allclose(np.cov(told.draws.T) / scale, covariance / scale, atol=0.03)
    held = told.draws @ maps.T
    np.testing.assert_allclose(held, np.broadcast_to(levels, held.shape), atol=1e-6)


def test_what_ifs_hold_at_once_where_draws_are_wide() -> None:
    forecast = forecast_of(2_000, 0.1)
    whole, area, district = (
        Evidence(0.64, 0.0),
        Evidence(0.55, 0.0, place="Jelutung"),
        Evidence(0.68, 0.0, place="Utara"),
    )
    told = forecast.given(whole, district, area)
    np.testing.assert_allclose(told.draws[:, 3], 0.55, atol=1e-6)
    np.testing.assert_allclose(told.at("district").draws[:, 0], 0.68, atol=1e-6)
    np.testing.assert_allclose(told.at("city").draws[:, 0], 0.64, atol=1e-6)
    assert len(told.about.what_if) == 3
    fixed = [Evidence(0.6, 0.0, place=name) for name in ("Utara", "Selatan")]
    with pytest.raises(TurnoutError, match="next to no such election"):
        forecast.given(*fixed, Evidence(0.7, 0.0))


def test_how_many_draws_lie_near_is_told() -> None:
    forecast = forecast_of(4_000, 0.05)
    turnout = forecast.at("city").draws[:, 0]
    near = [
        forecast.given(total=float(np.quantile(turnout, q))).about.diagnostics[
            "what_if_effective_draws"
        ]
        for q in (0.5, 0.95, 0.99)
    ]
    assert near == sorted(near, reverse=True)
    assert 500 < near[0] < 2_500  # a kernel of about a fifth of the spread, at the middle
    assert near[2] < 300
    told = forecast.given(total=float(np.median(turnout))).about.notes[0].say()
    assert f"By themselves {near[0]:,.0f} of 4,000 draws lie near it" in told


def test_a_level_that_the_draws_do_not_hold_is_refused_with_those_they_do() -> None:
    forecast = forecast_of(4_000, 0.05)
    turnout = forecast.at("city").draws[:, 0]
    least, most = np.quantile(turnout, [0.002, 0.998])
    with pytest.raises(TurnoutError, match=f"between {least:.1%} and {most:.1%}") as raised:
        forecast.given(total="95%")
    assert "Andaikan Kota mencapai 95,0%?" in raised.value.say("id")


def test_every_output_says_that_it_is_a_what_if(tmp_path: Path) -> None:
    forecast = forecast_of(500, 0.05)
    told = forecast.given(total="65%")
    assert forecast.about.say_what_if() == ""
    assert "WHAT IF" not in forecast_words(forecast, "en")
    words = forecast_words(told.at("district"), "en")
    assert words == "WHAT IF turnout of Kota is 65.0% (no forecast) · Pilkada, 27 November 2030"
    assert "ANDAIKAN partisipasi Kota 65,0% (bukan prakiraan)" in forecast_words(told, "id")
    page = report_page(document_of(told, None, {}, lang="en"), {})
    title = page[page.index("<title>") : page.index("</title>")]
    heading = page[page.index("<h1>") : page.index("</h1>")]
    assert "WHAT IF turnout of Kota" in title
    assert "WHAT IF turnout of Kota" in heading
    told.save(tmp_path / "draws")
    assert Forecast.load(tmp_path / "draws").about.say_what_if("id") == told.about.say_what_if("id")


@pytest.mark.parametrize("written", ["65%", "total=", "=65%", "total"])
def test_what_is_no_what_if_is_refused(written: str) -> None:
    with pytest.raises(TurnoutError, match="is no what-if"):
        parse_what_ifs([written])
