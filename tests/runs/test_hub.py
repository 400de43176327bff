"""A forecast for a hub: the columns of the hubverse, the figures of forecast.csv."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from turnout import Election, TurnoutError
from turnout.forecast import About, Forecast
from turnout.output.tables import write_parquet
from turnout.runs.contents import forecast_table
from turnout.runs.hub import HUB_COLUMNS, QUANTILES, Wanted, hub_table

PLACES = pd.DataFrame(
    {
        "city": "Kota",
        "district": ["Utara", "Utara", "Selatan"],
        "area": ["Legok", "Murni", "Legok"],
        "area_id": [None, "15.71", None],
        "registered": [1000.0, 3000.0, 6000.0],
    }
)
DRAWS = np.random.default_rng(1).beta(60, 40, (200, 3)).astype(np.float32)
FORECAST = Forecast(
    Election("2030-11-27", "pilkada"), PLACES, DRAWS, "area", about=About("Own Model", 1)
)
DAY = dt.date(2030, 11, 1)


def test_the_schema_is_that_of_the_hubverse(tmp_path: Path) -> None:
    table = hub_table(FORECAST, Wanted(team="kpu_jambi", reference_date=DAY))
    write_parquet(table, tmp_path / "hub.parquet")
    written = pq.read_table(tmp_path / "hub.parquet")
    assert written.schema.names == list(HUB_COLUMNS)
    types = {name: written.schema.field(name).type for name in HUB_COLUMNS}
    texts = {"model_id", "target", "scale", "location", "output_type", "output_type_id"}
    assert {name for name, kind in types.items() if pa.types.is_large_string(kind)
            or pa.types.is_string(kind)} == texts  # fmt: skip
    assert {types["reference_date"], types["target_date"]} == {pa.date32()}
    assert types["value"] == pa.float64()
    assert not any(column.null_count for column in written.columns)
    assert set(table["model_id"]) == {"kpu_jambi-Own_Model"}
    again = tmp_path / "again.parquet"
    write_parquet(table, again)
    assert again.read_bytes() == (tmp_path / "hub.parquet").read_bytes()


def test_every_task_has_every_quantile_and_sample_once() -> None:
    table = hub_table(FORECAST, Wanted(reference_date=DAY))
    keys = ["scale", "location", "output_type", "output_type_id"]
    assert not table.duplicated(keys).any()
    counts = table.groupby(["location", "output_type"]).size().unstack()
    assert set(counts["quantile"]) == {len(QUANTILES)} == {23}
    assert set(counts["sample"]) == {200}
    assert set(counts.index) == {
        "Kota", "Kota / Utara", "Kota / Selatan", "15.71",
        "Kota / Utara / Legok", "Kota / Selatan / Legok",
    }  # fmt: skip


def test_quantiles_are_the_figures_of_forecast_csv() -> None:
    levels = (0.5, 0.68, 0.9)
    told = forecast_table(FORECAST, None, levels)
    table = hub_table(FORECAST, Wanted(levels=levels, reference_date=DAY))
    found = table[table["output_type"] == "quantile"]
    for level, low, high in ((0.5, "0.25", "0.75"), (0.68, "0.16", "0.84"), (0.9, "0.05", "0.95")):
        rows = told[told["level"] == level]
        for scale, part in rows.groupby("scale"):
            for name, one in (("lower", low), ("median", "0.5"), ("upper", high)):
                of_one = found[(found["scale"] == scale) & (found["output_type_id"] == one)]
                np.testing.assert_allclose(
                    of_one["value"], part[name].astype(float), rtol=0, atol=1e-12
                )


def test_samples_of_one_number_are_one_joint_draw() -> None:
    table = hub_table(FORECAST, Wanted(samples=50, reference_date=DAY))
    samples = table[table["output_type"] == "sample"]
    wide = samples.pivot_table(index="output_type_id", columns="location", values="value")
    assert wide.index.tolist() == [f"{number:03d}" for number in range(1, 51)]
    areas = ["Kota / Utara / Legok", "15.71", "Kota / Selatan / Legok"]
    np.testing.assert_allclose(wide[areas], DRAWS[:50].astype(float))
    size = PLACES["registered"].to_numpy()
    np.testing.assert_allclose(wide["Kota"], wide[areas] @ size / size.sum())


def test_scales_are_chosen() -> None:
    table = hub_table(FORECAST, Wanted(("city",), samples=0, reference_date=DAY))
    assert set(table["location"]) == {"Kota"}
    assert set(table["output_type"]) == {"quantile"}


def test_the_day_is_the_newest_that_the_forecast_knows() -> None:
    history = pd.DataFrame({"date": pd.to_datetime(["2020-12-09", "2024-02-14"]), "scale": "x"})
    known = Forecast(FORECAST.election, PLACES, DRAWS, "area", history=history)
    assert set(hub_table(known, Wanted(("area",)))["reference_date"]) == {dt.date(2024, 2, 14)}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(("nation",), reference_date=DAY), "no scale 'nation'"),
        (Wanted(samples=201, reference_date=DAY), "has 200 draws"),
        (Wanted(team="KPU Jambi", reference_date=DAY), "no team's name"),
        (Wanted(), "--reference-date"),
        (Wanted(reference_date=dt.date(2030, 11, 28)), "lies after the polling day"),
    ],
)
def test_what_cannot_be_exported_is_told(wanted: Wanted, words: str) -> None:
    with pytest.raises(TurnoutError, match=words):
        hub_table(FORECAST, wanted)
