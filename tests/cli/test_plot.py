"""``forecast plot``: every figure of a run by name, in the wanted size, format and language."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from turnout import Election, Forecast

PLACES = pd.DataFrame(
    {
        "city": "Kota",
        "district": ["Utara", "Utara", "Selatan"],
        "area": ["Murni", "Legok", "Kasang"],
        "registered": [100.0, 300.0, 600.0],
    }
)

Plot = Callable[..., int]


@pytest.fixture
def plot(tmp_path: Path, command: Plot) -> Plot:
    """Draw from a finished run in an empty folder; returns the exit code."""
    draws = np.random.default_rng(1).beta(60, 40, (200, 3))
    folder = tmp_path / "forecast-out"
    folder.mkdir()
    Forecast(Election("2024-11-27", "pilkada"), PLACES, draws, "area").save(folder / "draws")
    (folder / "run.json").write_text(json.dumps({"goals": [0.7]}), encoding="utf-8")

    return partial(command, "plot")


NAMES = [
    "total",
    "dots",
    "history",
    "goal",
    "districts",
    "areas",
    "heatmap",
    "multiples",
    "map",
    "map-goal",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_name(plot: Plot, name: str) -> None:
    assert plot(name) == 0
    with Image.open(f"{name}.png") as picture:
        assert abs(picture.width - 160 / 25.4 * 200) < 2


def test_size_format_and_language(plot: Plot) -> None:
    assert plot("total", "--width", "100", "--height", "50.8", "--dpi", "100") == 0
    with Image.open("total.png") as picture:
        assert abs(picture.width - 394) < 2
        assert abs(picture.height - 200) < 2
    assert plot("total", "forecast-out", "--lang", "id", "--out", "gambar/total.svg") == 0
    assert Path("gambar/total.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert plot("goal", "--by", "district", "--goal", "75%", "--out", "goal.pdf") == 0
    assert Path("goal.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("pie",), "no figure 'pie'. Choose one of: total, dots, history, goal"),
        (("total", "--out", "total.doc"), "total.doc ends with none of .png, .svg, .pdf"),
        (("total", "elsewhere"), "There is no folder elsewhere"),
        (("areas", "--by", "nation"), "no scale 'nation'. Choose one of: area, district, city"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    plot: Plot, arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plot(*arguments) == 2
    assert told in " ".join(capsys.readouterr().err.split())


def test_a_run_without_draws_is_told(plot: Plot, capsys: pytest.CaptureFixture[str]) -> None:
    Path("forecast-out/draws.npz").unlink()
    assert plot("total", "--lang", "id") == 2
    assert "tidak memuat draws.npz" in capsys.readouterr().err
