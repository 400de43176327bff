"""A sealed forecast: the same bytes on repetition, scored and checked where there is no turnout."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, TurnoutError, check_goal
from turnout.backtesting import evaluate
from turnout.forecast import Forecast
from turnout.output.files import make_folder
from turnout.output.tables import read_table, write_rows
from turnout.runs import sealed_check, sealed_score
from turnout.runs.contents import forecast_table, goal_record, input_record, write_record
from turnout.runs.reading import Run
from turnout.runs.seal import Seal, seal_run, sha256
from turnout.runs.writing import extended, put, replaced
from turnout.schema import canonical_results

# Two districts know a Legok; one area bears a formula's sign and one a code.
PLACES = pd.DataFrame(
    {
        "city": "Kota",
        "district": ["Utara", "Utara", "Selatan", "Selatan"],
        "area": ["Legok", "=Murni", "Legok", "Kasang"],
        "area_id": [None, None, None, "04"],
        "registered": [1000.0, 3000.0, 6000.0, 500.0],
    }
)
OUTCOME = PLACES.assign(
    date="2030-11-27",
    election_type="pilkada",
    registered=[1010, 2990, 6001, 500],
    voters=[700, 1800, 6100, 300],
    stations_counted=[3, 4, 5, 1],
    stations_total=[3, 4, 6, 1],
)


def written(folder: Path, draws: np.ndarray, places: pd.DataFrame = PLACES, most: int = 100) -> Run:
    forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    check = check_goal(forecast, "60%")
    data = folder.with_name("data.csv")
    data.write_text("a\n", encoding="utf-8")
    with replaced(folder, "run") as stage:
        table = forecast_table(forecast, check, (0.5, 0.9)).round(6)
        write_rows(table, stage.path / "forecast.csv", most)
        write_record(goal_record(forecast, check), stage.path / "goal.json")
        forecast.save(stage.path / "draws")
        told = {"date": "2030-11-27", "election_type": "pilkada", "type_group": "pilkada"}
        stage.record |= {"election": {**told, "name": "x"}, "goals": [0.6], "seed": 1}
        stage.record |= {"inputs": [{"role": "results", **input_record(data)}]}
    return Run.at(folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[type[np.floating], int], Path]:
    """Return what gives the folder of a run and its data, each kind of run written once."""

    @cache
    def folder(kind: type[np.floating], most: int) -> Path:
        rng = np.random.default_rng(1)
        draws = np.clip(rng.normal(0.65, 0.1, (400, 4)), 0, 1).astype(kind)
        within = tmp_path_factory.mktemp("sealed")
        written(within / "out", np.asfortranarray(draws), most=most)
        return within

    return folder


@pytest.fixture(
    params=[(np.float32, 100), (np.float64, 100), (np.float32, 5)],
    ids=["single", "double", "Parquet"],
)
def run(
    tmp_path: Path, request: pytest.FixtureRequest, made: Callable[[type[np.floating], int], Path]
) -> Run:
    shutil.copytree(made(*request.param), tmp_path, dirs_exist_ok=True)
    return Run.at(tmp_path / "out")


@pytest.fixture
def sealed(run: Run, tmp_path: Path) -> Path:
    target = tmp_path / "sealed"
    target.mkdir()
    seal_run(run, target)
    return target


def scored(sealed: Path, outcome: pd.DataFrame, tmp_path: Path, *more: str) -> pd.DataFrame:
    outcome.to_csv(tmp_path / "outcome.csv", index=False)
    out = tmp_path / "scores.csv"
    said = sealed_score.asked([str(tmp_path / "outcome.csv"), "--out", str(out), *more])
    assert sealed_score.run(sealed, said) == 0
    return pd.read_csv(out, dtype={"area_id": str})


def test_the_same_run_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        seal = seal_run(run, tmp_path / name)
        assert seal.digest == sha256(tmp_path / name / "seal.json")
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        contents.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert contents[0] == contents[1]
    assert set(seal.files) == {str(name) for name in contents[0]} - {"seal.json"}


def test_a_table_of_many_rows_is_parquet_with_the_same_figures(run: Run, tmp_path: Path) -> None:
    large = run.file_of("forecast.csv") != "forecast.csv"
    assert (run.folder / "forecast.csv").is_file() != large
    texts = ["scale", *PLACES.columns.drop("registered"), "nation", "province"]
    (tmp_path / "sealed").mkdir()
    seal_run(run, tmp_path / "sealed")
    sealed = read_table(tmp_path / "sealed" / "run" / "forecast.csv", texts)
    pd.testing.assert_frame_equal(run.table(), sealed, check_dtype=False)
    assert "=Murni" in set(run.table()["area"])


WHOLE = {"registered": 10501, "voters": 8900, "stations_counted": 13, "stations_total": 14}
SILENT = WHOLE | {"stations_counted": None, "stations_total": None}
WAYS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "by name": lambda rows: rows,
    "without codes": lambda rows: rows.drop(columns="area_id"),
    "without the city": lambda rows: rows.drop(columns="city"),
    "with codes as numbers": lambda rows: rows.assign(area_id=[None, None, None, "4"]),
    "in capitals": lambda rows: rows.assign(area=rows["area"].str.upper() + " "),
    "in part": lambda rows: rows.iloc[1:],
    "with a total": lambda rows: pd.concat(
        [rows, rows.iloc[[0]].assign(district=None, area=None, area_id=None, **WHOLE)]
    ),
    "with a total without stations": lambda rows: pd.concat(
        [rows, rows.iloc[[0]].assign(district=None, area=None, area_id=None, **SILENT)]
    ),
    "with a district's total": lambda rows: pd.concat(
        [rows, rows.iloc[[0]].assign(area=None, area_id=None, registered=4001, voters=2900)]
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_scores_as_turnout_does(run: Run, sealed: Path, tmp_path: Path, way: str) -> None:
    outcome = WAYS[way](OUTCOME)
    expected = evaluate(
        run.table(),
        canonical_results(outcome.reset_index(drop=True)),
        goals=run.goals_of_whole(),
        joint=run.forecast(),
    )
    found = scored(sealed, outcome, tmp_path)
    names = ["scale", "district", "area", "area_id", "held", "partial"]
    left, right = (one[names].astype("object") for one in (found, expected.places))
    pd.testing.assert_frame_equal(left.where(left.notna(), None), right.where(right.notna(), None))
    figures = ["registered", "actual", "median", "error", "level", "lower", "upper", "crps"]
    np.testing.assert_allclose(
        found[[*figures, "surprise"]], expected.places[[*figures, "surprise"]].astype(float),
        rtol=0, atol=1e-9,
    )  # fmt: skip
    again = sealed_score.score(sealed, tmp_path / "outcome.csv")
    summary = pd.DataFrame(sealed_score.summary(again.places))
    same = ["n", "mae", "bias", "held", "coverage", "width"]
    np.testing.assert_allclose(summary[same], expected.table[same].astype(float), atol=1e-9)
    assert [one["reached"] for one in again.goals] == expected.goals["reached"].tolist()
    lacking = {scale: len(names) for scale, names in again.missing.items()}
    assert lacking == dict(expected.missing)


def test_it_runs_where_there_is_only_python(sealed: Path, tmp_path: Path) -> None:
    here = scored(sealed, OUTCOME, tmp_path)
    there = [sys.executable, "-I", "-S", str(sealed / "score.py"), str(tmp_path / "outcome.csv")]
    done = subprocess.run(
        [*there, "--lang", "id", "--out", str(tmp_path / "there.csv")],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert "Segel utuh" in done.stdout
    assert "Target 60,0%" in done.stdout
    pd.testing.assert_frame_equal(here, pd.read_csv(tmp_path / "there.csv", dtype={"area_id": str}))


def damage(sealed: Path, how: str) -> None:
    path = sealed / "run" / "forecast.csv"
    if how == "changed":
        path.write_text(path.read_text(encoding="utf-8").replace("0.", "0.1", 1), encoding="utf-8")
    elif how == "missing":
        path.unlink()
    else:
        path.with_name("other.csv").write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("changed", "changed: run/forecast.csv (sealed "),
        ("missing", "missing: run/forecast.csv"),
        ("added", "added after sealing: run/other.csv"),
    ],
)
def test_a_broken_seal_is_named_and_nothing_is_scored(
    sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str, words: str
) -> None:
    damage(sealed, how)
    OUTCOME.to_csv(tmp_path / "outcome.csv", index=False)
    asked = sealed_score.asked([str(tmp_path / "outcome.csv"), "--out", str(tmp_path / "s.csv")])
    assert sealed_score.run(sealed, asked) == 1
    told = capsys.readouterr().out
    assert words in told
    assert "THE SEAL IS BROKEN" in told
    assert not (tmp_path / "s.csv").exists()


def test_a_forged_seal_is_not_the_published_one(
    sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = sha256(sealed / "seal.json")
    data = str(tmp_path / "data.csv")
    whole = sealed_check.asked(["--digest", published, "--inputs", data])
    assert sealed_check.run(sealed, whole) == 0
    damage(sealed, "changed")
    seal = json.loads((sealed / "seal.json").read_text(encoding="utf-8"))
    seal["files"]["run/forecast.csv"] = sha256(sealed / "run" / "forecast.csv")
    (sealed / "seal.json").write_text(json.dumps(seal), encoding="utf-8")
    (tmp_path / "other.csv").write_text("b\n", encoding="utf-8")
    given = ["--digest", published, "--inputs", str(tmp_path / "other.csv"), "--lang", "id"]
    assert sealed_check.run(sealed, sealed_check.asked(given)) == 1
    told = capsys.readouterr().out
    assert f"bukan yang diumumkan: {published}" in told
    assert "bukan masukan prakiraan ini" in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"voters": ["1.800", 1, 1, 1]}, "Row 2, voters: '1.800' is no count"),
        ({"date": "27-11-2030"}, "'27-11-2030' is no day"),
        ({"date": "2029-11-27"}, "No row tells registered and voters of the pilkada of 2030-11-27"),
        (
            {"area": ["A", "B", "C", "D"], "area_id": None},
            "No place of the forecast (4) is in the file",
        ),
        ({"election": ["a", "a", "a", "b"]}, "several contests (a, b)"),
    ],
)
def test_an_outcome_that_cannot_be_read_is_refused(
    sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict, words: str
) -> None:
    OUTCOME.assign(**change).to_csv(tmp_path / "outcome.csv", index=False, sep=";")
    said = sealed_score.asked([str(tmp_path / "outcome.csv")])
    assert sealed_score.run(sealed, said) == 2
    assert words in capsys.readouterr().err


def test_indonesian_headers_are_known(sealed: Path, tmp_path: Path) -> None:
    named = OUTCOME.rename(columns={"area": "Kelurahan", "registered": "DPT", "voters": "hadir"})
    found = scored(sealed, named, tmp_path)
    pd.testing.assert_frame_equal(found, scored(sealed, OUTCOME, tmp_path))


def test_a_changed_run_is_not_sealed(run: Run, tmp_path: Path) -> None:
    (run.folder / "goal.json").write_text("{}", encoding="utf-8")
    (tmp_path / "new").mkdir()
    with pytest.raises(TurnoutError, match=r"goal\.json"):
        seal_run(run, tmp_path / "new")


def test_a_run_that_told_no_digests_is_too_old(run: Run, tmp_path: Path) -> None:
    old = Run(run.folder, {name: one for name, one in run.record.items() if name != "sha256"})
    with pytest.raises(TurnoutError, match="older version"):
        seal_run(old, tmp_path)


def say(sealed: Path, rows: pd.DataFrame, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    path = sealed.with_name("outcome.csv")
    rows.to_csv(path, index=False)
    capsys.readouterr()
    code = sealed_score.run(sealed, sealed_score.asked([str(path), *more]))
    told = capsys.readouterr()
    return f"{code}: {told.out}{told.err}"


TOP = {"district": None, "area": None, "area_id": None}
OTHER = {"area": "Legok", "district": "Utara", "registered": 1010, "voters": 650, "area_id": None}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            pd.concat([OUTCOME, OUTCOME.iloc[[0]].assign(**OTHER)]),
            "Legok stands in rows 2 and 6 with different figures",
        ),
        (
            pd.concat(
                [OUTCOME, OUTCOME.iloc[[0]].assign(**{**WHOLE, **TOP, "voters": 7000})]
            ).assign(stations_counted=1, stations_total=1),
            "Row 6, voters: the total Kota is 7,000, but its parts add up to 8,900.",
        ),
        (
            pd.concat(
                [OUTCOME, OUTCOME.iloc[[0]].assign(area=None, registered=4000, voters=2600)]
            ).assign(stations_counted=1, stations_total=1),
            "Row 6, voters: the total Utara, Kota is 2,600, but its parts add up to 2,500.",
        ),
        (
            OUTCOME.drop(columns="district"),
            "Row 2: 'Legok' may be several places (Legok, Utara, Kota; Legok, Selatan, Kota)",
        ),
    ],
)
def test_an_outcome_that_contradicts_itself_is_refused(
    sealed: Path, capsys: pytest.CaptureFixture[str], rows: pd.DataFrame, words: str
) -> None:
    told = say(sealed, rows, capsys)
    assert told.startswith("2: ")
    assert words in told


def test_odd_rows_and_missing_places_are_named(
    sealed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = OUTCOME.iloc[1:].assign(registered=OUTCOME["registered"] * 2, voters=9)
    rows.loc[2, "voters"] = 20_000
    strange = rows.iloc[[0]].assign(area="Nowhere")
    told = say(sealed, pd.concat([rows, strange]), capsys)
    assert "1 place (area) has no result in the file: Legok, Utara." in told
    assert (
        "1 row of the file is of no place of the forecast (row in brackets): Nowhere (5)." in told
    )
    assert "1 place has more voters than registered and counts as 100%" in told
    assert "Registered are 18,982 in the file and 9,500 in the forecast" in told


def test_names_count_without_marks_spaces_and_those_above(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {
        "city": ["A", "A", "B", "B"],
        "area": ["Paal Merah", "Pásar-II", "Sei Asam", "Seiasam"],
    }
    places = PLACES.assign(**names, district=["x", "y", "z", "z"], area_id=None)
    draws = np.random.default_rng(2).uniform(0.5, 0.7, (50, 4))
    run = written(tmp_path / "out", draws, places=places)
    (tmp_path / "sealed").mkdir()
    seal_run(run, tmp_path / "sealed")
    rows = OUTCOME.assign(**{**names, "area": ["PAALMERAH", "Pasar II", "s", "x"]}).iloc[:3]
    alone = rows.drop(columns=["city", "district", "area_id"])
    found = scored(tmp_path / "sealed", alone.iloc[:2], tmp_path)
    assert set(found.loc[found["scale"] == "area", "area"]) == {"Paal Merah", "Pásar-II"}
    told = say(
        tmp_path / "sealed", alone.assign(area=["Paal Merah", "Pasar II", "Séi.-a-sam"]), capsys
    )
    assert "Row 4: 'Séi.-a-sam' may be several places" in told


def test_a_place_is_known_however_its_kind_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {
        "city": ["Kabupaten Bogor", "Kota Bogor", "Kota Bogor", "Kabupaten Tebo"],
        "district": ["Kecamatan Utara", "Utara", "Utara", "Kota Baru"],
        "area": ["Legok", "Legok", "Kelurahan Murni", "Kasang"],
    }
    places = PLACES.assign(**names, area_id=None)
    draws = np.random.default_rng(2).uniform(0.5, 0.7, (50, 4))
    (tmp_path / "sealed").mkdir()
    seal_run(written(tmp_path / "out", draws, places=places), tmp_path / "sealed")
    other = {
        "city": ["KAB. BOGOR", "Kodya Bogor", "Kota Bogor", "Tebo"],
        "district": ["Kec. Utara", "Kec Utara", "Utara", "KOTABARU"],
        "area": ["Legok", "Legok", "Kel. Murni", "Kasang"],
    }
    outcome = OUTCOME.assign(**other, stations_counted=None, stations_total=None, area_id=None)
    outcome["voters"] = outcome["registered"] // 2
    found = scored(tmp_path / "sealed", outcome, tmp_path)
    areas = found[(found["scale"] == "area") & (found["level"] == 0.5)]
    assert sorted(areas["city"]) == sorted(names["city"])
    twice = outcome.assign(city=["KAB. BOGOR", "Bogor", "Kota Bogor", "Tebo"])
    assert "Row 3: 'Bogor' may be several places" in say(tmp_path / "sealed", twice, capsys)


def test_the_programs_speak_the_language_of_the_seal(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "segel").mkdir()
    seal_run(run, tmp_path / "segel", "id")
    told = say(tmp_path / "segel", OUTCOME.iloc[1:], capsys)
    assert "kelurahan/desa, 50%: " in told
    assert "1 wilayah (kelurahan/desa) tidak punya hasil dalam berkas: Legok, Utara." in told
    assert "." not in "".join(word for word in told.split() if word.endswith("%"))
    assert "area, 50%: " in say(tmp_path / "segel", OUTCOME.iloc[1:], capsys, "--lang", "en")


@pytest.mark.parametrize("name", ["hasil-palsu.txt", "extra/a.txt", "run.json", "run/.x"])
def test_whatever_was_added_is_named(
    sealed: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (sealed / name).parent.mkdir(exist_ok=True)
    (sealed / name).write_text("x", encoding="utf-8")
    assert sealed_check.run(sealed, sealed_check.asked([])) == 1
    assert f"added after sealing: {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["check.py", "outcome.py", "score.py", "words.json", "README.txt"])
def test_programs_and_words_are_sealed_too(
    sealed: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with (sealed / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert sealed_check.run(sealed, sealed_check.asked([])) == 1
    assert f"changed: {name}" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "{", "[]", "{}", '{"files": 1, "inputs": []}', "\xff"])
@pytest.mark.parametrize("name", ["seal.json", "words.json"])
def test_a_seal_that_cannot_be_read_is_one_sentence(
    sealed: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None
) -> None:
    (sealed / name).unlink()
    if content is not None:
        (sealed / name).write_text(content, encoding="latin-1")
    en, of_id = ("is missing", "hilang") if content is None else ("cannot be read", "tidak terbaca")
    told = f"SEAL BROKEN: {name} {en}. / SEGEL RUSAK: {name} {of_id}."
    assert sealed_check.run(sealed, sealed_check.asked([])) == 1
    assert capsys.readouterr().out.strip() == told
    assert say(sealed, OUTCOME, capsys).strip() == f"1: {told}"


@pytest.mark.parametrize(
    "name", ["run/draws.npz", "run/draws.json", "run/goal.json", "run/forecast.csv"]
)
def test_a_part_that_was_broken_before_it_was_sealed_is_named(
    sealed: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (sealed / name).write_text("{", encoding="utf-8")
    seal = json.loads((sealed / "seal.json").read_text(encoding="utf-8"))
    seal["files"][name] = sha256(sealed / name)
    (sealed / "seal.json").write_text(json.dumps(seal), encoding="utf-8")
    told = say(sealed, OUTCOME, capsys)
    assert told.startswith("1: ")
    assert f"SEAL BROKEN: {name} cannot be read." in told


def test_scores_are_not_written_into_the_seal(
    sealed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = say(sealed, OUTCOME, capsys, "--out", str(sealed / "scores.csv"))
    assert told.startswith("2: ")
    assert "would lie in the sealed folder" in told
    told = say(sealed, OUTCOME, capsys, "--out", str(sealed.with_name("no") / "scores.csv"))
    assert told.startswith("2: ")
    assert "cannot be written" in told
    assert sealed_check.run(sealed, sealed_check.asked([])) == 0


def test_a_seal_is_not_replaced_by_another(run: Run, tmp_path: Path) -> None:
    def seal(one: Run) -> Seal:
        with put(tmp_path / "seal", "seal") as stage:
            done = seal_run(one, stage)
            done.refuse_other(tmp_path / "seal")
        return done

    first = seal(run)
    assert seal(run) == first
    with extended(run.folder, run.record, ["evaluation.csv"]) as stage:
        (stage / "evaluation.csv").write_text("x\n", encoding="utf-8")
    later = Run.at(run.folder)
    with pytest.raises(TurnoutError, match="holds another seal") as raised:
        seal(later)
    assert first.digest in str(raised.value)
    assert sha256(tmp_path / "seal" / "seal.json") == first.digest
    (tmp_path / "later").mkdir()
    told = seal_run(later, tmp_path / "later").say()
    assert "already holds its scores" in told
    assert "already holds its scores" not in first.say()


def test_nothing_is_written_into_a_seal(run: Run, tmp_path: Path) -> None:
    with put(tmp_path / "seal", "seal") as stage:
        seal_run(run, stage)
    inside = Run.at(tmp_path / "seal" / "run")
    with (
        pytest.raises(TurnoutError, match="breaks the seal"),
        extended(inside.folder, inside.record, ["order.csv"]),
    ):
        pass
    for name in ("run", "more"):
        with (
            pytest.raises(TurnoutError, match="breaks the seal"),
            replaced(tmp_path / "seal" / name, "run"),
        ):
            pass
    with pytest.raises(TurnoutError, match="breaks the seal"):
        make_folder(tmp_path / "seal" / "run" / "figures")
    with pytest.raises(TurnoutError, match="result of `forecast seal`"):
        Run.at(tmp_path / "seal")
    with (
        pytest.raises(TurnoutError, match="result of `forecast seal`"),
        replaced(tmp_path / "seal", "run"),
    ):
        pass
    assert sealed_check.run(tmp_path / "seal", sealed_check.asked([])) == 0
