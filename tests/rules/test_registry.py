"""Rules, each with an input that breaks it and a clean twin; a rule that no test names is found."""

import ast
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from turnout import Election
from turnout.areas import build_panel
from turnout.errors import DataError
from turnout.reading.evidence import load_evidence
from turnout.reading.hints import Hints
from turnout.reading.outreach import load_outreach
from turnout.reading.results import load_counted, load_outcome, load_results
from turnout.reading.roll import load_roll
from turnout.understood import UNDERSTOOD

ROOT = Path(__file__).parents[2]
HEAD = "tanggal;jenis;kecamatan;kelurahan;dpt;hadir\n"
ROWS = "27/06/2018;pilkada;A;Murni;1012;615\n27/06/2018;pilkada;A;Legok;2035;1433\n"
COMING = Election("2024-11-27", "pilkada")
PAST = pd.DataFrame(
    {
        "date": "2018-06-27",
        "election_type": "pilkada",
        "city": "Jambi",
        "area": ["Murni", "Legok"],
        "registered": [1000, 2000],
        "voters": [600, 1400],
    }
)


def rules_of(source, **hints) -> set[str]:
    return {one.rule for one in load_results(source, hints=Hints.of(**hints)).findings}


def text(path: Path, body: str | bytes) -> Path:
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def book(path: Path, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> Path:
    made = openpyxl.Workbook()
    for line in (HEAD + ROWS).splitlines():
        cells = line.split(";")
        made.active.append([int(cell) if cell.isdigit() else cell for cell in cells])
    change(made.active)
    made.save(path)
    return path


def test_no_rule_is_without_a_test():
    named = {}
    for path in (ROOT / "src" / "turnout").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if called in ("Rule", "RowRule", "Finding") and isinstance(first, ast.Constant):
                    named[first.value] = path.name
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert len(named) > 100
    assert [rule for rule in named if f'"{rule}"' not in tests] == []
    assert set(named) >= UNDERSTOOD


def test_day_first_dates(tmp_path):
    twice = "03/04/2018;pilkada;A;Murni;1012;615\n05/09/2020;pilkada;A;Murni;1035;700\n"
    assert "day_first_dates" in rules_of(text(tmp_path / "a.csv", HEAD + twice))
    assert "day_first_dates" not in rules_of(text(tmp_path / "b.csv", HEAD + ROWS))


def test_unreadable_signs(tmp_path):
    # Most of it is UTF-8: the one bad byte is no sign of another encoding.
    clean = (HEAD + ROWS).replace("Murni", "Múrni").replace("Legok", "Légók").encode()
    broken = clean.replace("ú".encode(), b"\xc3")
    assert "unreadable_signs" in rules_of(text(tmp_path / "a.csv", broken))
    assert "unreadable_signs" not in rules_of(text(tmp_path / "b.csv", clean))


def test_nested_column():
    frame = PAST.assign(own=[[1, 2], [3]])
    assert "nested_column" in rules_of(frame)
    assert "nested_column" not in rules_of(PAST.assign(own=["1", "3"]))


@pytest.mark.slow
def test_stations_untold():
    """Some stations' voters beside the roll of all are no count of the whole place."""

    def rules_of_count(**columns):
        count = PAST.drop(columns=["date", "election_type"]).assign(**columns)
        past = load_results(PAST).table
        return {one.rule for one in load_counted(count, election=COMING, results=past).findings}

    assert "stations_untold" in rules_of_count(voters=[180, 1300])
    assert "stations_untold" in rules_of_count(area=["Baru", "Legok"], voters=[180, 1300])
    assert "stations_untold" not in rules_of_count(voters=[450, 1300])
    all_in = {"stations_counted": [3, 6], "stations_total": [3, 6]}
    assert "stations_untold" not in rules_of_count(voters=[180, 1300], **all_in)
    assert "stations_untold" not in rules_of_count(registered=[300, 2000], voters=[180, 1300])


def test_unknown_place():
    """An area of a count that is not to be forecast is told where it stands."""
    count = PAST.drop(columns=["date", "election_type"])
    known = pd.DataFrame({"area": ["Kel. Murni", "Legok"], "area_id": [None, "15.71"]})

    def told(**columns):
        reading = load_counted(count.assign(**columns), election=COMING, places=known)
        return [(one.rule, one.spot.row, one.spot.column) for one in reading.errors], reading

    assert told()[0] == []
    assert told(area=["MURNI", "Lama"], area_id=[None, "15.71"])[0] == []
    assert told(area=["MURNI", "Lama"], area_id=[None, "1571"])[0] == []
    found, reading = told(area=["Murni", "Legook"])
    assert found == [("unknown_place", 1, "area")]
    assert "Legook, which is not among the places to forecast; similar: Legok." in (
        reading.errors[0].say()
    )
    assert len(reading.table) == 1
    _, reading = told(area=["Murni", "Sukoharjo"])
    assert "is not among the places to forecast. Write the name" in reading.errors[0].say()
    # A place that the count lacks is meant, not one that it has.
    known = pd.DataFrame({"area": ["Meranti Jaya", "Jernih"], "area_id": [None, None]})
    _, reading = told(area=["Meranti Jaya", "Jernih Jaya"], area_id=[None, None])
    assert "similar: Jernih." in reading.errors[0].say()


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("pileg", "2019-04-17", "2019-04-18"),
        ("pilpres", "2014-07-09", "2014-07-08"),
        ("pileg", "2014-04-09", "2014-07-09"),
        ("pemilu", "2024-02-14", "2024-12-14"),
        ("pemilu", "2031-02-14", None),
        ("pilkada", "2018-06-27", "2018-06-28"),
        ("pilbup", "2020-12-09", "2020-12-19"),
        ("pilgub", "2017-04-19", None),  # a second round
        ("pilkada", "2013-06-27", None),
    ],
)
def test_off_national_day(kind: str, right: str, wrong: str | None):
    """All of Indonesia votes on the day of a national election; regions do so since 2015."""
    rows = PAST.assign(election_type=kind)
    assert "off_national_day" not in rules_of(rows.assign(date=right))
    if wrong:
        told = load_results(rows.assign(date=wrong))
        assert [one.rule for one in told.findings].count("off_national_day") == 1


@pytest.mark.parametrize(
    ("kind", "day", "meant"),
    [
        ("pemilu", "2023-02-14", "14 February 2024"),
        ("pilpres", "2015-07-09", "9 July 2014"),
        ("pileg", "2018-04-17", "17 April 2019"),
        ("pemilu", "2042-02-14", "14 February 2024"),
        ("pemilu", "2029-02-14", None),  # the next one may be on that day
        ("pilpres", "2015-04-09", None),  # that of a pileg
        ("pemilu", "2024-02-14", None),
        ("pilkada", "2021-12-09", "9 December 2020"),
        ("pilbup", "2023-11-27", "27 November 2024"),
        ("pilbup", "2024-12-09", "9 December 2020"),
        ("pilbup", "2010-12-09", None),  # each region had its own day
        ("pilbup", "2029-11-27", None),
        ("pilkada", "2025-04-19", None),  # a repeat poll
        ("council", "2023-02-14", None),
    ],
)
def test_a_national_day_in_a_year_without_one(kind: str, day: str, meant: str | None):
    rows = PAST.assign(election_type=kind, date=day)
    told = [one for one in load_results(rows).findings if one.rule == "national_day_in_other_year"]
    assert [meant in one.say("en") for one in told] == [True] * bool(meant)


def test_no_place_is_gone_by_an_election_whose_year_is_wrong():
    before = PAST.assign(date="2019-04-17", election_type="pemilu")
    after = before.assign(date="2042-02-14").iloc[:1]
    rows = pd.concat([before, after], ignore_index=True)
    assert "unmatched_area" not in rules_of(rows)
    assert "unmatched_area" in rules_of(rows.replace("2042-02-14", "2024-02-14"))


def test_no_place_is_gone_by_a_few_rows_whose_regional_day_is_wrong():
    before = PAST.assign(date="2020-12-09", election_type="pilbup")
    later = before.assign(date="2024-11-27")
    wrong = later.astype("object")
    wrong.loc[0, "date"] = "2024-11-17"
    rows = pd.concat([before, wrong], ignore_index=True)
    assert "unmatched_area" not in rules_of(rows)
    assert "unmatched_area" in rules_of(pd.concat([before, later.iloc[1:]], ignore_index=True))


def test_no_place_is_gone_by_a_part_that_voted_off_the_national_day():
    before = PAST.assign(date="2019-04-17", election_type="pemilu")
    rows = pd.concat([before, before.assign(date="2024-02-14")], ignore_index=True)
    part = rows.assign(date=rows["date"].where(rows.index < len(rows) - 1, "2024-02-24"))
    assert "unmatched_area" not in rules_of(part)
    assert "unmatched_area" in rules_of(part.replace("2024-02-24", "2025-02-24"))


def test_day_of_other_type():
    """What is said of a year may reach an election of another type in it."""
    pilpres = PAST.assign(election_type="pilpres")
    assert "day_of_other_type" in rules_of(pilpres.assign(date="2024-11-27"))
    assert "day_of_other_type" not in rules_of(pilpres.assign(date="2024-02-14"))
    assert "day_of_other_type" in rules_of(PAST.assign(date="2024-02-14"))
    assert "day_of_other_type" not in rules_of(PAST.assign(date="2024-04-24"))  # a repeat poll
    assert "day_of_other_type" not in rules_of(
        PAST.assign(date="2024-11-27", election_type="municipal")
    )


def test_totals_left_out():
    """A row of totals in a log is no activity without a place."""
    log = pd.DataFrame(
        {
            "Tanggal": ["2024-10-01", "2024-10-02", "JUMLAH"],
            "Kelurahan": ["Murni", "Legok", None],
            "Bentuk": ["tatap muka", "tatap muka", None],
            "Jumlah peserta": [20, 30, 50],
        }
    )
    reading = load_outreach(log)
    assert [one.rule for one in reading.findings] == ["totals_left_out"]
    assert len(reading.table) == 2
    assert load_outreach(log.iloc[:2]).findings == ()
    for called in ({"Bentuk": "JUMLAH"}, {"Segmen": "Jumlah"}, {"Segmen": "Total peserta"}):
        undated = log.assign(Segmen="umum").astype(object)
        undated.loc[2, ["Tanggal", "Segmen"]] = None
        for column, word in called.items():
            undated.loc[2, column] = word
        reading = load_outreach(undated)
        assert [one.rule for one in reading.findings] == ["totals_left_out"]
        undated.loc[2, ["Tanggal", "Kelurahan"]] = ["2024-10-03", "Murni"]
        assert len(load_outreach(undated).table) == 3
    for column in ("Tanggal", "Kelurahan", "Bentuk"):
        signed = pd.DataFrame({column: ["Jambi, 30 Oktober 2024", "Ketua KPU"]})
        below = pd.concat([log.iloc[:2], signed], ignore_index=True)
        reading = load_outreach(below.astype(object).where(below.notna(), None))
        assert [one.rule for one in reading.findings] == ["remark_rows"]
        assert len(reading.table) == 2


@pytest.mark.slow
def test_stations_untold_together():
    """All places three quarters in lie each above two thirds, and together below all their past."""
    days = ["2010-06-07", "2015-12-09", "2019-04-17"]
    past = pd.concat([PAST.assign(date=day) for day in days]).reset_index(drop=True)
    kinds = ["pilgub", "pilbup", "pemilu"]
    past["election_type"] = [kind for kind in kinds for _ in range(len(PAST))]

    def rules_of_count(past, share, **columns):
        count = PAST.drop(columns=["date", "election_type"]).assign(**columns)
        count["voters"] = (count["voters"] * share).round()
        results = load_results(past).table
        reading = load_counted(count, election=COMING, results=results)
        return {one.rule for one in reading.errors}, len(reading.table)

    assert rules_of_count(past, 0.75) == ({"stations_untold_together"}, 0)
    assert rules_of_count(past, 0.85) == (set(), 2)
    all_in = {"stations_counted": [3, 6], "stations_total": [3, 6]}
    assert rules_of_count(past, 0.75, **all_in) == (set(), 2)
    once = past[past["election_type"] != "pilbup"]
    assert rules_of_count(once, 0.75) == (set(), 2)


@pytest.mark.slow
def test_contest_taken():
    """The day and the type of an outcome without columns for them are the election's: told."""

    def rules_of_outcome(table):
        return {one.rule for one in load_outcome(table, COMING).findings}

    dated = PAST.assign(date=COMING.date)
    assert "contest_taken" not in rules_of_outcome(dated)
    for untold in (["date"], ["election_type"], ["date", "election_type"]):
        assert "contest_taken" in rules_of_outcome(dated.drop(columns=untold))


@pytest.mark.parametrize("hide", ["rows", "columns"])
def test_hidden(hide, tmp_path):
    def hidden(sheet):
        part = sheet.row_dimensions[3] if hide == "rows" else sheet.column_dimensions["C"]
        part.hidden = True

    rule = {"rows": "hidden_rows", "columns": "hidden_columns"}[hide]
    assert rule in rules_of(book(tmp_path / "a.xlsx", hidden))
    assert rule not in rules_of(book(tmp_path / "b.xlsx", lambda _: None))


def test_uncalculated_formula(tmp_path):
    # In a column of the user's own it is told; in a column that counts it stops the run.
    def formula(sheet):
        sheet["G1"], sheet["G2"] = "catatan", "=E2*2"

    def value(sheet):
        sheet["G1"], sheet["G2"] = "catatan", 2024

    assert "uncalculated_formula" in rules_of(book(tmp_path / "a.xlsx", formula))
    assert "uncalculated_formula" not in rules_of(book(tmp_path / "b.xlsx", value))


def test_files_left_out(tmp_path):
    text(tmp_path / "hasil.csv", HEAD + ROWS)
    assert "files_left_out" not in rules_of(tmp_path)
    text(tmp_path / "surat.pdf", b"%PDF-1.4")
    assert "files_left_out" in rules_of(tmp_path)


def test_valid_as_voters(tmp_path):
    body = (HEAD + ROWS).replace("hadir", "suara sah")
    told = rules_of(text(tmp_path / "a.csv", body), columns={"suara sah": "voters"})
    assert "valid_as_voters" in told
    assert "valid_as_voters" not in rules_of(text(tmp_path / "b.csv", HEAD + ROWS))


@pytest.mark.parametrize("share", ["81%", " 70,5 % "])
def test_a_percentage_among_numbers_of_people_is_told_as_one(share):
    """One cell of a share is neither a fraction of a person nor taken for a count."""
    table = pd.DataFrame(PAST).astype({"voters": object})
    assert "percents_not_counts" not in rules_of(table)
    table.loc[table.index[0], "voters"] = share
    [found] = load_results(table).errors
    assert (found.rule, found.spot.value) == ("percents_not_counts", share.strip())
    assert "persentase, padahal kolom ini berisi jumlah orang" in found.say("id")


def test_high_turnout_everywhere():
    areas = pd.concat([PAST, PAST.assign(area=["Kasang", "Pasir"])])
    full = areas.assign(voters=(areas["registered"] * 0.985).round())
    assert "high_turnout_everywhere" in rules_of(full)
    assert "high_turnout_everywhere" not in rules_of(areas)


def test_region_above():
    rows = pd.DataFrame(
        {
            "date": "2019-05-13",
            "type": "midterm",
            "region": ["I", "I", "II"],
            "province": ["Pangasinan", "Ilocos Norte", "Cagayan"],
            "municipality": ["Alcala", "Badoc", "Aparri"],
            "registered voters": [900, 1000, 1100],
            "voters": [700, 800, 600],
        }
    )
    assert "region_above" in rules_of(rows)
    assert "region_above" not in rules_of(rows.drop(columns="region"))


@pytest.mark.parametrize(
    ("numbers", "total"),
    [
        ([1, 2, 4, 5], 5),
        (["TPS 01", "TPS 02", "TPS 05", "TPS 901"], 6),
        ([1, 2, 3, 4], None),
        ([1, 2, 3, 901], None),
        ([11, 12, 14, 15], None),  # they run on from another place
        ([1571001, 1571003, 1571010, 1571011], None),
    ],
)
def test_absent_stations(numbers: list[object], total: int | None):
    """A hole in the numbers is a station without a row: the place is not complete."""
    rows = pd.DataFrame({"no tps": numbers}).assign(
        tanggal="2018-06-27",
        jenis="pilkada",
        kelurahan="Murni",
        dpt=[301, 298, 305, 290],
        hadir=200,
    )
    told = load_results(rows)
    assert ("absent_stations" in {one.rule for one in told.findings}) == (total is not None)
    assert told.table["stations_total"].tolist() == [total or 4]
    assert told.table["stations_counted"].tolist() == [4]
    given = load_results(rows.assign(jumlah_tps=4))
    assert not given.findings
    assert given.table["stations_total"].tolist() == [4]


def of_stations(numbers, dpt, hadir):
    """Return rows of the stations of one kelurahan."""
    place = {"tanggal": "2018-06-27", "jenis": "pilkada", "kelurahan": "Murni"}
    return pd.DataFrame({**place, "no tps": numbers, "dpt": dpt, "hadir": hadir})


def test_repeated_station():
    rows = of_stations([1, 2, 2], dpt=[300, 310, 290], hadir=[200, 210, 190])
    assert "repeated_station" in rules_of(rows)
    assert "repeated_station" not in rules_of(rows.assign(**{"no tps": [1, 2, 3]}))


def test_station_above_registered():
    rows = of_stations([1, 2, 3], dpt=[300, 31, 290], hadir=[200, 210, 190])
    assert "station_above_registered" in rules_of(rows)
    assert "station_above_registered" not in rules_of(rows.assign(dpt=[300, 310, 290]))


def test_station_far_above_registered():
    rows = of_stations([1, 2, 3], dpt=[300, 310, 290], hadir=[200, 2100, 190])
    assert "station_far_above_registered" in rules_of(rows)
    assert "station_far_above_registered" not in rules_of(rows.assign(hadir=[200, 600, 190]))
    assert "station_far_above_registered" not in rules_of(rows.assign(hadir=[200, 210, 190]))


def test_station_far_below_others():
    rows = of_stations([1, 2, 3], dpt=[300, 310, 290], hadir=[200, 21, 190])
    assert "station_far_below_others" in rules_of(rows)
    assert "station_far_below_others" not in rules_of(rows.assign(hadir=[200, 70, 190]))
    assert "station_far_below_others" not in rules_of(rows.assign(hadir=[200, 0, 190]))
    # Of few people chance may keep most away; of two stations either may be the odd one.
    assert "station_far_below_others" not in rules_of(rows.assign(dpt=[300, 40, 290]))
    assert "station_far_below_others" not in rules_of(rows.head(2))


def test_station_zero_voters():
    rows = of_stations([1, 2, 3], dpt=[300, 310, 290], hadir=[200, 0, 190])
    assert "station_zero_voters" in rules_of(rows)
    assert "station_zero_voters" not in rules_of(rows.assign(hadir=[200, None, 190]))
    # Where a whole area has none, its own row says so.
    assert "station_zero_voters" not in rules_of(rows.assign(hadir=0))
    assert "zero_voters" in rules_of(rows.assign(hadir=0))


def test_turnout_far_off():
    """A digit is lost; a place that always lies so low is no such case, nor is one that is tiny."""
    areas = [f"Desa {n}" for n in "ABCDEF"]
    rows = pd.DataFrame(
        {
            "tanggal": ["2018-06-27"] * 6 + ["2020-12-09"] * 6,
            "jenis": "pilkada",
            "kelurahan": areas * 2,
            "dpt": 1000,
            "hadir": [650, 710, 690, 640, 700, 660] * 2,
        }
    )
    lost = rows.assign(hadir=[65, *rows["hadir"][1:]])
    assert "turnout_far_off" in rules_of(lost)
    assert "turnout_far_off" not in rules_of(rows)
    always = lost.assign(hadir=[65, *rows["hadir"][1:6], 70, *rows["hadir"][7:]])
    assert "turnout_far_off" not in rules_of(always)
    tiny = lost.assign(dpt=[20, *rows["dpt"][1:]], hadir=[2, *rows["hadir"][1:]])
    assert "turnout_far_off" not in rules_of(tiny)
    stations = {"tps masuk": [3, *[6] * 11], "jumlah tps": 6}
    assert "turnout_far_off" in rules_of(lost.assign(**stations))
    assert "turnout_far_off" not in rules_of(rows.assign(**stations))


def test_places_swapped():
    inside = {"Jelutung": ["Payo Lebar", "Talang Jauh"], "Pasar": ["Beringin", "Sungai Asam"]}
    pairs = [(district, area) for district, areas in inside.items() for area in areas]
    rows = pd.DataFrame(pairs, columns=["kecamatan", "kelurahan"]).assign(
        tanggal="2018-06-27",
        jenis="pilkada",
        dpt=[1012, 2035, 1400, 900],
        hadir=[615, 1433, 900, 600],
    )
    swapped = rows.rename(columns={"kecamatan": "kelurahan", "kelurahan": "kecamatan"})
    assert "places_swapped" in rules_of(swapped)
    assert not rules_of(rows)


def test_of_no_election():
    """Each election has its own figures, whichever column stands first in the file."""
    names = ["Kelurahan", "DPT", "DPT Pilkada 27 Juni 2018", "Pengguna Pilkada 27 Juni 2018"]
    later = ["DPT Pemilu 17 April 2019", "Pengguna Pemilu 17 April 2019"]
    rows = [["Murni", 900, 1012, 615, 1020, 720], ["Legok", 800, 2035, 1433, 2040, 1500]]
    wide = pd.DataFrame(rows, columns=[*names, *later])
    told = load_results(wide)
    [finding] = told.findings
    assert finding.rule == "of_no_election"
    assert "is not used: each election has its own" in finding.say()
    assert "as in 'DPT Pilkada 27 Juni 2018'" in finding.say()
    assert told.table["registered"].tolist() == [1012, 2035, 1020, 2040]
    assert not load_results(wide.drop(columns="DPT")).findings
    shared = load_results(wide.drop(columns=names[2])).findings[0]
    assert shared.rule == "of_no_election"
    assert "used only for elections without" in shared.say()
    assert "seperti pada 'DPT Pemilu 17 April 2019'" in shared.say("id")


def test_unknown_election():
    """Two columns of an election whose name was overwritten are no columns of the user's own."""
    names = ["Kelurahan", "DPT Pilkada 27 Juni 2018", "Pengguna Hak Pilih Pilkada 27 Juni 2018"]
    rows = [["Murni", 1012, 615, 900, 700], ["Legok", 2035, 1433, 1800, 1300]]
    lost = pd.DataFrame(rows, columns=[*names, "Golput DPT", "Golput Pengguna Hak Pilih"])
    assert rules_of(lost) == {"unknown_election"}
    own = lost.set_axis([*names, "Golput", "Selisih DPT"], axis=1)
    assert not rules_of(own)
    alone = lost.set_axis(["Kelurahan", "DPT", "Pengguna", *lost.columns[3:]], axis=1)
    assert not rules_of(alone.assign(tanggal="2018-06-27", jenis="pilkada"))


@pytest.mark.parametrize("lost", [("L DPT", "L Pengguna Hak Pilih"), ("DPT L", "Pengguna L")])
def test_columns_of_an_election_that_a_sex_overwrote_are_told_and_not_read(lost):
    names = ["DPT {}", "Pengguna Hak Pilih {}"]
    kept = [
        name.format(one) for one in ("Pilkada 2015-12-09", "Pemilu 2019-04-17") for name in names
    ]
    rows = [["Murni", 1012, 615, 1020, 720, 900, 500], ["Legok", 2035, 1433, 2040, 1500, 1800, 990]]
    wide = pd.DataFrame(rows, columns=["Kelurahan", *kept, *lost])
    told = load_results(wide)
    assert [one.rule for one in told.findings] == ["unknown_election"]
    assert all(name in told.findings[0].say("id") for name in lost)
    assert "registered_l" not in told.table or told.table["registered_l"].isna().all()
    single = load_results(wide.drop(columns=lost[1])).findings
    assert [one.rule for one in single] == ["unknown_election"]
    one = wide.drop(columns=kept[2:])
    assert rules_of(one) == rules_of(one.drop(columns=lost[1])) == {"unknown_election"}
    women = [name.replace("L", "P") for name in lost]
    both = one.assign(**{women[0]: [112, 235], women[1]: [115, 443]})  # its men and women
    assert load_results(both).table["registered_l"].tolist() == [900, 1800]


def test_evidence_without_figure():
    told = pd.DataFrame({"turnout": ["70%", None], "error": ["4%", "5%"]})
    assert "evidence_without_figure" in {one.rule for one in load_evidence(told).findings}
    assert "evidence_without_figure" not in {one.rule for one in load_evidence(told[:1]).findings}


@pytest.mark.parametrize(
    ("rule", "broken", "clean"),
    [
        ("unknown_place", {"area": "Muaro"}, {"area": "Murni"}),
        (
            "whole_roll",
            {"registered": 1000, "stations_counted": 1, "stations_total": 4},
            {"registered": 250, "stations_counted": 1, "stations_total": 4},
        ),
        (
            "place_roll",
            {"registered": 400, "stations_counted": 4, "stations_total": 4},
            {"registered": 940, "stations_counted": 4, "stations_total": 4},
        ),
        (
            "place_roll",
            {"registered": 900, "stations_counted": 3, "stations_total": 7},
            {"registered": 900, "stations_counted": 7, "stations_total": 8},
        ),
        (
            "total_roll",
            {"area": None, "registered": 9000, "voters": 5000},
            {"area": None, "registered": 3000, "voters": 2000},
        ),
    ],
)
def test_a_count_against_the_roll(rule, broken, clean):
    row = {"city": "Jambi", "area": "Murni", "registered": 1000, "voters": 150}
    roll = PAST[["city", "area", "registered"]]

    def count(change):
        return build_panel(PAST, roll=roll, election=COMING, counted=pd.DataFrame([row | change]))

    with pytest.raises(DataError) as told:
        count(broken)
    assert {one.rule for one in told.value.findings} == {rule}
    assert count(clean).count is not None


def test_a_count_of_half_the_roll_is_asked_for_its_sexes():
    names = ["Murni", "Legok", "Kasang"]
    past = pd.concat([PAST.assign(area=name) for name in names], ignore_index=True)
    past = past.drop_duplicates(["date", "area"])
    rows = pd.DataFrame({"city": "Jambi", "area": names, "registered": 490, "voters": 150})
    roll = rows.assign(registered=[1000, 980, 960])[["city", "area", "registered"]]
    for registered, asked in ((490, True), (300, False)):
        counted = rows.assign(registered=registered, stations_counted=2, stations_total=2)
        with pytest.raises(DataError) as told:
            build_panel(past, roll=roll, election=COMING, counted=counted)
        assert ("hanya L atau hanya P" in told.value.say("id")) == asked


def test_total_against_parts():
    rows = pd.DataFrame(
        {
            "city": "Jambi",
            "area": ["Murni", "Legok", None],
            "registered": [1000, 2000, 3000],
            "voters": [600, 1400, 1500],
        }
    )
    with pytest.raises(DataError) as told:
        build_panel(PAST, election=COMING, counted=rows)
    assert {one.rule for one in told.value.findings} == {"total_against_parts"}
    assert build_panel(PAST, election=COMING, counted=rows.assign(voters=[600, 1400, 2000])).count


def test_no_district():
    """An area whose district no row tells is in no district's sum; told by another row it is."""
    table = pd.DataFrame(
        {
            "date": ["2020-12-09"] * 4 + ["2024-02-14"] * 4,
            "election_type": ["pilkada"] * 4 + ["pileg"] * 4,
            "district": ["Utara", "Utara", None, "Selatan", "Utara", "Utara", "Selatan", "Selatan"],
            "area": ["Kasang", "Murni", "Legok", "Solok", "Kasang", "Murni", "Legok", "Solok"],
            "registered": [1012, 2035, 1177, 1411, 1019, 2051, 1190, 1433],
            "voters": [615, 1433, 780, 901, 640, 1500, 800, 950],
        }
    )
    assert not load_results(table).findings
    lost = table.assign(district=table["district"].mask(table["area"] == "Legok"))
    assert "no_district" in rules_of(lost)
    night = lost[lost["date"] == "2024-02-14"]
    assert "no_district" in rules_of(night)
    coming = Election("2024-02-14", "pileg")  # of a count and an outcome the forecast knows it
    for told in (load_counted(night, election=coming), load_outcome(night, coming)):
        assert not told.findings
    untold = night.drop(columns=["date", "election_type"])
    assert [one.rule for one in load_outcome(untold, coming).findings] == ["contest_taken"]
    roll = lost.loc[4:, ["district", "area", "registered"]]
    assert "no_district" in {one.rule for one in load_roll(roll).findings}
    none = table.assign(district=table["district"].where(table["area"] == "Legok"))
    assert "no_district" not in rules_of(none)
