"""The model of docs/how-to/own-model.md works wherever a model does."""

import sys
from pathlib import Path

import pandas as pd
import pytest
from tests.cli.conftest import draw_nothing

import turnout
from turnout.cli import main
from turnout.cli.models import make_model
from turnout.errors import TurnoutError
from turnout.models import FittedModel, Model

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "own-model.md"

RESULTS = pd.DataFrame(
    {
        "date": ["2009-04-09", "2013-06-29", "2015-12-09", "2018-06-27"] * 2,
        "election_type": "pilkada",
        "area": ["Murni"] * 4 + ["Legok"] * 4,
        "city": "Kota",
        "registered": 9000,
        "voters": [5400, 5850, 6300, 6750, 4500, 4950, 5400, 5850],
    }
)


@pytest.fixture
def page_model(tmp_path, monkeypatch):
    code = PAGE.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    assert len(code.splitlines()) <= 48
    (tmp_path / "mymodel.py").write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield make_model("mymodel:PastMean")
    sys.modules.pop("mymodel", None)


def test_it_is_a_model_and_forecasts(page_model):
    fitted = page_model.fit(RESULTS)
    assert isinstance(page_model, Model)
    assert isinstance(fitted, FittedModel)
    forecast = fitted.forecast(turnout.Election("2024-11-27", "pilkada"), draws=500, seed=1)
    # Murni has voted 60, 65, 70, 75%, Legok 50, 55, 60, 65%.
    medians = forecast.intervals().set_index("area")["median"]
    assert medians["Murni"] == pytest.approx(0.675, abs=0.01)
    assert medians["Legok"] == pytest.approx(0.575, abs=0.01)
    # The shock is shared: the whole is as wide as its places.
    assert forecast.at("city").draws.std() == pytest.approx(0.05, abs=0.01)


@pytest.mark.slow
def test_it_is_backtested_and_mixed(page_model):
    tested = turnout.backtest([page_model], RESULTS)
    assert {"PastMean", "LastOfType"} <= set(tested.scores["model"])
    mixed = turnout.Mixture((turnout.LastOfType(), page_model)).fit(RESULTS)
    forecast = mixed.forecast(turnout.Election("2024-11-27", "pilkada"), draws=200, seed=1)
    assert forecast.about.diagnostics["weight_PastMean"] == 0.5


@pytest.mark.usefixtures("page_model")
def test_it_runs_from_the_command_line(tmp_path, capsys, monkeypatch):
    draw_nothing(monkeypatch)
    RESULTS.to_csv(tmp_path / "results.csv", index=False)
    asked = ["run", "results.csv", "--date", "2024-11-27", "--type", "pilkada", "--draws", "200"]
    with pytest.raises(SystemExit) as end:
        main([*asked, "--model", "mymodel:PastMean", "--out", "out"])
    assert end.value.code in (0, None)
    assert '"model": "PastMean"' in (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main([*asked, "--model", "mymodel:PastMean", "--prior", "indonesia", "--out", "no"])
    assert end.value.code == 2
    assert "has no priors" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nosuchmodule:Model", "cannot be imported"),
        ("json:NoSuchName", "cannot be imported"),
        ("json:dumps", "is not a model"),
    ],
)
def test_what_is_no_model_is_told(name, told):
    with pytest.raises(TurnoutError, match=told):
        make_model(name)
