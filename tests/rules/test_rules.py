"""Every rule on the data has a broken file, in two formats, and a clean twin without a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.errors import DataError, DataWarning, Finding, tell
from turnout.reading.results import load_counted, load_results, read_results
from turnout.reading.roll import load_roll, read_roll

FORMATS = ("csv", "xlsx")

RESULTS = pd.DataFrame(
    {
        "pemilihan": ["2018-pilwako"] * 4 + ["2020-pilgub"] * 4,
        "tanggal": ["2018-06-27"] * 4 + ["2020-12-09"] * 4,
        "jenis": ["pilkada"] * 8,
        "kota": ["Kota Contoh"] * 8,
        "kecamatan": ["Jelutung", "Jelutung", "Pasar", "Pasar"] * 2,
        "kelurahan": ["Handil Jaya", "Kebun Handil", "Beringin", "Orang Kayo"] * 2,
        "dpt": [4000, 3000, 2000, 1500, 4100, 3100, 2050, 1550],
        "pengguna_hak_pilih": [2800, 2100, 1300, 900, 2900, 2200, 1350, 950],
    }
)

ROLL = pd.DataFrame(
    {
        "kecamatan": ["Jelutung", "Jelutung", "Pasar"],
        "kelurahan": ["Handil Jaya", "Kebun Handil", "Beringin"],
        "dpt": [4200, 3200, 2100],
    }
)

Edit = tuple[int, str, object]


@dataclass(frozen=True)
class Case:
    """A rule, what breaks it, and where the finding must point.

    `adds` are columns of the clean twin; `edits` (row from 0, column, value) break it; `gone` are
    columns that neither has.
    """

    rule: str
    edits: Sequence[Edit]
    row: int
    value: str = ""
    adds: Mapping[str, Sequence[object]] = field(default_factory=dict)
    gone: Sequence[str] = ()
    clean: Sequence[Edit] = ()

    def twin(self, base: pd.DataFrame) -> pd.DataFrame:
        return edited(base.assign(**self.adds).drop(columns=list(self.gone)), self.clean)

    def broken(self, base: pd.DataFrame) -> pd.DataFrame:
        return edited(base.assign(**self.adds).drop(columns=list(self.gone)), self.edits)


def edited(table: pd.DataFrame, edits: Sequence[Edit]) -> pd.DataFrame:
    table = table.astype("object")
    for row, column, value in edits:
        if row == len(table):
            table.loc[row] = None
        table.loc[row, column] = value
    return table


def total(row: int, city: str, registered: object, voters: object) -> list[Edit]:
    """Edits that append a row of 2020-pilgub in which only the city is named."""
    cells = {
        "pemilihan": "2020-pilgub",
        "tanggal": "2020-12-09",
        "jenis": "pilkada",
        "kota": city,
        "dpt": registered,
        "pengguna_hak_pilih": voters,
    }
    return [(row, column, value) for column, value in cells.items()]


def all_rows(column: str, values: Sequence[object]) -> list[Edit]:
    return [(row, column, value) for row, value in enumerate(values)]


VOTERS = "pengguna_hak_pilih"
TYPES = {"jenis": ["pilwako"] * 4 + ["pilgub"] * 4}
CODES = {"kode": ["01", "02", "03", "04"] * 2}
STATIONS = {"tps_masuk": [5] * 8, "jumlah_tps": [5] * 8}
RANGE = {
    "voters_low": [2700, 2000, 1250, 880, 2800, 2100, 1300, 930],
    "voters_high": [2900, 2200, 1350, 920, 3000, 2300, 1400, 970],
}
BASES = {"basis_dpt": ["DPT"] * 8}
REGISTERED_LP = {
    "dpt_l": [2000, 1500, 1000, 700, 2050, 1500, 1000, 700],
    "dpt_p": [2000, 1500, 1000, 800, 2050, 1600, 1050, 850],
}
VOTERS_LP = {
    "pengguna_hak_pilih_l": [1400, 1000, 600, 400, 1400, 1100, 650, 450],
    "pengguna_hak_pilih_p": [1400, 1100, 700, 500, 1500, 1100, 700, 500],
}
BALLOTS = {
    "suara_sah": [2700, 2000, 1250, 880, 2800, 2100, 1300, 930],
    "suara_tidak_sah": [100, 100, 50, 20, 100, 100, 50, 20],
}
BY_LIST = {
    "pengguna_dpt": [2700, 2000, 1270, 880, 2800, 2150, 1340, 930],
    "pengguna_dptb": [60, 70, 10, 15, 70, 30, 5, 10],
    "pengguna_dpk": [40, 30, 20, 5, 30, 20, 5, 10],
}
DISABLED = {
    "dpt_disabilitas": [40, 30, 20, 10, 40, 30, 20, 10],
    "pengguna_disabilitas": [20, 15, 10, 5, 20, 15, 10, 5],
}
VOTERS_L = "pengguna_hak_pilih_l"
MEN = {"dpt_l": REGISTERED_LP["dpt_l"]}
VOTERS_MEN = {VOTERS_L: VOTERS_LP[VOTERS_L]}
VALID = {"suara_sah": BALLOTS["suara_sah"]}

ERRORS = [
    Case("swapped_counts", [(5, "dpt", 2200), (5, VOTERS, 3100)], 7, "3100"),
    Case(
        "swapped_names",
        [(5, "kecamatan", "Kebun Handil"), (5, "kelurahan", "Jelutung")],
        7,
        "Jelutung",
    ),
    Case("unreadable_number", [(2, "dpt", "dua ribu")], 4, "dua ribu"),
    Case("unreadable_date", [(5, "tanggal", "Desember")], 7, "Desember"),
    Case("negative_registered", [(2, "dpt", -2000)], 4, "-2000"),
    Case("zero_registered", [(2, "dpt", 0)], 4, "0"),
    Case("negative_voters", [(3, VOTERS, -900)], 5, "-900"),
    Case("negative_count", [(3, "tps_masuk", -5)], 5, "-5", adds=STATIONS),
    Case("missing_key", [(6, "tanggal", "")], 8),
    Case("missing_key", [(6, "jenis", "")], 8, adds=TYPES),
    Case("missing_key", [(6, "pemilihan", "")], 8),
    Case(
        "missing_place",
        total(8, "", 10900, 7500),
        10,
        clean=total(8, "Kota Contoh", 10800, 7400),
    ),
    Case("repeated_key", [(1, "kelurahan", "HANDIL JAYA")], 3, "HANDIL JAYA"),
    Case("repeated_key", [(1, "kode", "01")], 3, adds=CODES),
    Case("two_dates", [(6, "tanggal", "2020-12-19")], 8, "2020-12-19"),
    Case("two_types", [(6, "jenis", "pemilu")], 8, "pemilu"),
    Case("voters_far_above_registered", [(0, VOTERS, 6001)], 2, "6001"),
    Case(
        "stations_above_total",
        [(3, "tps_masuk", 6)],
        5,
        "6",
        adds=STATIONS,
    ),
    Case("part_above_whole", [(5, "dpt_l", 3101)], 7, "3101", adds=MEN),
    Case("part_above_whole", [(5, "dpt_p", 3101), (5, "dpt_l", "")], 7, "3101", adds=REGISTERED_LP),
    Case("part_above_whole", [(5, VOTERS_L, 2201)], 7, "2201", adds=VOTERS_MEN),
    Case("part_above_whole", [(5, "suara_sah", 2201)], 7, "2201", adds=VALID),
    Case(
        "part_above_whole", [(5, "pengguna_dpk", 2201), (5, "pengguna_dptb", "")], 7, adds=BY_LIST
    ),
    Case(
        "sex_far_above_registered",
        [(5, "pengguna_hak_pilih_p", 11000)],
        7,
        "11000",
        adds={**REGISTERED_LP, **VOTERS_LP},
    ),
    Case("half_a_range", [(3, "voters_low", "")], 5, "", adds=RANGE),
    Case("half_a_range", [(3, "voters_high", "")], 5, "880", adds=RANGE),
    Case("voters_outside_range", [(3, "voters_high", 890)], 5, "900", adds=RANGE),
    Case("voters_outside_range", [(4, "voters_low", 2950)], 6, "2900", adds=RANGE),
    Case(
        "shares_not_counts",
        all_rows(VOTERS, [0.7, 0.7, 0.65, 0.6, 0.71, 0.71, 0.66, 0.61]),
        2,
        "0.7",
    ),
    Case(
        "percents_not_counts",
        all_rows(VOTERS, [70.0, 70.1, 65.25, 60.0, 70.73, 70.97, 65.85, 61.29]),
        2,
        "70",
    ),
    Case("percents_not_counts", all_rows(VOTERS, [70, 70, 65, 60, 71, 71, 66, 61]), 2, "70"),
    Case("fractional_count", [(4, VOTERS, 2900.5)], 6, "2900.5"),
    Case("total_row", [(7, "kelurahan", "Total Pasar")], 9, "Total Pasar"),
    Case("total_row", [(7, "kecamatan", "Jelutung Total")], 9, "Jelutung Total"),
    Case(
        "total_below_parts",
        total(8, "Kota Contoh", 10799, 7400),
        10,
        "10799",
        clean=total(8, "Kota Contoh", 10800, 7400),
    ),
    Case(
        "total_below_parts",
        total(8, "Kota Contoh", 10800, 7399),
        10,
        "7399",
        clean=total(8, "Kota Contoh", 10800, 7400),
    ),
    Case(
        "equal_names",
        [(1, "kelurahan", "Beringin"), (5, "kelurahan", "Beringin")],
        3,
        "Beringin",
        gone=["kecamatan"],
    ),
]

WARNINGS = [
    Case("missing_voters", [(6, VOTERS, "")], 8),
    Case("missing_registered", [(6, "dpt", "")], 8),
    Case("zero_voters", [(6, VOTERS, 0)], 8, "0"),
    Case("voters_above_registered", [(0, VOTERS, 4100)], 2, "4100"),
    Case(
        "more_stations_than_fit",
        [(5, "tps_masuk", 2900), (5, "jumlah_tps", 2900)],
        7,
        "2900",
        adds=STATIONS,
    ),
    Case("high_turnout", [(0, VOTERS, 3900)], 2, "3900"),
    Case("registered_l_p", [(5, "dpt_l", 1400)], 7, "3100", adds=REGISTERED_LP),
    Case("voters_l_p", [(5, "pengguna_hak_pilih_l", 1000)], 7, "2200", adds=VOTERS_LP),
    Case("group_above_whole", [(5, "dpt_disabilitas", 3101)], 7, "3101", adds=DISABLED),
    Case("group_above_whole", [(5, "pengguna_disabilitas", 2201)], 7, "2201", adds=DISABLED),
    Case("voters_by_list", [(5, "pengguna_dpk", 200)], 7, "2200", adds=BY_LIST),
    Case("voters_by_list", [(5, "pengguna_dpt", 215)], 7, "2200", adds=BY_LIST),
    Case("valid_and_invalid", [(5, "suara_sah", 2000)], 7, "2200", adds=BALLOTS),
    Case("partial_count", [(5, "tps_masuk", 4)], 7, "4", adds=STATIONS),
    Case("mixed_basis", [(5, "basis_dpt", "DPT+DPTb")], 6, "DPT", adds=BASES),
    Case(
        "changed_basis",
        [(row, "basis_dpt", "DPT+DPTb") for row in range(4, 8)],
        6,
        "DPT+DPTb",
        adds=BASES,
    ),
    Case("changed_district", [(6, "kecamatan", "Jelutung")], 8, "Jelutung", adds=CODES),
    Case("changed_district", [(6, "kecamatan", "Jelutung")], 8, "Jelutung"),
    Case("roll_jump", [(6, "dpt", 2600)], 8, "2600"),
    Case("roll_jump", [(4, "dpt", 2900), (4, VOTERS, 2000)], 6, "2900"),
    Case("roll_far_off", [(6, "dpt", 42000), (6, VOTERS, 20000)], 8, "42000"),
    Case("near_spelling", [(6, "kelurahan", "Beringen")], 8, "Beringen"),
    Case("near_spelling", [(6, "kelurahan", "Ber ingin")], 8, "Ber ingin"),
    Case(
        "near_spelling",
        [(3, "kelurahan", "Sipin III"), (7, "kelurahan", "Sipin 3")],
        9,
        "Sipin 3",
        clean=[(3, "kelurahan", "Sipin III"), (7, "kelurahan", "Sipin III")],
    ),
    Case(
        "kind_changed",
        [(3, "kelurahan", "Desa Orang Kayo"), (7, "kelurahan", "Kel. Orang Kayo")],
        9,
        "Kel. Orang Kayo",
        clean=[(3, "kelurahan", "Desa Orang Kayo")],
    ),
    Case("without_history", [(7, "kelurahan", "Sungai Asam")], 9, "Sungai Asam"),
    Case("unmatched_area", [(7, "kelurahan", "Sungai Asam")], 5, "Orang Kayo"),
]

ROLL_ERRORS = [
    Case("missing_registered", [(1, "dpt", "")], 3),
    Case("zero_registered", [(1, "dpt", 0)], 3, "0"),
    Case("negative_registered", [(1, "dpt", -7)], 3, "-7"),
    Case("repeated_key", [(1, "kelurahan", "Handil Jaya")], 3, "Handil Jaya"),
    Case("total_row", [(2, "kelurahan", "Jumlah Pasar")], 4, "Jumlah Pasar"),
    Case("fractional_count", [(2, "dpt", 2100.5)], 4, "2100.5"),
]

named = pytest.mark.parametrize("kind", FORMATS)


def each(cases: Sequence[Case], quick: int | None = None) -> pytest.MarkDecorator:
    """Run a test for every case; those behind the first `quick` ones are slow."""
    params = [
        pytest.param(
            case,
            id=f"{case.rule}-{number}",
            marks=[pytest.mark.slow] if quick is not None and number >= quick else [],
        )
        for number, case in enumerate(cases)
    ]
    return pytest.mark.parametrize("case", params)


def write(table: pd.DataFrame, folder: Path, kind: str) -> Path:
    path = folder / f"hasil.{kind}"
    if kind == "csv":
        table.to_csv(path, sep=";", index=False)
    else:
        table.to_excel(path, index=False)
    return path


def found(findings: Sequence[Finding], case: Case) -> list[Finding]:
    return [one for one in findings if one.rule == case.rule and one.spot.row == case.row]


def assert_told(finding: Finding, case: Case, kind: str) -> None:
    said = finding.say("en")
    assert f"hasil.{kind}" in said
    assert f"row {case.row}" in said
    assert finding.spot.value.startswith(case.value)
    assert case.value in said
    assert finding.remedy.say("en", **finding.values) in said
    assert f"baris {case.row}" in finding.say("id")


@named
@each(ERRORS)
def test_an_error_names_file_row_value_and_remedy(case: Case, kind: str, tmp_path: Path) -> None:
    path = write(case.broken(RESULTS), tmp_path, kind)
    reading = load_results(path)
    [finding] = found(reading.errors, case)
    assert_told(finding, case, kind)
    assert case.row in set(reading.rejected["row"])


@named
@each(ERRORS, quick=2)
def test_an_error_is_raised_where_a_table_is_asked_for(
    case: Case, kind: str, tmp_path: Path
) -> None:
    path = write(case.broken(RESULTS), tmp_path, kind)
    [finding] = found(load_results(path).errors, case)
    with pytest.raises(DataError) as raised:
        read_results(path)
    assert finding in raised.value.findings


@named
@each(WARNINGS)
def test_a_warning_names_file_row_value_and_remedy(case: Case, kind: str, tmp_path: Path) -> None:
    path = write(case.broken(RESULTS), tmp_path, kind)
    reading = load_results(path)
    assert not reading.errors
    [finding] = found(reading.warnings, case)
    assert_told(finding, case, kind)
    assert len(reading.table) == len(case.broken(RESULTS))


@named
@each(WARNINGS, quick=2)
def test_a_warning_is_given_where_a_table_is_asked_for(
    case: Case, kind: str, tmp_path: Path
) -> None:
    path = write(case.broken(RESULTS), tmp_path, kind)
    with pytest.warns(DataWarning, match=f"row {case.row}"):
        read_results(path)


def with_their_own_twins(cases: Sequence[Case]) -> list[Case]:
    """Return cases with different clean twins: that of many is the table as it is."""
    twins: list[pd.DataFrame] = []
    found = []
    for case in cases:
        twin = case.twin(RESULTS)
        if not any(twin.equals(other) for other in twins):
            twins.append(twin)
            found.append(case)
    return found


@named
@each(with_their_own_twins([*ERRORS, *WARNINGS]))
def test_the_clean_twin_has_no_message(case: Case, kind: str, tmp_path: Path) -> None:
    twin = case.twin(RESULTS)
    table = read_results(write(twin, tmp_path, kind))
    assert len(table) == len(twin)


@named
@each(ROLL_ERRORS)
def test_an_error_in_a_roll(case: Case, kind: str, tmp_path: Path) -> None:
    path = write(case.broken(ROLL), tmp_path, kind)
    [finding] = found(load_roll(path).errors, case)
    assert_told(finding, case, kind)
    with pytest.raises(DataError):
        read_roll(path)
    assert len(read_roll(write(case.twin(ROLL), tmp_path, kind))) == len(ROLL)


@pytest.mark.slow
def test_lost_thousands_are_told_apart_from_percents(tmp_path: Path) -> None:
    # 2.801 in a cell that holds a number: a spreadsheet read the separator as a decimal mark.
    voters = [2.801, 2.1, 1.305, 0.9, 2.9, 2.204, 1.353, 0.951]
    broken = edited(RESULTS, all_rows(VOTERS, voters))
    errors = load_results(write(broken, tmp_path, "xlsx")).errors
    assert {error.rule for error in errors} == {"lost_thousands"}
    assert errors[0].spot.value == "2.801"
    as_text = broken.assign(
        **{VOTERS: [f"{1000 * count:,.0f}".replace(",", ".") for count in voters]}
    )
    assert read_results(write(as_text, tmp_path, "csv"))["voters"].iloc[0] == 2801


@pytest.mark.slow
def test_copies_that_agree_keep_one_row_and_copies_that_differ_keep_none(tmp_path: Path) -> None:
    same = pd.concat([RESULTS, RESULTS.iloc[[0]]], ignore_index=True)
    errors = load_results(write(same, tmp_path, "csv")).errors
    assert [(error.rule, error.spot.row) for error in errors] == [("repeated_key", 10)]
    other = edited(same, [(8, VOTERS, 2801)])
    errors = load_results(write(other, tmp_path, "csv")).errors
    assert sorted(error.spot.row for error in errors) == [2, 10]


@pytest.mark.slow
def test_equal_names_are_fine_with_districts_or_codes(tmp_path: Path) -> None:
    twice = edited(RESULTS, [(1, "kelurahan", "Beringin"), (5, "kelurahan", "Beringin")])
    assert len(read_results(write(twice, tmp_path, "csv"))) == 8
    coded = twice.assign(**CODES).drop(columns="kecamatan")
    assert len(read_results(write(coded, tmp_path, "csv"))) == 8


def test_areas_may_have_codes_and_no_names() -> None:
    table = read_results(RESULTS.assign(**CODES).drop(columns="kelurahan"))
    assert table["area"].tolist() == CODES["kode"]


def test_an_area_without_district_that_two_districts_know_is_asked_about(tmp_path: Path) -> None:
    twice = edited(RESULTS, [(1, "kelurahan", "Beringin"), (5, "kelurahan", "Beringin")])
    homeless = twice.assign(kecamatan=[*twice["kecamatan"][:6], None, "Pasar"])
    errors = load_results(write(homeless, tmp_path, "csv")).errors
    assert [(error.rule, error.spot.row) for error in errors] == [("equal_names", 8)]


def test_stations_not_yet_counted_may_have_zero_voters(tmp_path: Path) -> None:
    waiting = edited(
        RESULTS.assign(**STATIONS), [(7, "tps_masuk", 0), (7, "dpt", 0), (7, VOTERS, 0)]
    )
    reading = load_results(write(waiting, tmp_path, "csv"))
    assert {finding.rule for finding in reading.findings} == {"partial_count"}


def test_partial_parts_do_not_count_against_a_total(tmp_path: Path) -> None:
    partial = edited(
        RESULTS.assign(**STATIONS),
        [*total(8, "Kota Contoh", 10000, 7000), (4, "tps_masuk", 4), (5, "tps_masuk", 4)],
    )
    reading = load_results(write(partial, tmp_path, "csv"))
    assert {finding.rule for finding in reading.findings} == {"partial_count"}


def test_totals_on_another_denominator_are_no_contradiction(tmp_path: Path) -> None:
    bases = edited(
        RESULTS.assign(**BASES),
        [*total(8, "Kota Contoh", 10000, 7000), (8, "basis_dpt", "DPT tanpa DPTb")],
    )
    assert not load_results(write(bases, tmp_path, "csv")).errors


@pytest.mark.slow
def test_a_blank_area_is_the_total_of_its_district(tmp_path: Path) -> None:
    # 2020: Jelutung 4,100 + 3,100 = 7,200 registered, 2,900 + 2,200 = 5,100 voters.
    cells = [(8, "kecamatan", "JELUTUNG"), *total(8, "Kota Contoh", 7200, 5100)]
    assert len(read_results(write(edited(RESULTS, cells), tmp_path, "csv"))) == 9
    low = edited(RESULTS, [*cells, (8, "dpt", 7199)])
    [error] = load_results(write(low, tmp_path, "csv")).errors
    assert error.values["parts"] == 7200
    assert error.spot.row == 10


def test_columns_that_the_file_lacks_are_not_reported_row_by_row(tmp_path: Path) -> None:
    reading = load_results(write(RESULTS.drop(columns="dpt"), tmp_path, "csv"))
    assert [(error.rule, error.spot.row) for error in reading.errors] == [("missing_column", None)]
    assert not reading.warnings


@pytest.mark.slow
def test_areas_with_other_numerals_are_not_alike(tmp_path: Path) -> None:
    other = edited(RESULTS, [(3, "kelurahan", "Sipin III"), (7, "kelurahan", "Sipin IV")])
    rules = {finding.rule for finding in load_results(write(other, tmp_path, "csv")).findings}
    assert rules == {"without_history", "unmatched_area"}


@pytest.mark.slow
def test_thousands_of_findings_are_told_in_one_paragraph(tmp_path: Path) -> None:
    many = pd.concat([RESULTS] * 300, ignore_index=True)
    many["kelurahan"] = [
        f"Desa {number // 8} {name}" for number, name in enumerate(many["kelurahan"])
    ]
    sound = ~many["pemilihan"].duplicated()  # else the two columns had changed places
    many[VOTERS] = many[VOTERS].where(sound, 2 * many["dpt"])
    errors = load_results(write(many, tmp_path, "csv")).errors
    assert len(errors) == 2398
    [told] = tell(errors)
    assert "and 2,395 more" in told
    assert len(told) < 1500


@pytest.mark.slow
def test_a_roll_is_held_against_past_results() -> None:
    results = read_results(RESULTS)
    roll = pd.DataFrame(
        {
            "kota": ["Kota Contoh"] * 4,
            "kecamatan": ["Jelutung", "Jelutung", "Pasar", "Pasar"],
            "kelurahan": ["Handil Jaya", "Kebun Handl", "Sungai Asam", "Orang Kayo"],
            "dpt": [4200, 3200, 2100, 3000],
        }
    )
    found = load_roll(roll, results).findings
    assert [(one.rule, one.spot.row) for one in found] == [
        ("near_spelling", 1),
        ("roll_jump", 3),
        ("without_history", 2),
    ]
    crosswalk = pd.DataFrame(
        {"new_id": [None], "new_area": ["Sungai Asam"], "old_id": [None], "old_area": ["Beringin"]}
    )
    left = load_roll(roll, results, crosswalk=crosswalk).findings
    assert [one.rule for one in left] == ["near_spelling", "roll_jump"]


@pytest.mark.parametrize("off", [-5, 5])
@pytest.mark.parametrize("called", ["", "JUMLAH"])
def test_a_rolls_own_totals_are_held_against_its_rows(off: int, called: str) -> None:
    roll = pd.DataFrame(
        {
            "kecamatan": ["Pasar", "Pasar", "Pasar", "Barat", "Barat", "Barat"],
            "kelurahan": ["Beringin", "Orang Kayo", called, "Kasang", "Murni", called],
            "dpt": [2100, 3000, 5100 + off, 1200, 1900, 3100],
        }
    )
    [found] = [one for one in load_roll(roll).findings if one.spot.row == 2]
    word = "total_below_parts" if off < 0 else "total_above_parts" if called else "more_than_parts"
    assert (found.rule, found.spot.value) == (word, str(5100 + off))
    assert "contest" not in found.say("en")
    assert not any(one.spot.row == 5 for one in load_roll(roll).findings)


def test_men_and_women_of_a_roll_are_held_against_its_total() -> None:
    roll = pd.DataFrame(
        {"kelurahan": ["Kasang", "Murni"], "L": [500, 640], "P": [510, 650], "dpt": [1010, 1291]}
    )
    [found] = load_roll(roll).findings
    assert (found.rule, found.severity, found.spot.row) == ("registered_l_p", "warning", 1)
    assert "men 640 and women 650 are not the 1,291 registered" in found.say("en")
    assert not load_roll(roll.assign(dpt=[1010, 1290])).findings
    [far] = load_roll(roll.assign(dpt=[1010, 129])).findings
    assert (far.rule, far.severity, far.spot.row) == ("registered_l_p_far_off", "error", 1)
    assert "1.290, bukan 129 pemilih terdaftar di Murni" in far.say("id")
    [unknown] = load_roll(roll.assign(L=[500, 0], P=[510, 0])).findings
    assert (unknown.rule, unknown.severity) == ("registered_l_p", "warning")
    [below] = load_roll(roll.assign(L=[500, -9], dpt=[1010, 641])).errors
    assert (below.rule, below.spot.row) == ("negative_count", 1)


def test_one_sex_of_a_roll_is_no_more_than_its_total() -> None:
    roll = pd.DataFrame(
        {"kelurahan": ["Kasang", "Murni"], "L": [500, 640], "P": [510, None], "dpt": [1010, 639]}
    )
    [found] = load_roll(roll).findings
    assert (found.rule, found.severity, found.spot.row) == ("part_above_whole", "error", 1)
    assert "men 640 are more than the 639 registered" in found.say("en")
    [alone] = load_roll(roll.drop(columns="P")).findings
    assert alone.rule == "part_above_whole"
    assert not load_roll(roll.assign(dpt=[1010, 640])).findings


@pytest.mark.slow
def test_a_roll_of_another_region_is_one_finding() -> None:
    results = read_results(RESULTS)
    roll = pd.DataFrame(
        {
            "kota": "Kota Contoh",
            "kecamatan": ["Utara", "Utara", "Barat"],
            "kelurahan": ["Batu Ampar", "Mata Air", "Pulau Pinang"],
            "dpt": [4200, 3200, 2100],
        }
    )
    [one] = load_roll(roll, results).findings
    assert (one.rule, one.spot.row) == ("none_known", 0)
    assert "none of the 3 places" in one.say("en")
    rules = {found.rule for found in load_roll(roll.head(1), results).findings}
    assert "without_history" in rules


@pytest.mark.slow
def test_a_crosswalk_answers_for_its_areas() -> None:
    table = edited(RESULTS, [(7, "kelurahan", "Sungai Asam")])
    rules = [one.rule for one in load_results(table).findings]
    assert rules == ["without_history", "unmatched_area"]
    crosswalk = pd.DataFrame(
        {
            "new_id": [None],
            "new_area": ["Sungai Asam"],
            "old_id": [None],
            "old_area": ["Orang Kayo"],
        }
    )
    assert load_results(table, crosswalk=crosswalk).findings == ()


@pytest.mark.slow
def test_a_count_in_progress_is_partial_by_nature() -> None:
    table = RESULTS.assign(tps_masuk=4, jumlah_tps=5)
    assert [one.rule for one in load_results(table).findings] == ["partial_count"] * 2
    assert load_counted(table).findings == ()


@pytest.mark.slow
def test_a_count_is_held_against_the_coming_election() -> None:
    count = RESULTS.tail(4).drop(columns="pemilihan")
    coming = Election("2020-12-09", "pilgub")
    # a pilgub is a pilkada
    assert load_counted(count, election=coming).findings == ()
    reading = load_counted(edited(count, [(5, "jenis", "Pilpres")]), election=coming)
    (finding,) = reading.errors
    assert (finding.rule, finding.spot.row, finding.spot.column) == ("other_election", 5, "jenis")
    assert (
        "a row of Pilpres 9 December 2020, not of the pilgub of 9 December 2020." in finding.say()
    )
    # nor is the pilwako of the same day one: its row is left out, as that of another office
    other = load_counted(edited(count, [(5, "jenis", "Pilwako")]), election=coming)
    assert [one.rule for one in other.findings] == ["other_offices"]
    assert len(other.table) == 3
    assert not load_counted(edited(count, [(5, "jenis", "Pilkada")]), election=coming).errors
    assert len(reading.table) == 3
    late = load_counted(count, election=Election("2024-11-27", "pilpres"))
    assert [one.spot.column for one in late.errors] == ["tanggal"] * 4
