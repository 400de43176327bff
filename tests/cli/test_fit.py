"""Tables that do not fit each other, or the election: told before anything is computed."""

from pathlib import Path

import pandas as pd
import pytest
from tests.cli.conftest import Run

from turnout import Election
from turnout.cli.fit import held_together
from turnout.reading import load_results
from turnout.rules.grave import GRAVE

RESULTS = """date,type,district,area,registered,voters
2015-12-09,pilkada,U,Kasang,1000,600
2015-12-09,pilkada,U,Murni,900,630
2020-12-09,pilkada,U,Kasang,1100,790
2020-12-09,pilkada,U,Murni,950,640
"""
ROLL = "district,area,registered\nU,Kasang,1150\n"
ASKED = ["run", "hasil.csv", "--date", "2024-11-27", "--model", "last-of-type", "--draws", "200"]


@pytest.fixture
def tables(tmp_path: Path) -> None:
    (tmp_path / "hasil.csv").write_text(RESULTS)
    (tmp_path / "dpt.csv").write_text(ROLL)
    (tmp_path / "dpt10.csv").write_text(f"{ROLL}U,Murni,9600\n")


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--type", "pilkada", "--roll", "dpt.csv"], "1 area of the newest results is not on"),
        (
            ["--type", "pilkada", "--roll", "dpt10.csv"],
            "dpt10.csv, row 3, column registered ('9600')",
        ),
        (["--type", "pikada"], "the type 'pikada' of the coming election looks like 'pilkada'"),
        (["--type", "pilkada"], ""),
        (["--type", "referendum"], ""),
    ],
)
def test_what_a_run_does_not_fit_is_said_first_and_kept(
    undrawn: Run, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    assert undrawn(*ASKED, *options) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith(told) if told else "newest results" not in said + "looks like"
    rules = {one["rule"] for one in pd.read_json("forecast-out/run.json", typ="series")["findings"]}
    assert ({"missing_from_roll", "near_type", "roll_far_off"} & rules != set()) is bool(told)


@pytest.mark.parametrize(("day", "meant"), [("2020-09-12", "2020-12-09"), ("2020-12-09", None)])
def test_a_coming_day_whose_month_stands_in_its_place_is_asked_about(
    day: str, meant: str | None
) -> None:
    past = pd.DataFrame(
        {"date": ["2015-12-09"], "type": ["pilkada"], "area": ["Kasang"], "registered": [1000],
         "voters": [600]}
    )  # fmt: skip
    held = held_together({"results": load_results(past)}, Election(day, "pilkada"))
    found = [one for one in held["results"].findings if one.rule in GRAVE]
    assert len(found) == (meant is not None)
    for finding in found:
        assert finding.say("id").endswith(f"tulis --date {meant}.")
