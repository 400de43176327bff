"""report.html: what it answers, that it stands alone, and that it tells the truth."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, check_goal, write_report
from turnout.backtesting import Backtest
from turnout.errors import Finding, Spot
from turnout.forecast import Forecast, Note
from turnout.language import LANGUAGES, Language, Text, count, percent
from turnout.models.diagnosis.diagnose import Diagnosis
from turnout.report import Background
from turnout.report.document.places import MOST_ROWS, axis_of, place_table
from turnout.report.document.uncertainty import shared_variance, uncertainties

MOST_BYTES = 3_000_000


def small_forecast(median: float = 0.7, places: int = 3) -> Forecast:
    names = ["<b>Utara</b>", "Selatan & Timur", "Barat", *(f"Kel {n}" for n in range(3, places))]
    table = pd.DataFrame(
        {
            "city": "Kota",
            "district": [f"Kec {n % 2}" for n in range(places)],
            "area": names[:places],
            "registered": np.linspace(1000, 5000, places).round(),
        }
    )
    draws = np.random.default_rng(1).beta(200 * median, 200 * (1 - median), (400, places))
    return Forecast(Election("2030-11-27", "pilkada"), table, draws, "area")


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turnout.report.writing.render_pictures", lambda *_, **__: {})


def text_of(path: Path) -> str:
    """Return what stands on a page, without its code."""
    page = path.read_text(encoding="utf-8")
    body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_whole_report_stands_alone_and_is_small(
    forecast: Forecast, whole_page: Callable[[Language], Path], lang: Language
) -> None:
    path = whole_page(lang)
    page = path.read_text(encoding="utf-8")
    assert path.stat().st_size < MOST_BYTES
    assert f'<html lang="{lang}">' in page
    outside = re.findall(r"""(?:src|srcset|href)=["']?(?!data:|#)([^"' >]+)""", page)
    assert not outside
    addresses = re.findall(r"url\(([^)]*)\)", page)
    assert [one.split(",")[0] for one in addresses] == ["data:font/woff2;base64"] * 2
    assert page.count("<img ") == 9
    assert page.count("data:image/svg+xml") == 18  # each for a phone too
    told = text_of(path)
    check = check_goal(forecast, 0.86)
    for answer in (count(check.gap_voters, lang), percent(check.median, lang), "&lt;1%"):
        assert answer in told
    for record in ("results.csv", "roll_2024-11-27.csv", "crosswalk.csv"):
        assert record in told
    assert len(re.findall(r"\b[0-9a-f]{64}\b", told)) == 3


@pytest.mark.usefixtures("no_pictures")
def test_the_first_screen_answers_before_all_else(forecast: Forecast, tmp_path: Path) -> None:
    told = text_of(write_report(forecast, "86%", tmp_path / "r.html", lang="id"))
    order = [
        "Tercapaikah target 86%?",
        "Seberapa pasti?",
        "Berapa pemilih lagi yang diperlukan?",
        "Di mana",
    ]
    places = [told.index(question) for question in order]
    assert places == sorted(places)
    assert told.index("Paal Merah") > places[-1]
    assert places[-1] < told.index("Data yang dipakai")


@pytest.mark.usefixtures("no_pictures")
def test_it_says_so_when_the_goal_is_within_reach(tmp_path: Path) -> None:
    told = text_of(write_report(small_forecast(0.8), "70%", tmp_path / "r.html"))
    assert "How many voters above?" in told
    assert "400 of 400 simulated elections reach it" in told
    assert "Nowhere" in told
    assert "100%" not in told.split("Contents")[0]


@pytest.mark.usefixtures("no_pictures")
def test_without_a_goal_nothing_is_said_about_one(tmp_path: Path) -> None:
    told = text_of(write_report(small_forecast(), None, tmp_path / "r.html"))
    assert "How many will vote?" in told
    for word in ("Will the goal", "dashed line", "lack the most"):
        assert word not in told


@pytest.mark.slow
def test_a_single_place_has_a_report_too(tmp_path: Path) -> None:
    one = small_forecast().at("city")
    alone = Forecast(one.election, one.places, one.draws, "city")
    path = write_report(alone, "75%", tmp_path / "r.html", lang="id")
    assert "Tercapaikah" in text_of(path)
    assert "<table class" not in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_pictures")
def test_names_are_text_never_markup(tmp_path: Path) -> None:
    finding = Finding(
        "odd",
        "warning",
        Text(en="odd: {what}", id="aneh: {what}"),
        Text(en="Look.", id="Periksa."),
        Spot("<script>alert(1)</script>.csv"),
        {"what": "<img src=x onerror=alert(1)>"},
    )
    note = Note(Text(en="left out <i>", id="disisihkan <i>"))
    background = Background(findings=[finding], left_out=[note])
    path = write_report(small_forecast(), "75%", tmp_path / "r.html", background=background)
    page = path.read_text(encoding="utf-8")
    assert "&lt;b&gt;Utara&lt;/b&gt;" in page
    assert "Selatan &amp; Timur" in page
    for markup in ("<b>Utara", "<script>alert", "<img src=x", "<i> "):
        assert markup not in page


@pytest.mark.usefixtures("no_pictures")
def test_a_place_with_a_goal_of_its_own_shows_it(tmp_path: Path) -> None:
    check = check_goal(small_forecast(), "75%", goals_by_place={"Barat": "60%"})
    told = text_of(write_report(small_forecast(), check, tmp_path / "r.html"))
    assert "its own goal: 60%" in told


def test_every_row_of_a_table_is_the_forecasts(forecast: Forecast) -> None:
    check = check_goal(forecast, 0.86)
    table = place_table(forecast, check, "district", "id")
    by_name = check.table.query("scale == 'district'").set_index("district")
    rows = table.rows.set_index("name")
    assert rows["missing_voters"].is_monotonic_decreasing
    np.testing.assert_allclose(rows["median"], by_name["median"].reindex(rows.index))
    np.testing.assert_allclose(rows["probability"], by_name["probability"].reindex(rows.index))
    assert abs(rows["missing_voters"].sum() - check.gap_voters) <= len(rows)
    assert table.above is None  # all are of one city
    areas = place_table(forecast, check, "area", "id")
    assert areas.above == "district"
    inside = forecast.places.set_index("area")["district"]
    assert (areas.rows.set_index("name")["parent"] == inside.reindex(areas.rows["name"])).all()


@pytest.mark.usefixtures("no_pictures")
def test_long_tables_show_the_largest_gaps_and_tell_of_the_rest(tmp_path: Path) -> None:
    many = small_forecast(places=MOST_ROWS + 5)
    path = write_report(many, "75%", tmp_path / "r.html")
    page = path.read_text(encoding="utf-8")
    assert page.count('<td class="bars"') == MOST_ROWS + 2
    assert "5 more places are in forecast.xlsx" in page
    assert page.count(f"{MOST_ROWS} rows; scroll inside the table to see them all.") == 1
    assert path.stat().st_size < MOST_BYTES


@pytest.mark.usefixtures("no_pictures")
def test_the_bar_at_the_top_fills_its_width_and_names_its_ends(tmp_path: Path) -> None:
    forecast = small_forecast()
    page = write_report(forecast, "70%", tmp_path / "r.html").read_text(encoding="utf-8")
    gauge = re.search(r'<figure class="gauge">.*?</figure>', page, re.DOTALL)
    assert gauge is not None
    wide = re.search(r'class="wide" style="left:([\d.]+)%;right:([\d.]+)%"', gauge[0])
    ends = re.findall(r"([\d.]+)%</i>", gauge[0].split('class="ticks ends"')[1])
    low, high = forecast.at("city").quantiles([0.05, 0.95])[:, 0]
    assert wide is not None
    assert max(map(float, wide.groups())) < 10
    assert ends == [f"{100 * low:.1f}", f"{100 * high:.1f}"]


def test_bars_lie_where_the_numbers_are(forecast: Forecast) -> None:
    table = place_table(forecast, None, "district", "en")
    axis = table.axis
    assert axis.low <= table.rows["lower_90"].min()
    assert axis.high >= table.rows["upper_90"].max()
    assert (axis.at(axis.low), axis.at(axis.high)) == (0, 100)
    middle = axis.at((axis.low + axis.high) / 2)
    np.testing.assert_allclose(middle, 50)


@pytest.mark.parametrize("lower", np.arange(0, 1, 0.045).round(3))
@pytest.mark.parametrize("width", [0, 0.001, 0.02, 0.11, 0.34, 0.95])
def test_an_axis_holds_its_bars_and_names_more_than_one_share(lower: float, width: float) -> None:
    upper = min(lower + width, 1)
    axis = axis_of(pd.DataFrame({"lower_90": [lower], "upper_90": [upper], "goal": [np.nan]}))
    assert 0 <= axis.low <= lower <= upper <= axis.high <= 1
    assert 2 <= len(axis.ticks) <= 5
    assert all(axis.low < tick < axis.high for tick in axis.ticks)
    assert all(tick == round(tick, 2) for tick in axis.ticks)  # written without decimals


def test_shared_variance_tells_common_from_own_shocks() -> None:
    rng = np.random.default_rng(3)
    base = small_forecast(places=200)
    own = 0.6 + 0.03 * rng.standard_normal((2000, 200))
    common = own + 0.04 * rng.standard_normal((2000, 1))
    np.testing.assert_allclose(shared_variance(replace(base, draws=own)), 0.007, atol=0.006)
    # 0.04^2 / (0.04^2 + 0.03^2) = 0.64
    np.testing.assert_allclose(shared_variance(replace(base, draws=common)), 0.64, atol=0.03)
    assert shared_variance(small_forecast(places=3)) is None


def test_it_says_why_it_is_not_surer(forecast: Forecast) -> None:
    told = " ".join(uncertainties(forecast, "en"))
    assert "rests on 8 past contests, 4 of them of the type Pilkada" in told
    assert told.count("No pilkada is known for any of the places") == 1
    assert told.count("68 of 68 places are estimates") == 1
    unnoted = replace(forecast, about=replace(forecast.about, notes=()))
    told = " ".join(uncertainties(unnoted, "en"))
    assert "No Pilkada is known for any single area" in told
    assert "partly an estimate" in told


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_model_says_of_itself_is_told(
    forecast: Forecast, diagnosis: Diagnosis, tmp_path: Path, lang: Language
) -> None:
    background = Background(diagnosis=diagnosis)
    told = text_of(
        write_report(forecast, "86%", tmp_path / "r.html", lang=lang, background=background)
    )
    shock = diagnosis.sources.query("of == 'whole' and source == 'shock'")["share"].iloc[0]
    assert percent(shock, lang, 0) in told
    worst = diagnosis.results.iloc[0]
    assert f"{worst['district']} / {worst['area']}" in told


def test_every_figure_has_words_for_those_who_do_not_see_it(
    whole_page: Callable[[Language], Path],
) -> None:
    page = whole_page("en").read_text(encoding="utf-8")
    alts = re.findall(r'<img [^>]*alt="([^"]*)"', page)
    assert len(alts) == 9
    assert all(len(alt) > 40 for alt in alts)
    assert len(set(alts)) == len(alts)


@pytest.mark.slow
def test_the_same_forecast_gives_the_same_page_and_leaves_nothing_in_pyplot(
    forecast: Forecast,
    tested: Backtest,
    background: Background,
    whole_page: Callable[[Language], Path],
    tmp_path: Path,
) -> None:
    import matplotlib.pyplot as plt

    before, goals = plt.get_fignums(), ["86%", "75%"]
    told = {"backtest": tested, "background": background}
    again = write_report(forecast, goals, tmp_path / "again.html", **told)
    assert again.read_bytes() == whole_page("en").read_bytes()
    assert plt.get_fignums() == before
