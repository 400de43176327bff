"""Activity logs: vocabulary, places, attendance, and what is odd in them."""

from pathlib import Path

import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.doses.placing import place_log
from turnout.elections import Election
from turnout.errors import DataError, DataWarning, Finding
from turnout.outreach_kinds import ACTIVITIES, SEGMENTS, kind_of, label_of, segment_of
from turnout.reading.hints import Hints
from turnout.reading.outreach import load_outreach, read_outreach
from turnout.reading.reading import Reading
from turnout.reading.results import read_results
from turnout.schema import OUTREACH_COLUMNS

# Two kelurahan called Beringin; Jelutung has 4,000 + 3,000 = 7,000 registered in 2020.
RESULTS = read_results(
    pd.DataFrame(
        {
            "date": ["2020-12-09"] * 4,
            "election_type": ["pilkada"] * 4,
            "city": ["Kota Contoh"] * 4,
            "district": ["Jelutung", "Jelutung", "Pasar", "Pasar"],
            "area": ["Handil Jaya", "Beringin", "Beringin", "Simpang IV Sipin"],
            "area_id": ["01", "02", "03", "04"],
            "registered": [4000, 3000, 2000, 1500],
            "voters": [2800, 2100, 1300, 900],
        }
    )
)

LOG = pd.DataFrame(
    {
        "Tanggal": ["1 Oktober 2020", "25/10/2020", "2020-11-02", "2020-11-20"],
        "Kecamatan": ["Jelutung", "Kec. Pasar", "Pasar", "Jelutung"],
        "Kelurahan": ["Kel. Handil  jaya", "Beringin", "SIMPANG 4 SIPIN", None],
        "Jenis Kegiatan": ["Tatap Muka", "KPU Goes to School", "bagi takjil", "Forum Warga"],
        "Sasaran": ["Pemilih pemula", "Perempuan", "nelayan", "Penyandang Disabilitas"],
        "Peserta": [120, 90, 45, 60],
        "Biaya": ["1.500.000", "750.000", "0", "2.000.000"],
    }
)


def changed(row: int, column: str, value: object) -> pd.DataFrame:
    log = LOG.astype("object")
    log.loc[row, column] = value
    return log


def written(log: pd.DataFrame, folder: Path, kind: str) -> Path:
    path = folder / f"kegiatan.{kind}"
    if kind == "csv":
        log.to_csv(path, sep=";", index=False)
    else:
        log.to_excel(path, index=False)
    return path


def only(reading: Reading, rule: str) -> Finding:
    [finding] = [one for one in reading.findings if one.rule == rule]
    return finding


def beside_spelling(reading: Reading) -> list[str]:
    """Return the rules of what was found beside names in another spelling."""
    return [one.rule for one in reading.findings if one.rule != "place_by_spelling"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_log_is_read_and_its_places_are_those_of_the_results(tmp_path: Path, kind: str) -> None:
    reading = load_outreach(written(LOG, tmp_path, kind), RESULTS)
    assert "2 places are written in another way" in only(reading, "place_by_spelling").say()
    assert beside_spelling(reading) == []
    table = reading.table
    assert list(table.columns) == [*OUTREACH_COLUMNS, "reached_assumed", "kind_written"]
    assert table["area"].tolist()[:3] == ["Handil Jaya", "Beringin", "Simpang IV Sipin"]
    assert table["area_id"].tolist()[:3] == ["01", "03", "04"]
    assert table["district"].tolist() == ["Jelutung", "Pasar", "Pasar", "Jelutung"]
    assert table["area"].isna().tolist() == [False, False, False, True]
    assert table["kind"].tolist() == [
        "face_to_face",
        "goes_to_school",
        "bagi takjil",
        "citizen_forum",
    ]
    assert table["segment"].tolist() == ["first_time", "women", "nelayan", "disability"]
    assert table["reached"].tolist() == [120, 90, 45, 60]
    assert table["cost"].tolist() == [1_500_000, 750_000, 0, 2_000_000]
    assert not table["reached_assumed"].any()
    assert table["date"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2020-10-01", "2020-10-25"]


def test_a_code_goes_before_names() -> None:
    log = LOG.assign(Kode=["04", "03", "04", None])
    table = read_outreach(log, RESULTS)
    assert table["area"].iloc[0] == "Simpang IV Sipin"


def test_a_kecamatan_among_the_areas_is_a_district() -> None:
    log = pd.DataFrame({"date": ["2020-10-01"], "area": ["Kec. Jelutung"], "reached": [9]})
    table = load_outreach(log, RESULTS).table
    assert table["district"].tolist() == ["Jelutung"]
    assert table["area"].isna().all()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("rule", "row", "column", "value"),
    [
        ("activity_without_date", 2, "Tanggal", None),
        ("unreadable_date", 2, "Tanggal", "minggu depan"),
        ("activity_without_place", 2, ("Kecamatan", "Kelurahan"), None),
        ("negative_reached", 2, "Peserta", -45),
        ("fractional_count", 2, "Peserta", 45.5),
        ("negative_cost", 2, "Biaya", "-5000"),
    ],
)
def test_errors_name_file_row_and_remedy(
    rule: str, row: int, column: object, value: object, kind: str, tmp_path: Path
) -> None:
    log = LOG.astype("object")
    log.loc[row, list(column) if isinstance(column, tuple) else [column]] = value
    reading = load_outreach(written(log, tmp_path, kind), RESULTS)
    error = only(reading, rule)
    assert error.severity == "error"
    assert f"kegiatan.{kind}" in error.say("en")
    assert "row 4" in error.say("en")
    assert "baris 4" in error.say("id")
    assert len(reading.table) == 3
    with pytest.raises(DataError):
        read_outreach(log, RESULTS)


@pytest.mark.parametrize(
    ("rule", "column", "value"),
    [
        ("unmatched_place", "Kelurahan", "Sungai Asam"),
        ("unmatched_place", "Kecamatan", "Jelutung"),
        ("reach_above_roll", "Peserta", 1501),
        ("outside_window", "Tanggal", "2020-06-11"),
        ("after_polling_day", "Tanggal", "2020-12-10"),
    ],
)
def test_warnings_keep_the_row_and_name_it(
    rule: str, column: str, value: object, tmp_path: Path
) -> None:
    log = changed(2, column, value)
    reading = load_outreach(written(log, tmp_path, "csv"), RESULTS)
    warning = only(reading, rule)
    assert warning.severity == "warning"
    assert warning.spot.row == 4
    assert not reading.errors
    assert len(reading.table) == 4
    with pytest.warns(DataWarning, match="deserves? a look"):
        read_outreach(log, RESULTS)


def test_a_name_of_two_districts_is_not_guessed() -> None:
    log = pd.DataFrame({"date": ["2020-10-01"], "area": ["Beringin"], "reached": [9]})
    reading = load_outreach(log, RESULTS)
    assert only(reading, "ambiguous_place").values["fits"] == 2
    assert reading.table["area_id"].isna().all()


def test_reach_in_a_district_is_held_against_the_sum_of_its_areas() -> None:
    assert beside_spelling(load_outreach(changed(3, "Peserta", 7000), RESULTS)) == []
    found = only(load_outreach(changed(3, "Peserta", 7001), RESULTS), "reach_above_roll")
    assert found.values["registered"] == 7000


def test_the_window_is_180_days_and_polling_day_is_inside() -> None:
    # 2020-12-09 minus 180 days is 2020-06-12.
    for day in ("2020-06-12", "2020-12-09"):
        assert beside_spelling(load_outreach(changed(2, "Tanggal", day), RESULTS)) == []


def test_the_coming_election_has_a_window_of_its_own() -> None:
    log = changed(2, "Tanggal", "2024-10-01")
    assert only(load_outreach(log, RESULTS), "after_polling_day").spot.row == 2
    coming = Election("2024-11-27", "pilkada")
    assert beside_spelling(load_outreach(log, RESULTS, election=coming)) == []


def test_missing_attendance_is_the_median_of_the_logs_own_or_a_stated_figure() -> None:
    log = pd.DataFrame(
        {
            "date": ["2020-10-01"] * 6,
            "district": ["Jelutung"] * 6,
            "kind": ["diskusi"] * 4 + ["tatap muka", "baliho"],
            "reached": [20, 30, 70, None, None, None],
        }
    )
    reading = load_outreach(log, RESULTS)
    # The median of 20, 30 and 70; face to face 100 and billboards 0 as stated.
    assert reading.table["reached"].tolist() == [20, 30, 70, 30, 100, 0]
    assert reading.table["reached_assumed"].tolist() == [False] * 3 + [True] * 3
    told = [one for one in reading.findings if one.rule == "attendance_assumed"]
    said = {one.values["words"]: one for one in told}
    assert said["diskusi"].values["people"] == 30
    assert said["tatap muka"].values["people"] == 100
    assert "media meet nobody" in said["baliho"].say("en")
    assert "median" in said["diskusi"].say("en")


def test_a_copied_activity_is_told() -> None:
    log = pd.concat([LOG, LOG.iloc[[0]]], ignore_index=True)
    assert only(load_outreach(log, RESULTS), "repeated_activity").spot.row == 4


def test_without_results_nothing_is_matched() -> None:
    table = read_outreach(LOG)
    assert table["area"].iloc[0] == "Kel. Handil jaya"
    assert table["area_id"].isna().all()


@pytest.mark.parametrize("known", [*ACTIVITIES, *SEGMENTS], ids=lambda known: known.key)
def test_every_label_and_alias_is_read_as_its_key(known) -> None:
    read = kind_of if known in ACTIVITIES else segment_of
    phrases = [known.key, known.label.en, known.label.id, *known.aliases.split(" | ")]
    assert {read(phrase) for phrase in phrases if phrase} == {known.key}
    assert label_of(known.key, "id") == known.label.id


def test_free_words_stay() -> None:
    assert kind_of("  Lomba  masak ") == "Lomba masak"
    assert segment_of("petani") == "petani"
    assert label_of("petani", "id") == "petani"


def test_a_log_without_rows_is_no_error() -> None:
    reading = load_outreach(LOG.iloc[:0], RESULTS)
    assert reading.errors == ()
    assert reading.table.empty


@pytest.mark.slow
def test_money_is_read_with_its_marks() -> None:
    marked = LOG.assign(Biaya=["Rp 1.750.000", "Rp750.000,-", "IDR 0", "Rp. 2.000.000"])
    table = load_outreach(marked, RESULTS).table
    assert table["cost"].tolist() == [1_750_000, 750_000, 0, 2_000_000]
    mixed = LOG.assign(Biaya=["Rp 1.750.000", "$ 75", "0", "0"])
    assert [one.rule for one in load_outreach(mixed, RESULTS).errors] == ["unreadable_number"] * 2
    thousands = LOG.rename(columns={"Biaya": "Biaya (ribu Rp)"})
    assert "count_in_thousands" in beside_spelling(load_outreach(thousands, RESULTS))


def one(place: str | None, kind: str = "Tatap Muka", people: float | None = 60, **more) -> Reading:
    """Return a log of one activity, whose place stands in the column of kecamatan."""
    log = {"Tanggal": ["1 Oktober 2020"], "Kecamatan": place, "Kelurahan": more.get("area")}
    table = pd.DataFrame({**log, "Jenis Kegiatan": kind, "Peserta": people})
    return load_outreach(table, more.get("results", RESULTS))


def test_an_activity_in_media_needs_no_place_where_it_meets_nobody():
    radio = one(None, "Siaran radio RRI", None)
    assert [finding.rule for finding in radio.findings] == ["attendance_assumed"]
    assert not radio.errors
    assert [finding.rule for finding in one(None).errors] == ["activity_without_place"]


def test_people_told_of_media_are_asked_about():
    told = one("Jelutung", "Siaran radio RRI", 5000)
    [finding] = told.findings
    assert (finding.rule, finding.severity) == ("audience_not_met", "warning")
    assert "5,000" in finding.say("en")
    assert one("Jelutung", "Siaran radio RRI", None).table["reached"].tolist() == [0]
    assert one("Jelutung").findings == ()


@pytest.mark.parametrize("name", ["Kabupaten Contoh", "Kota Contoh", "Kab. Contoh"])
def test_a_city_in_the_column_of_districts_is_the_city(name: str):
    called = "Kota Contoh" if name.startswith("Kota") else "Kabupaten Contoh"
    told = one(name, results=RESULTS.assign(city=called))
    assert not [found for found in told.findings if found.rule != "place_by_spelling"]
    assert told.table[["city", "district"]].iloc[0].tolist() == [called, None]
    other = one("Kabupaten Lain", results=RESULTS.assign(city=called))
    assert [found.rule for found in other.findings] == ["unmatched_place"]


def test_the_city_of_results_that_name_none_lies_around_all():
    bare = RESULTS.assign(city=None)
    told = one("Kabupaten Contoh", results=bare)
    assert told.findings == ()
    panel = build_panel(bare, election=Election("2024-11-27", "pilkada"))
    assert place_log(panel, told.table).table["node"].tolist() == [0]
    assert place_log(panel, told.table).findings == ()
    too_many = one("Kabupaten Contoh", people=20_000, results=bare)
    assert [found.rule for found in too_many.findings] == ["reach_above_roll"]


def test_a_district_called_kota_stays_one():
    named = RESULTS.assign(district=RESULTS["district"].replace("Pasar", "Kota Baru"))
    assert one("Kota Baru", results=named).table["district"].tolist() == ["Kota Baru"]


def test_a_finding_of_a_place_points_at_the_cell_in_which_it_is_written() -> None:
    log = pd.DataFrame(
        {
            "Tanggal": "20/09/2024",
            "Kegiatan": "Tatap muka",
            "Kecamatan": ["Entah", "Pasar"],
            "Kelurahan": [None, "Antah"],
            "Peserta": ["50", "60"],
        }
    )
    past = pd.DataFrame({"date": ["2020-12-09"], "election_type": ["pilkada"],
                         "district": ["Pasar"], "area": ["Murni"], "registered": [1000],
                         "voters": [600]})  # fmt: skip
    found = load_outreach(log, past).findings
    told = [(one.spot.column, one.spot.value) for one in found if one.rule == "unmatched_place"]
    assert told == [("Kecamatan", "Entah"), ("Kelurahan", "Antah")]


def test_an_audience_is_no_attendance_and_a_day_no_polling_day() -> None:
    log = pd.DataFrame({"Tanggal": ["20/09/2024", "kemarin"], "Kegiatan": "Media sosial",
                        "Kelurahan": "Murni", "Peserta": ["12.500 tayangan", "60"]})  # fmt: skip
    number, day = sorted(load_outreach(log).errors, key=lambda one: one.rule)[::-1][:2]
    remedies = {one.rule: one.say_remedy("id") for one in (number, day)}
    assert "jumlah tayangan" in remedies["unreadable_number"]
    assert remedies["unreadable_date"].startswith("Tulis tanggalnya sebagai")


@pytest.mark.parametrize("header", ["Jumlah", "Total", "Jml"])
def test_a_count_that_does_not_say_of_what_is_offered_as_attendance(header):
    log = pd.DataFrame(
        [["2024-10-03", "Kasang", "Tatap muka", 47]],
        columns=["Tanggal", "Kelurahan", "Kegiatan", header],
    )
    told = [one for one in load_outreach(log).findings if one.rule == "bare_count"]
    assert [one.spot.column for one in told] == [header]
    hints = Hints.of({header: "reached"}, None, None, None)
    assert load_outreach(log, hints=hints).table["reached"].tolist() == [47]


@pytest.mark.parametrize("header", ["Jumlah orang", "Jumlah Peserta"])
def test_a_count_of_people_is_attendance(header):
    log = pd.DataFrame(
        [["2024-10-03", "Kasang", "Tatap muka", 47, 3]],
        columns=["Tanggal", "Kelurahan", "Kegiatan", header, "Jumlah"],
    )
    reading = load_outreach(log)
    assert not reading.findings
    assert reading.table["reached"].tolist() == [47]


def test_a_column_that_the_log_does_not_have_is_not_named():
    log = pd.DataFrame(
        [["2024-10-03", "Kasang", "Tatap muka"]], columns=["Tanggal", "Kelurahan", "Kegiatan"]
    )
    [told] = load_outreach(log).findings
    assert "reached" not in told.say("id")
