"""The page of the night as text: a sample beside the forecast, and a count that is no chance."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from turnout import Election
from turnout.quick_count import SampleEstimate
from turnout.watch.night import Standing
from turnout.watch.page.charts import NARROW, total_over_time
from turnout.watch.page.page import live_part
from turnout.watch.update import Point, Update, Whole

AT = dt.datetime(2024, 11, 28, 2, 56, tzinfo=dt.UTC)


def page(
    ends: tuple[float, float],
    share: float,
    sample: SampleEstimate | None = None,
    *,
    doubtful: bool = False,
    draws: int = 4_000,
    out: bool = False,
    **told_of: Any,
) -> str:
    """Return the page of a city of two districts, Utara being whole, with a goal of 65%."""
    low, high = ends
    median = low if low == high else 0.66
    whole = Whole(2000.0, low, median, (low,) * 3, (high,) * 3, 0.999, share, 1000.0, 660.0, sample)
    whole = replace(whole, draws=draws)
    if doubtful:
        whole = replace(whole, doubtful=True, lower=(low, low, 0.0), upper=(high, high, 1.0))
    districts = pd.DataFrame(
        {
            "name": ["Utara", "Selatan"],
            "registered": 1000.0,
            "counted_registered": [1000.0, 1000.0 * (share == 1)],
            "counted_voters": [640.0, 680.0 * (share == 1)],
            "counted_share": [1.0, float(share == 1)],
            "median": [0.64, 0.68],
            "lower": [0.64, 0.68 if share == 1 else 0.64],
            "upper": [0.64, 0.68 if share == 1 else 0.72],
            "chance": [0.0, 0.999],
            "places_out": [0, 0 if share == 1 else 7],
            "doubtful": False,
            "scale": "district",
        }
    )
    names = ["name", "parent", "registered", "mean", "counted_registered", "counted_voters"]
    places = pd.DataFrame(columns=[*names, "complete"])
    if out:  # of so few registered that they cannot bring the goal
        places.loc[0] = ["Murni", "Selatan", 10.0, 0.5, 0.0, 0.0, False]
    points = (Point(1, AT, AT, whole, ()),)
    place = {"en": "Kota", "id": "Kota"}
    update = Update(
        AT, "x", "y", AT, whole, places, districts, pd.DataFrame(), (), None, 0.65, place
    )
    standing = replace(Standing(update, points, (), AT), **told_of)
    told = live_part(standing, "id", Election("2024-11-27", "pilkada"))
    return " ".join(told.split())


def test_what_is_counted_whole_has_an_outcome_and_no_probability() -> None:
    told = page((0.66, 0.66), 1.0)
    assert "<dt>Target 65%</dt><dd>tercapai</dd>" in told
    assert told.count('<td class="n">tidak tercapai</td>') == 1
    assert "semua TPS sudah masuk: target 65% tercapai." in told
    assert "99%" not in told.replace("rentang 99%", "")
    assert "&lt;1%" not in told
    assert "66,0–66,0%" not in told
    assert "64,0–64,0%" not in told
    assert "semua TPS sudah masuk: 66,0%." in told
    near = page((0.64984, 0.64984), 1.0)
    assert "<dt>Partisipasi</dt><dd>64,98%</dd>" in near
    assert "Kota: partisipasi 64,98%; semua TPS sudah masuk." in near


def test_of_few_draws_the_page_gives_the_bound_and_doubts_stand_beside_the_headline() -> None:
    doubt = {"en": "One election is in doubt.", "id": "Satu pemilihan diragukan."}
    told = page((0.64, 0.68), 0.5, draws=200, provisos=(doubt,))
    assert "<dt>Peluang mencapai 65%</dt><dd>&gt;98,5%</dd>" in told
    assert '<td class="n">&gt;98,5%</td>' in told
    assert "&gt;99%" not in told
    assert "peluangnya &gt;98,5%." in told
    assert "</p> <p>Satu pemilihan diragukan.</p> <ul" in told


@pytest.mark.parametrize("ends", [(0.64, 0.68), (0.655, 0.68)])
def test_what_is_open_keeps_its_probability_though_a_district_is_whole(
    ends: tuple[float, float],
) -> None:
    told = page(ends, 0.5)
    assert "<dt>Peluang mencapai 65%</dt><dd>&gt;99%</dd>" in told
    assert '<td class="n">tidak tercapai</td>' in told
    assert '<td class="n">&gt;99%</td>' in told


def test_a_sample_has_its_card() -> None:
    told = page((0.64, 0.68), 0.5, SampleEstimate(0.64, 0.01, 30, 1_000))
    assert "<dt>Sampel saja</dt><dd>64,0%<small>62,3–65,7%</small></dd>" in told
    assert "Sampel saja (30 dari 1.000 TPS)" in told
    assert "Sampel saja" not in page((0.64, 0.68), 0.5)


def test_a_note_does_not_look_like_trouble() -> None:
    note = {"en": "Odd.", "id": "27 November dianggap hari pemungutan suara."}
    told = page((0.64, 0.68), 0.5, warnings=(note,))
    assert '<div class="look"> <p><strong>Perlu diperiksa pada hasil hitung</strong></p>' in told
    assert 'class="banner"' not in told
    assert '<div class="banner" role="alert">' in page((0.64, 0.68), 0.5, troubles=(note,))


def test_the_card_of_the_count_tells_the_time_and_another_day_below_it() -> None:
    assert "<dt>Hasil hitung per</dt><dd>02.56 UTC</dd>" in page((0.64, 0.68), 0.5)


@pytest.mark.parametrize(("start", "below"), [(0.67, True), (0.62, False)])
def test_the_goal_is_named_where_the_figure_does_not_begin(start: float, *, below: bool) -> None:
    whole = Whole(2000.0, start, start, (0.55,) * 3, (0.75,) * 3, 0.5, 0.5, 1000.0, 660.0, None)
    line = total_over_time((Point(1, AT, AT, whole, ()),), 0.65, NARROW, "id")
    assert line.goal is not None
    assert (line.named > line.goal) == below


@pytest.mark.parametrize(("ends", "share"), [((0.66, 0.66), 1.0), ((0.64, 0.68), 0.5)])
def test_a_count_in_doubt_has_no_probability_of_the_whole(
    ends: tuple[float, float], share: float
) -> None:
    told = page(ends, share, doubtful=True)
    assert "<dt>Target 65%</dt><dd>belum jelas</dd>" in told
    assert "Peluang target" not in told
    assert "semua TPS sudah masuk" not in told
    assert ("Rentang 90%" in told) == (share < 1)


def test_a_count_in_doubt_does_not_tell_what_the_rest_would_have_to_bring() -> None:
    sure, doubted = (page((0.62, 0.63), 0.5, doubtful=doubt, out=True) for doubt in (False, True))
    assert ("sekalipun semua pemilih" in sure, "Diperlukan" in sure) == (True, True)
    assert ("sekalipun semua pemilih" in doubted, "iperlukan" in doubted) == (False, False)
    assert "10 pemilih terdaftar belum dihitung" in doubted


def test_the_table_of_places_is_called_by_their_scale() -> None:
    assert "<h2>Per kecamatan</h2>" in page((0.64, 0.68), 0.5)
