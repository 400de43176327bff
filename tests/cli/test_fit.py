"""Tables that do not fit each other, or the election: told before anything is computed."""

import io
from pathlib import Path

import pandas as pd
import pytest
from tests.cli.conftest import Run

from turnout import Election
from turnout.cli.fit import held_together
from turnout.reading import load_crosswalk, load_results, load_roll
from turnout.rules.grave import COMING_DAY, GRAVE

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


@pytest.mark.few(2)
@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--type", "pilkada", "--roll", "dpt.csv"], "1 area of the newest results is not on"),
        (
            ["--type", "pilkada", "--roll", "dpt10.csv"],
            "dpt10.csv, row 3, column registered ('9600')",
        ),
        (["--type", "pikada"], "The type 'pikada' of the coming election looks like 'pilkada'"),
        (["--type", "pilgubb"], "The type 'pilgubb' of the coming election looks like 'pilgub'"),
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


@pytest.mark.parametrize(
    ("day", "kind", "said"),
    [
        ("2024-02-14", "pilkada", "hari pemungutan suara pileg, pilpres"),
        ("2024-11-27", "pilpres", "hari pemungutan suara pilkada"),
        ("2024-11-26", "pilkada", "tulis --date 2024-11-27"),
        ("2025-04-19", "pilkada", "hari pemungutan suara pilpres"),  # on a day of the results
        ("2024-11-27", "pilkada", None),
        ("2024-11-27", "pilbup", None),
        ("2025-05-24", "pilkada", None),  # a repeat poll of a year without a national day
        ("2029-02-14", "pilpres", None),
        ("2025-11-27", "pilkada", "tulis --date 2024-11-27"),  # a year late
        ("2025-11-27", "pilgub", "tulis --date 2024-11-27"),
        ("2023-02-14", "pilpres", "tulis --date 2024-02-14"),
        ("2024-11-26", "municipal", None),
    ],
)
def test_a_coming_day_that_is_of_others_or_misses_its_own_is_asked_about(
    day: str, kind: str, said: str | None
) -> None:
    past = past_of("pilkada", kind, "pilpres").assign(
        date=["2018-06-27", "2020-12-09", "2025-04-19"]
    )
    held = held_together({"results": load_results(past)}, Election(day, kind))
    found = [one.say("id") for one in held["results"].findings if one.rule == COMING_DAY]
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


def past_of(*kinds: str) -> pd.DataFrame:
    """Return results of one place: a contest of each type, the last the newest."""
    rows = pd.DataFrame({"type": kinds, "area": "Kasang", "registered": 1000, "voters": 600})
    rows["date"] = [f"{2010 + number}-12-09" for number in range(len(kinds))]
    return rows


@pytest.mark.few(10)
@pytest.mark.parametrize(
    ("past", "coming", "named"),
    [
        (["pilwako"], "pilkada", "--type pilwako"),
        (["pilkada"], "pilwako", "--type pilkada"),
        (["pilgub", "pilpres"], "pilkada", "--type pilgub"),
        (["pilwali", "pilwako"], "pilkada", "--type pilwako / --type pilwali"),
        (["pilwali"], "pilwako", "--type pilwali"),
        (["pemilukada"], "pilkada", "--type pemilukada"),
        (["pilkada serentak"], "pilkada", '--type "pilkada serentak"'),
        (["pileg"], "pemilu", "--type pileg"),
        (["pemilu", "pilkada"], "pilpres", "--type pemilu"),
        (["pilwako", "pilkada"], "pilkada", None),
        (["pilkada", "pilwako"], "pilwako", None),
        (["pilgub"], "pilwako", None),
        (["pilkada"], "pilkada psu", None),
        (["pilpres"], "pileg", None),
        (["pemilu"], "pilkada", None),
        (["municipal"], "referendum", None),
    ],
)
def test_a_type_that_the_past_may_know_by_another_name_is_asked_about(
    past: list[str], coming: str, named: str | None
) -> None:
    reading = load_results(past_of(*past))
    held = held_together({"results": reading}, Election("2024-11-27", coming))
    found = [one for one in held["results"].findings if one.rule in GRAVE - {COMING_DAY}]
    assert [one.say("id").endswith(f"tulis {named}.") for one in found] == [True] * bool(named)
    assert [one.say("en").endswith(f"say {named}.") for one in found] == [True] * bool(named)


def test_types_of_several_offices_are_asked_about_by_who_is_elected() -> None:
    held = held_together(
        {"results": load_results(past_of("pilgub", "pilbup"))}, Election("2024-11-27", "pilkada")
    )
    [found] = [one for one in held["results"].findings if one.rule in GRAVE - {COMING_DAY}]
    assert found.say_remedy("en").endswith(
        "--type pilbup for the regent, --type pilgub for the governor."
    )
    assert found.say_remedy("id").endswith(
        "--type pilbup untuk bupati, --type pilgub untuk gubernur."
    )


@pytest.mark.parametrize(
    ("past", "coming", "beside"),
    [
        (["pilwako", "pilkada"], "pilkada", "pilwako"),
        (["pilkada", "pilwako"], "pilwako", "pilkada"),
        (["pilgub", "pilkada"], "pilkada", None),
        (["pilkada", "pilgub"], "pilgub", None),
        (["pilgub", "pilwako"], "pilwako", None),
        (["pilgub"], "pilgub", None),
        (["pemilu", "pilkada"], "pilkada", None),
    ],
)
def test_types_of_the_past_that_may_be_the_coming_one_are_told(
    past: list[str], coming: str, beside: str | None
) -> None:
    held = held_together({"results": load_results(past_of(*past))}, Election("2024-11-27", coming))
    found = [one for one in held["results"].findings if one.rule == "types_beside"]
    assert [f"memuat {beside} di samping" in one.say("id") for one in found] == [True] * bool(
        beside
    )


@pytest.mark.slow
def test_a_run_tells_it_before_anything_else(
    undrawn: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    past_of("pilwako", "pilwako").to_csv("hasil.csv", index=False)
    assert undrawn(*ASKED, "--type", "pilkada") == 0
    assert capsys.readouterr().err.startswith("The results hold no 'pilkada'")
    assert undrawn(*ASKED, "--type", "pilwako") == 0
    assert "hold no" not in capsys.readouterr().err


@pytest.mark.parametrize(("weight", "told"), [(1.0, ""), (0.4, "Murni"), (None, "Murni")])
def test_areas_that_passed_all_their_voters_on_are_not_missed_on_the_roll(
    weight: float | None, told: str
) -> None:
    results = load_results(pd.read_csv(io.StringIO(RESULTS)))
    roll = load_roll(pd.read_csv(io.StringIO(f"{ROLL}U,Sejahtera,900\n")))
    readings = {"results": results, "roll": roll}
    if weight is not None:
        links = pd.DataFrame({"new_area": ["Sejahtera"], "old_area": ["MURNI"], "weight": [weight]})
        readings["crosswalk"] = load_crosswalk(links)
    found = held_together(readings)["roll"].findings
    missed = [one.say("en") for one in found if one.rule == "missing_from_roll"]
    assert bool(missed) == bool(told)
    assert all(told in one for one in missed)


@pytest.mark.parametrize("name", ["Murny", "Murni"])
def test_a_name_on_the_roll_that_resembles_a_missing_one_is_told(name: str) -> None:
    results = load_results(pd.read_csv(io.StringIO(RESULTS)))
    roll = load_roll(pd.read_csv(io.StringIO(f"{ROLL}U,{name},900\n")))
    found = held_together({"results": results, "roll": roll})["roll"].findings
    missed = [one.say("en") for one in found if one.rule == "missing_from_roll"]
    assert bool(missed) == (name != "Murni")
    assert all("Murni (Murny?)" in one for one in missed)


def test_a_district_that_the_roll_lacks_is_told_by_its_name() -> None:
    places = {"Utara": ["Kasang", "Murni"], "Selatan": ["Legok", "Sipin", "Handil"]}
    rows = [(district, area) for district, areas in places.items() for area in areas]
    whole = pd.DataFrame(rows, columns=["kecamatan", "kelurahan"]).assign(dpt=1000)
    past = whole.assign(tanggal="2020-12-09", jenis="pilkada", hadir=[700, 650, 600, 720, 680])

    def missed(roll: pd.DataFrame) -> list[str]:
        read = {"results": load_results(past), "roll": load_roll(roll)}
        found = held_together(read)["roll"].findings
        return [one.say("id") for one in found if one.rule == "missing_from_roll"]

    assert missed(whole) == []
    [told] = missed(whole[whole["kecamatan"] == "Utara"])
    assert "3 wilayah" in told
    assert "termasuk seluruh kecamatan Selatan: Legok, Sipin, Handil" in told
    [told] = missed(whole[whole["kelurahan"] != "Sipin"])
    assert "kecamatan Selatan" not in told
