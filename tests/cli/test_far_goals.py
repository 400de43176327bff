"""Goals are read alike wherever they are given, and asked about far below all of the past."""

import pandas as pd
import pytest

from turnout.cli.far_goals import with_goals_held
from turnout.cli.said import Inputs, read_config
from turnout.errors import TurnoutError
from turnout.reading import load_results

PAST = pd.DataFrame(
    {"date": "2018-06-27", "type": "pilkada", "area": ["Kasang", "Murni"], "registered": 1000,
     "voters": [700, 620]}
)  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "said"),
    [("8,6", "--goal 86%"), ("7", "--goal 70%"), ("3%", "Periksa targetnya"), ("86%", None),
     ("0,86", None), ("40", None)],
)  # fmt: skip
def test_a_goal_far_below_the_past_is_asked_about(goal, said):
    [found] = [
        [one.say("id") for one in with_goals_held({"results": load_results(PAST)}, [goal])[
            "results"].findings]
    ]  # fmt: skip
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


@pytest.mark.parametrize("goal", ["860", "0,86%", "1", "banyak"])
def test_check_keeps_no_goal_that_a_run_would_refuse(undrawn, tmp_path, capsys, goal):
    PAST.to_csv("past.csv", index=False)
    asked = ("--goal", goal, "--write-config", "c.toml", "--lang", "id")
    assert undrawn("check", "past.csv", *asked) == 2
    assert "Target" in capsys.readouterr().err
    assert not (tmp_path / "c.toml").exists()


@pytest.mark.parametrize("written", ['"86%"', '["86%"]', "0.86", '"86 persen"', "86"])
def test_a_goal_of_a_config_file_may_be_written_as_people_do(tmp_path, written):
    path = tmp_path / "c.toml"
    path.write_text(f"[election]\ngoal = {written}\n", encoding="utf-8")
    assert len(read_config(path).goals(None)) == 1


def test_a_goal_of_a_config_file_is_read_as_an_option_is():
    with pytest.raises(TurnoutError, match="does not lie between"):
        Inputs({}, election={"goal": ["860"]}).goals(None)
    assert Inputs({}, election={"goal": ["860"]}).goals(["70%"]) == ("70%",)
