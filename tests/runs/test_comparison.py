"""Two runs compared: what changed, where, and why."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import sync_playwright

from turnout import Election, TurnoutError, check_goal
from turnout.forecast import Forecast
from turnout.output.tables import write_table
from turnout.report.changes.page import comparison_page
from turnout.runs.causes import causes_of, say_cause
from turnout.runs.comparison import compare
from turnout.runs.comparison_words import chances_of, shown_change
from turnout.runs.contents import forecast_table, goal_record, write_record
from turnout.runs.reading import Run
from turnout.runs.writing import replaced

PLACES = pd.DataFrame(
    {
        "city": "Kota",
        "district": ["Utara", "Utara", "Selatan"],
        "area": ["Legok", "Murni", "<b>Kasang</b>"],
        "registered": [1000.0, 3000.0, 6000.0],
    }
)
DRAWS = np.clip(np.random.default_rng(1).normal(0.65, 0.05, (400, 3)), 0, 1)
RECORD = {
    "election": {"date": "2030-11-27", "election_type": "pilkada", "type_group": "pilkada",
                 "name": "x", "kind": None},
    "inputs": [{"role": "results", "file": "a.csv", "sha256": "a" * 64}],
    "model": "HierarchicalModel", "prior": None, "covariates": [], "seed": 1, "draws": 400,
    "levels": [0.9], "goals": [0.6], "python": "3.11", "libraries": {"numpy": "2.0"},
}  # fmt: skip

Make = Callable[..., Run]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(
        name: str, draws: np.ndarray = DRAWS, places: pd.DataFrame = PLACES, **record: Any
    ) -> Run:
        forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
        check = check_goal(forecast, "60%")
        with replaced(tmp_path / name, "run") as stage:
            write_table(forecast_table(forecast, check, (0.5, 0.9)), stage.path / "forecast.csv")
            write_record(goal_record(forecast, check), stage.path / "goal.json")
            stage.record |= {**RECORD, **record}
        return Run.at(tmp_path / name)

    return made


@pytest.mark.slow
def test_the_same_run_is_the_same(make: Make) -> None:
    found = compare(make("old"), make("new"))
    assert found.causes == ()
    np.testing.assert_allclose(found.places["change"].astype(float), 0)
    assert "The two forecasts are the same." in found.text
    assert "chance of the draws in none of 3 places (area)." in found.text


def test_changes_are_of_the_places_that_changed(make: Make) -> None:
    moved = DRAWS + np.array([0.0, 0.10, 0.0])
    old, new = make("old"), make("new", moved, places=PLACES.iloc[::-1].iloc[::-1], seed=2)
    found = compare(old, new)
    assert found.places["scale"].tolist() == ["city", "district", "district", *["area"] * 3]
    table = found.places[found.places["scale"] == "area"].set_index("area")["change"]
    np.testing.assert_allclose(table[["Legok", "Murni"]].astype(float), [0, 10], atol=1e-9)
    assert found.finest["area"].iloc[0] == "Murni"
    told = "changed by more than chance of the draws in 1 of 3 places (area); most: Murni +10.0"
    assert told in found.text
    # means add up: only turnout moved, and Murni is 30% of the roll
    np.testing.assert_allclose([found.parts["roll"], found.parts["turnout"]], [0, 3], atol=1e-9)


def test_places_find_each_other_in_any_order(make: Make) -> None:
    turned = [2, 0, 1]
    found = compare(make("old"), make("new", DRAWS[:, turned], places=PLACES.iloc[turned]))
    assert (found.places["in_run"] == "both").all()
    np.testing.assert_allclose(found.places["change"].astype(float), 0, atol=1e-9)


def test_a_new_roll_is_told_apart_from_turnout(make: Make) -> None:
    bigger = PLACES.assign(registered=[4000.0, 3000.0, 6000.0])
    inputs = [*RECORD["inputs"], {"role": "roll", "file": "dpt.xlsx", "sha256": "b" * 64}]
    found = compare(make("old"), make("new", places=bigger, inputs=inputs))
    means = DRAWS.mean(axis=0)
    expected = [np.average(means, weights=t["registered"]) for t in (PLACES, bigger)]
    np.testing.assert_allclose(found.parts["roll"], 100 * (expected[1] - expected[0]), atol=1e-9)
    np.testing.assert_allclose(found.parts["turnout"], 0, atol=1e-9)
    assert [kind for kind, _ in found.causes] == ["roll"]
    assert "Roll: dpt.xlsx is new" in found.text
    assert "Registered voters: 10,000, now 13,000." in found.text
    assert "changed by more than 25% in 1 of 3 places: Legok 1,000, now 4,000." in found.text
    grown = PLACES.assign(registered=PLACES["registered"] * 1.2)
    assert "changed by more than 25%" not in compare(make("then"), make("later", places=grown)).text
    assert "Pemilih terdaftar: 10.000, kini 13.000." in found.say("id")


def test_places_of_one_run_alone_are_named(make: Make) -> None:
    found = compare(make("old"), make("new", DRAWS[:, :2], places=PLACES.iloc[:2]))
    alone = found.places[found.places["in_run"] == "old"]
    assert alone["area"].dropna().tolist() == ["<b>Kasang</b>"]
    assert alone["median_new"].isna().all()
    assert found.parts == {}
    assert "Only in the old run: 3 places (Kota, Selatan, <b>Kasang</b>)." in found.text
    assert found.whole["district"] == "Utara"  # the new run's whole is no Kota


CHANGES = {
    "data": {"inputs": [{"role": "results", "file": "a.csv", "sha256": "c" * 64}]},
    "outreach": {
        "inputs": [*RECORD["inputs"], {"role": "outreach", "file": "o.csv", "sha256": "d" * 64}]
    },
    "count": {
        "inputs": [*RECORD["inputs"], {"role": "counted 2", "file": "n.csv", "sha256": "d" * 64}]
    },
    "model": {"prior": "indonesia"},
    "seed": {"draws": 8000},
    "version": {"libraries": {"numpy": "2.1"}},
    "goal": {"goals": [0.7]},
    "election": {"election": {**RECORD["election"], "date": "2029-11-27"}},
    "what_if": {"what_if": [{"en": "total 65%", "id": "total 65%"}]},
}


@pytest.mark.parametrize("kind", CHANGES)
def test_every_cause_is_named(kind: str) -> None:
    causes = causes_of(RECORD, {**RECORD, **CHANGES[kind]})
    assert [one for one, _ in causes] == [kind]
    assert all(note.say(lang) for _, note in causes for lang in ("en", "id"))


def test_causes_are_told_in_words_that_readers_know() -> None:
    told = {
        kind: [say_cause(one, "id") for one in causes_of(RECORD, {**RECORD, **CHANGES[kind]})]
        for kind in ("seed", "election", "data")
    }
    assert told["seed"] == ["Simulasi: jumlah simulasi 400; kini 8.000"]
    [day] = told["election"]
    assert day.startswith("Pemilihan: hari pemungutan suara ")
    assert day.endswith("; kini 27 November 2029")
    [file] = told["data"]
    assert file == "Data: isi berkas berubah: a.csv"
    assert causes_of(RECORD, {**RECORD, "seed": 12345})[0][1].say() == "random seed 1; now 12345"


def test_files_are_known_by_content_then_by_name_whatever_their_order() -> None:
    def given(**files: str) -> dict[str, object]:
        roles = ["results", *(f"results {number}" for number in range(2, 1 + len(files)))]
        rows = zip(roles, files.items(), strict=True)
        told = [{"role": role, "file": f"{n}.csv", "sha256": 64 * d} for role, (n, d) in rows]
        return {**RECORD, "inputs": told}

    old = given(x="1", y="2", z="3")
    assert causes_of(old, given(z="3", x="1", y="2")) == []
    assert causes_of(old, given(x="1", renamed="2", z="3")) == []
    for new, said in (
        (given(y="5", x="1", z="3"), ["another content: y.csv"]),
        (given(w="4", z="3", y="2", x="1"), ["w.csv is new"]),
        (given(z="3", y="2"), ["x.csv is no longer used"]),
        (given(z="3", w="4", y="2"), ["w.csv is new", "x.csv is no longer used"]),
        # names that were exchanged tell of no other data
        (given(x="2", y="1", z="3"), []),
    ):
        told = [note.say("en") for _, note in causes_of(old, new)]
        assert [one[: len(text)] for one, text in zip(told, said, strict=True)] == said


def test_past_activities_are_said_to_move_a_place_too() -> None:
    without, held = RECORD, {**RECORD, **CHANGES["outreach"]}
    for old, new in ((without, held), (held, without)):
        [(_, note)] = causes_of(old, new)
        assert "o.csv" in note.say("en")
        assert "activities before past contests move a place's forecast" in note.say("en")
        assert "dikurangkan dari hasil pemilihan saat itu" in note.say("id")
    assert "past contests" not in causes_of(RECORD, {**RECORD, **CHANGES["data"]})[0][1].say("en")
    coming = {**held, "activities": {"past": 0, "coming": 2}}
    for old, new in ((without, coming), (coming, without)):
        assert [note.say("id").count(";") for _, note in causes_of(old, new)] == [0]


def test_a_count_is_told_by_what_has_come_in() -> None:
    def held(digest: str, **counted: object) -> dict[str, object]:
        files = [
            {"role": role, "file": "c.csv", "sha256": digest * 64}
            for role in ("counted", "counted 2")
        ]
        return {**RECORD, "inputs": [*RECORD["inputs"], *files], "counted": counted}

    early = {"places": 3, "all_places": 12, "stations": 34, "all_stations": 139, "share": 0.245}
    late = {"places": 7, "all_places": 12, "stations": None, "all_stations": None, "share": 0.6}
    said = [
        say_cause(one, "en")
        for old, new in (
            (held("d", **early), held("e", **late)),
            (RECORD, held("d", **early)),
            (held("d", **early), held("e", **early)),
            (held("d", **early), held("d", **early)),
        )
        for one in causes_of(old, new)
    ]
    assert said == [
        "Count: 3 of 12 places and 34 of 139 stations in (24.5%); now 7 of 12 places in (60.0%)",
        "Count: nothing had come in; now 3 of 12 places and 34 of 139 stations in (24.5%)",
        "Count: as many places and stations have come in, with other figures",
    ]


def test_chance_is_named_where_only_the_draws_differ(make: Make) -> None:
    again = np.clip(np.random.default_rng(2).normal(0.65, 0.05, (400, 3)), 0, 1)
    found = compare(make("old"), make("new", again, seed=2))
    assert "so the change is chance" in found.text
    # standard error of a median of 400 draws of sd s is about 1.25 s / 20, of a difference 1.41 x
    sd = 100 * DRAWS[:, 1].std()
    row = found.places.set_index("area").loc["Murni"]
    assert row["monte_carlo_error"] == pytest.approx(1.2533 * sd / 20 * 2**0.5, rel=0.1)


@pytest.mark.slow
def test_several_causes_cannot_be_told_apart(make: Make) -> None:
    found = compare(make("old"), make("new", DRAWS + 0.01, prior="indonesia", **CHANGES["data"]))
    assert "Several things changed at once" in found.text
    found = compare(make("old"), make("new", DRAWS + 0.01))
    assert "Nothing that run.json tells explains" in found.text


def without(run: Run, *columns: str, version: str = "0.0.9") -> Run:
    """A folder as an older version might have written it: no digests, fewer columns."""
    path = run.folder / "forecast.csv"
    pd.read_csv(path, dtype=str).drop(columns=list(columns)).to_csv(path, index=False)
    record = {name: one for name, one in run.record.items() if name not in ("sha256", "inputs")}
    (run.folder / "run.json").write_text(json.dumps({**record, "turnout": version}))
    return Run.at(run.folder)


@pytest.mark.slow
def test_an_older_run_is_read_with_what_it_has(make: Make) -> None:
    old = without(make("old"), "relative_median", "relative_lower", "relative_upper", "mean")
    found = compare(old, make("new"))
    np.testing.assert_allclose(found.places["change"].astype(float), 0, atol=1e-9)
    assert found.parts == {}
    assert "Version: library turnout 0.0.9; now" in found.text
    assert "one of the runs does not tell its inputs" in found.text


def test_a_run_that_is_too_old_is_named(make: Make) -> None:
    with pytest.raises(TurnoutError, match=r"turnout 0\.0\.1, which is too old.*lower"):
        compare(without(make("old"), "lower", version="0.0.1"), make("new"))


def test_other_places_cannot_be_compared(make: Make) -> None:
    other = PLACES.assign(city="Lain", district="C", area=["P", "Q", "R"])
    with pytest.raises(TurnoutError, match="no place in common"):
        compare(make("old"), make("new", places=other))


@pytest.mark.parametrize(("lang", "words"), [("en", "What changed: Kota"), ("id", "Yang berubah")])
def test_the_page_shows_all_and_runs_nothing(make: Make, lang: str, words: str) -> None:
    inputs = [{"role": "results", "file": "a.csv", "sha256": "c" * 64}]
    found = compare(make("old"), make("new", DRAWS + 0.01, seed=2, inputs=inputs))
    page = comparison_page(found, ("old", "<i>new</i>"), lang)  # type: ignore[arg-type]
    assert words in page
    # Digests stand below all else, and in no reason.
    assert page.rindex("</table>") < page.index("a" * 64) < page.index("c" * 64)
    assert "aaaaaaaa" not in found.say(lang)  # type: ignore[arg-type]
    assert page.count("<tr>") == 3 + 6
    assert "&lt;b&gt;Kasang" in page
    assert "<i>new" not in page
    assert "<script" not in page


@pytest.mark.slow
@pytest.mark.parametrize("width", [1000, 800, 390])
def test_no_figure_runs_into_the_next_column(make: Make, tmp_path: Path, width: int) -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if chromium is None:
        pytest.skip("chromium is not installed")
    sizes = [PLACES.assign(registered=PLACES["registered"] * scale) for scale in (21_111, 19_999)]
    found = compare(make("old", places=sizes[0]), make("new", DRAWS + 0.01, sizes[1]))
    page = tmp_path / "compare.html"
    page.write_text(comparison_page(found, ("old", "new"), "id"), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": width, "height": 900})
        shown.goto(page.as_uri())
        cells = "[...document.querySelectorAll('th, td:not(.picture)')]"
        wide = f"{cells}.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
        assert shown.evaluate(wide) == []
        browser.close()


def test_probabilities_of_different_goals_are_not_set_beside_each_other(make: Make) -> None:
    alike = comparison_page(compare(make("a"), make("b", seed=2)), ("a", "b"), "id")
    assert ">Peluang target</th>" in alike
    other = compare(make("c"), make("d", goals=[0.7]))
    assert "Peluang" not in comparison_page(other, ("c", "d"), "id")
    assert "Peluang mencapai" not in other.say("id")


def test_a_probability_of_few_draws_is_the_bound_of_its_own_run(make: Make) -> None:
    found = compare(make("a"), make("b", seed=2))
    old, new = found.records
    found = replace(found, records=({**old, "draws": 200}, {**new, "draws": 4_000}))
    row = found.places.iloc[0].copy()
    row[["prob_goal_old", "prob_goal_new"]] = 0.0
    assert chances_of(found, row, "en") == ("<1.5%", "<1%")


def test_the_change_that_is_told_is_that_of_the_figures_beside_it() -> None:
    row = pd.Series({"median_old": 0.65944, "median_new": 0.65956})
    assert shown_change(row) == 0.1
    assert shown_change(row[::-1].set_axis(row.index)) == -0.1


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, "indonesia", "Model: prior bawaan; kini indonesia"),
        ("indonesia", None, "Model: prior indonesia; kini prior bawaan"),
        ("indonesia", "own.json", "Model: prior indonesia; kini own.json"),
    ],
)
def test_a_prior_that_was_not_given_is_the_default(
    before: str | None, after: str | None, words: str
) -> None:
    [cause] = causes_of({"prior": before, "inputs": []}, {"prior": after, "inputs": []})
    assert say_cause(cause, "id") == words


def test_goals_and_levels_are_told_as_percentages() -> None:
    old, new = {"goals": [0.75, 0.7], "levels": [0.9]}, {"goals": [0.755], "levels": [0.9]}
    [cause] = causes_of(old | {"inputs": []}, new | {"inputs": []})
    assert say_cause(cause, "id") == "Target: 75,0%, 70,0%; kini 75,5%"


def test_what_is_not_clear_yet_has_no_probability(make: Make) -> None:
    old, new = make("old"), make("new", seed=2)
    assert "now not clear yet" not in compare(old, new).text
    city = ("city", None, None, "Kota", None, None)
    doubted = replace(compare(old, new), unclear=(frozenset(), frozenset({city})))
    assert "%, now not clear yet." in doubted.text
    assert ", kini belum jelas." in doubted.say("id")
    path = new.folder / "goal.json"
    text = path.read_text(encoding="utf-8")
    assert not new.unclear
    verdict = json.loads(text)["goals"][0]["verdict"]
    path.write_text(text.replace(f'"{verdict}"', '"unclear"'), encoding="utf-8")
    changed = {name: told for name, told in new.record.items() if name != "sha256"}
    assert city in Run(new.folder, changed).unclear
    page = comparison_page(doubted, ("old", "new"), "id")
    assert page.count(" → belum jelas</td>") == 1


def test_runs_of_two_regions_are_not_compared(make: Make) -> None:
    """The whole of one was set beside the whole of the other, +0.1 points."""
    other = PLACES.assign(
        city="Kabupaten Lain",
        district=PLACES["district"] + " B",
        area=["Legok B", "Murni B", "Kasang B"],
    )
    with pytest.raises(TurnoutError, match="no place in common"):
        compare(make("here"), make("there", places=other))
    same_city = other.assign(city="Kota")
    assert compare(make("a"), make("b", places=same_city)).whole["change"] == pytest.approx(0.0)
    some = other.assign(area=PLACES["area"], district=PLACES["district"], city="Kota Baru")
    assert compare(make("c"), make("d", places=some.assign(city="Kota"))).whole["in_run"] == "both"
