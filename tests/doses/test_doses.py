"""Doses by hand: windows, districts, codes, saturation, and what is reported."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.doses import (
    BIAS_SD,
    PLACES_ONLY_SD,
    PRIORS,
    dose_columns,
    is_compared,
    mean_dose,
    place_log,
    prior_of,
    saturating,
)
from turnout.doses.priors import class_of
from turnout.elections import Election
from turnout.errors import DataError
from turnout.models.covariates.outreach import outreach_effects, outreach_notes
from turnout.outreach_kinds import ACTIVITIES, kind_of

RESULTS = pd.DataFrame(
    {
        "date": ["2019-04-17"] * 3 + ["2024-02-14"] * 3,
        "election_type": "pemilu",
        "city": "Kota",
        "district": ["Timur", "Timur", "Barat"] * 2,
        "area": ["Murni", "Legok", "Kasang"] * 2,
        "area_id": ["1", "2", "3"] * 2,
        "registered": [1000, 3000, 2000] * 2,
        "voters": [700, 2100, 1500] * 2,
    }
)
PANEL = build_panel(RESULTS)


def log(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"date": "2024-02-01", "kind": "tatap muka", "reached": 100, **columns})


def dose_by_area(table: pd.DataFrame, **settings: float) -> dict[str, list[float]]:
    (dose,) = dose_columns(PANEL, table, **settings)
    rows = PANEL.nodes.dropna(subset=["area"])
    return {row["area"]: dose.reached[node].tolist() for node, row in rows.iterrows()}


def test_an_activity_counts_for_the_contests_of_its_window():
    # 180 days before 2024-02-14 is 2023-08-18; polling day itself is too late.
    days = ["2023-08-17", "2023-08-18", "2024-02-13", "2024-02-14"]
    reached = dose_by_area(log(date=days, area="Murni", reached=[1, 10, 100, 1000]))
    assert reached["Murni"] == [0.0, 110.0]


def test_a_shorter_window():
    table = log(date=["2023-12-01", "2024-02-10"], area="Murni", reached=[1, 10])
    assert dose_by_area(table, window_days=30)["Murni"] == [0.0, 10.0]


def test_a_districts_activity_is_spread_by_registered():
    reached = dose_by_area(log(district=["Kec. TIMUR"], reached=[80]))
    assert reached == {"Murni": [0, 20], "Legok": [0, 60], "Kasang": [0, 0]}


def test_a_citys_activity_reaches_all_areas():
    reached = dose_by_area(log(city=["Kota"], reached=[60]))
    assert reached == {"Murni": [0, 10], "Legok": [0, 30], "Kasang": [0, 20]}


def test_the_dose_saturates_and_districts_have_the_mean_of_their_areas():
    (dose,) = dose_columns(PANEL, log(area=["Murni"], reached=[1000]))
    # x = 1: h = .5 (1 - e^-2) = .43233; Timur holds 1000 of 4000 voters in Murni.
    nodes = PANEL.nodes
    murni = nodes.index[nodes["area"] == "Murni"][0]
    timur = nodes.index[(nodes["scale"] == "district") & (nodes["district"] == "Timur")][0]
    np.testing.assert_allclose(dose.values[murni, 1], 0.432332, rtol=1e-5)
    np.testing.assert_allclose(dose.values[timur, 1], 0.432332 / 4, rtol=1e-5)
    np.testing.assert_allclose(saturating(0.01), 0.0099, rtol=1e-3)


def test_partly_counted_areas_count_with_all_their_stations():
    half = RESULTS.assign(
        stations_counted=[4.0] * 6, stations_total=[5.0] * 6, registered=RESULTS["registered"] * 0.8
    )
    (dose,) = dose_columns(build_panel(half), log(area=["Murni"], reached=[100]))
    np.testing.assert_allclose(dose.values[dose.values > 0].max(), saturating(0.1))


def test_places_by_code_and_by_name_and_the_rest_reported():
    table = log(area_id=["2", None, None, None], area=["Nowhere", "kel. KASANG", "Nowhere", None])
    placed = place_log(PANEL, table)
    assert PANEL.nodes["area"].iloc[placed.table["node"]].tolist() == ["Legok", "Kasang"]
    assert [finding.spot.row for finding in placed.findings] == [2, 3, None]
    assert placed.findings[-1].rule == "activity_place_spelled"
    assert "'kel. KASANG' is written in another way" in placed.findings[-1].say()
    assert "Nowhere" in placed.findings[0].say("id")


def test_a_name_that_two_districts_know_needs_its_district():
    twice = pd.concat([RESULTS, RESULTS.assign(district="Selatan", area_id=["4", "5", "6"] * 2)])
    panel = build_panel(twice)
    placed = place_log(panel, log(area=["Murni", "Murni"], district=[None, "Selatan"]))
    assert panel.nodes["area_id"].iloc[placed.table["node"]].tolist() == ["4"]
    [unclear] = placed.findings
    assert unclear.rule == "activity_place_unclear"
    for said in ("fits 2 places", "Murni (Timur)", "Murni (Selatan)"):
        assert said in unclear.say()


def test_attendance_not_told_is_the_median_of_three_else_the_stated_one():
    few = place_log(PANEL, log(area=["Murni"] * 2, reached=[40, None]))
    assert few.table["reached"].tolist() == [40, 100]  # tatap muka: 100
    many = place_log(PANEL, log(area=["Murni"] * 4, reached=[40, 50, 90, None]))
    assert many.table["reached"].tolist() == [40, 50, 90, 50]
    assert many.findings[0].rule == "attendance_assumed"


def test_a_log_without_a_date_or_place_is_refused():
    with pytest.raises(DataError, match="date"):
        place_log(PANEL, pd.DataFrame({"area": ["Murni"]}))
    with pytest.raises(DataError, match="area_id"):
        place_log(PANEL, pd.DataFrame({"date": ["2024-01-01"]}))


def test_every_kind_of_the_vocabulary_has_a_class():
    assert {class_of(one.key) for one in ACTIVITIES} <= set(PRIORS) - {"other"}


@pytest.mark.parametrize(
    ("kind", "mean", "sd"),
    [
        # DOMAIN: points at a turnout of 75%, a logit of 1 being 18.75 points.
        ("dari rumah ke rumah", 2.0, 1.5),
        ("tatap muka", 1.5, 2.0),
        ("jalan sehat", 0.5, 1.5),
        ("whatsapp", 0.7, 0.5),
        ("baliho", 0.1, 0.3),
    ],
)
def test_priors_are_those_documented_in_points(kind, mean, sd):
    prior = prior_of(kind_of(kind))
    np.testing.assert_allclose([18.75 * prior.mean, 18.75 * prior.sd], [mean, sd], atol=0.02)


def test_compared_with_itself():
    (both,) = dose_columns(PANEL, log(area=["Murni", "Legok"], reached=[100, 300]))
    assert is_compared(PANEL, both.values)
    one_contest = build_panel(RESULTS[RESULTS["date"] == "2024-02-14"])
    (only,) = dose_columns(one_contest, log(area=["Murni"]))
    assert not is_compared(one_contest, only.values)
    everywhere = log(area=["Murni", "Legok", "Kasang"], reached=[100, 300, 200])
    (same,) = dose_columns(PANEL, everywhere)
    assert not is_compared(PANEL, same.values)


def test_the_two_columns_of_the_likelihood():
    coming = Election("2024-11-27", "pilkada")
    panel = build_panel(RESULTS, election=coming)
    past, planned = log(area=["Murni"]), log(date="2024-11-01", area=["Legok"], reached=[300])
    effect, bias = outreach_effects(panel, (past, planned), coming=panel.contest_of(coming))
    assert (effect.name, effect.mean, effect.sd) == ("face_to_face", 0.08, 0.107)
    assert effect.values[:, -1].any()
    assert not bias.values[:, -1].any()
    np.testing.assert_allclose(bias.sd * saturating(0.1), BIAS_SD)
    assert mean_dose(bias.values[panel.is_leaf]) == pytest.approx(saturating(0.1))


def test_without_a_log_there_is_no_effect_and_by_lot_no_bias():
    assert outreach_effects(PANEL, (None, None)) == ()
    assert len(outreach_effects(PANEL, (log(area=["Murni"]),), bias_sd=0.0)) == 1


def test_where_no_place_is_compared_only_the_prior_speaks():
    everywhere = log(area=["Murni", "Legok", "Kasang", "Nowhere"], reached=[100, 300, 200, 5])
    bias = outreach_effects(PANEL, (everywhere,))[1]
    np.testing.assert_allclose(bias.sd * saturating(0.1), PLACES_ONLY_SD)
    counted, silent, lost = outreach_notes(PANEL, 1, (everywhere,))
    assert counted.values == {"coming": 3, "past": 0}
    assert "face-to-face meeting" in silent.say("en")
    assert "tatap muka" in silent.say("id")
    assert lost.values == {"n": 1}
