"""The order form: quantiles of voters, what they cost, queues, and how it did."""

import re
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast
from turnout.forms.order import ORDER_COLUMNS, Station, order_form, scored_order
from turnout.forms.order_files import read_order, say_order, say_scored_order, write_order
from turnout.language import Language
from turnout.schema import canonical_results

PLACES = pd.DataFrame(
    {"city": "Kota", "area": ["A", "B"], "area_id": [None, None], "registered": [1000.0, 3000.0]}
)
DRAWS = np.random.default_rng(1).beta(60, 30, (4000, 2))
FORECAST = Forecast(Election("2030-11-27", "pilkada"), PLACES, DRAWS, "area")


def test_voters_are_quantiles_and_costs_are_means_over_the_draws() -> None:
    form = order_form(FORECAST)
    assert form.columns.tolist() == list(ORDER_COLUMNS)
    assert form["rule"].tolist() == ["80%", "90%", "95%", "law"] * 3
    second = form[form["area"] == "B"].set_index("rule")
    voters = 3000 * DRAWS[:, 1]
    for rule, level in (("80%", 0.8), ("90%", 0.9), ("95%", 0.95)):
        row = second.loc[rule]
        np.testing.assert_allclose(row["voters"], np.quantile(voters, level), atol=1)
        assert row["ballots"] == row["voters"] + 75
        over = voters - row["ballots"]
        np.testing.assert_allclose(row["prob_short"], (over > 0).mean())
        np.testing.assert_allclose(row["shortage"], over.clip(0).mean())
        np.testing.assert_allclose(row["waste"], (-over).clip(0).mean())
    np.testing.assert_allclose(second.loc["law", "ballots"], 3075)
    np.testing.assert_allclose(second.loc["law", "waste"], 3075 - voters.mean())


def test_without_a_reserve_a_level_is_what_it_says() -> None:
    form = order_form(FORECAST, reserve=0.0).set_index("rule")
    np.testing.assert_allclose(form.loc["80%", "prob_short"], 0.2, atol=0.005)
    np.testing.assert_allclose(form.loc["95%", "prob_short"], 0.05, atol=0.005)


def test_stations_give_the_longest_wait_by_the_rule() -> None:
    stations = PLACES.assign(stations_total=[2.0, 5.0]).drop(columns="area_id")
    form = order_form(FORECAST, stations=stations, station=Station(booths=2, minutes=4))
    np.testing.assert_allclose(form.drop_duplicates(["scale", "area"])["stations"], [7, 2, 5])
    row = form[(form["area"] == "A") & (form["rule"] == "law")].iloc[0]
    # 500 at a station, 125 in the busiest hour, 30 can vote in it: 95 wait 2 minutes each
    np.testing.assert_allclose(row["queue_minutes"], 190)
    assert order_form(FORECAST)["queue_minutes"].isna().all()


def test_a_form_is_scored_by_what_happened(tmp_path) -> None:
    form = order_form(FORECAST)
    write_order(form, tmp_path, "id")
    kept = read_order(tmp_path)
    assert kept is not None
    np.testing.assert_allclose(kept["ballots"].astype(float), form["ballots"])
    actual = canonical_results(
        pd.DataFrame(
            {
                "date": "2030-11-27",
                "election_type": "pilkada",
                "city": "Kota",
                "area": ["A", "B"],
                "registered": [1000, 3000],
                "voters": [990, 1500],
            }
        )
    )
    scored = scored_order(kept, actual)
    first = scored[(scored["area"] == "A") & (scored["rule"] == "90%")].iloc[0]
    assert first["short"] == 990 - first["ballots"]
    assert scored[scored["scale"] == "city"]["actual_voters"].unique().tolist() == [2490]
    told = say_scored_order(scored, "en")
    assert "Order form, 80%: 1 of 2 places ran short (expected " in told
    assert "seluruh" not in told
    for lang, ballots in (("en", " ballots"), ("id", " surat suara")):
        for line in say_order(form, lang).splitlines():
            on_average = re.split("[Rr]ata-rata|[Oo]n average", line)[1]
            assert on_average.count(ballots) == len(re.findall(r"\d[\d.,]*", on_average))


def test_there_is_no_form_where_none_was_written(tmp_path) -> None:
    assert read_order(tmp_path) is None
    (tmp_path / "order.csv").write_text("a\n1\n", encoding="utf-8")
    assert read_order(tmp_path) is None


@pytest.mark.parametrize("wrong", [{"levels": [80]}, {"reserve": 2.5}])
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must"):
        order_form(FORECAST, **wrong)


@pytest.mark.parametrize("lang", ["id"])
def test_the_same_form_gives_the_same_bytes(lang: Language, tmp_path: Path) -> None:
    """Also later: a workbook is a ZIP archive, which holds times, of two seconds each."""
    for name, wait in (("one", 0), ("other", 2.1)):
        time.sleep(wait)
        (tmp_path / name).mkdir()
        write_order(order_form(FORECAST), tmp_path / name, lang)
    for file in ("order.csv", "order.xlsx"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()
