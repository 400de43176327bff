"""A real forecast to report on, and the programs that look at the files."""

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from turnout import Election, HierarchicalModel, backtest, load_jambi, write_report
from turnout.backtesting import Backtest, Settings
from turnout.cli.files import read_files
from turnout.datasets import jambi_file
from turnout.forecast import Forecast
from turnout.language import Language
from turnout.models.diagnosis.diagnose import Diagnosis
from turnout.report import Background

ELECTION = Election("2024-11-27", "pilkada")


@pytest.fixture(scope="session")
def diagnosed() -> tuple[Forecast, Diagnosis]:
    """Kota Jambi before November 2024, and what its forecast rests on."""
    jambi = load_jambi()
    fitted = HierarchicalModel().fit(jambi.results, crosswalk=jambi.crosswalk)
    return fitted.forecast_and_diagnose(ELECTION, roll=jambi.roll, draws=1000, seed=1)


@pytest.fixture(scope="session")
def forecast(diagnosed: tuple[Forecast, Diagnosis]) -> Forecast:
    return diagnosed[0]


@pytest.fixture(scope="session")
def diagnosis(diagnosed: tuple[Forecast, Diagnosis]) -> Diagnosis:
    return diagnosed[1]


@pytest.fixture(scope="session")
def tested() -> Backtest:
    jambi = load_jambi()
    settings = Settings(draws=300)
    return backtest([], jambi.results, crosswalk=jambi.crosswalk, settings=settings)


@pytest.fixture(scope="session")
def background() -> Background:
    names = {"results": "results.csv", "roll": "roll_2024-11-27.csv", "crosswalk": "crosswalk.csv"}
    files = {role: jambi_file(name) for role, name in names.items()}
    readings = read_files(files, ELECTION)
    return Background(files, [one for reading in readings.values() for one in reading.findings])


@pytest.fixture(scope="session")
def whole_page(
    forecast: Forecast,
    tested: Backtest,
    background: Background,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Language], Path]:
    """Return what gives report.html of a language with all it can hold, written once."""
    folder = tmp_path_factory.mktemp("report")

    @cache
    def written(lang: Language) -> Path:
        told = {"lang": lang, "backtest": tested, "background": background}
        return write_report(forecast, ["86%", "75%"], folder / f"{lang}.html", **told)

    return written


def program(*names: str) -> str:
    """Return the path of a program; without it the test is skipped, but fails in CI."""
    for name in names:
        if path := shutil.which(name):
            return path
    reason = f"{names[0]} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason + ", and in CI every test must run")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    return program("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def soffice() -> str:
    return program("soffice", "libreoffice")
