"""The empty workbook: it asks for what the reader knows, and is accepted once filled."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from turnout import TurnoutError
from turnout.cli import main
from turnout.cli.files import VOCABULARIES, read_all
from turnout.language import LANGUAGES, Language
from turnout.reading.headers.match import understand
from turnout.reading.headers.roles import SHEET_NAMES
from turnout.report.template.sheets import TEMPLATE
from turnout.report.template.write import write_template

RESULTS = [
    (dt.date(2015, 12, 9), "pilkada", 700, 1300),
    (dt.date(2018, 6, 27), "pilkada", 720, 1350),
    (dt.date(2019, 4, 17), "pemilu", 850, 1650),
]


def column(page: openpyxl.worksheet.worksheet.Worksheet, header: str) -> int:
    return next(cell.column for cell in page[1] if cell.value == header)


def fill(path: Path, lang: Language, voters_of_first: int = 700) -> None:
    """Fill a template as a person would: results and roll of two areas, one activity."""
    book = openpyxl.load_workbook(path)
    page = book[SHEET_NAMES["results"].say(lang)]
    names = {field.header.en: field.header.say(lang) for field in TEMPLATE["results"]}
    rows = [
        (day, kind, area, registered, voters)
        for day, kind, first, second in RESULTS
        for area, registered, voters in (("Kasang", 1000, first), ("Murni", 2000, second))
    ]
    rows[0] = (*rows[0][:4], voters_of_first)
    for number, row in enumerate(rows, start=2):
        keys = ("date", "election_type", "area", "registered", "voters")
        for key, value in zip(keys, row, strict=True):
            page.cell(number, column(page, names[key]), value)
        page.cell(number, column(page, names["city"]), "Kota")
        page.cell(number, column(page, names["district"]), "Utara")
    page = book[SHEET_NAMES["roll"].say(lang)]
    for number, (area, registered) in enumerate((("Kasang", 1100), ("Murni", 2100)), start=2):
        for key, value in (("city", "Kota"), ("district", "Utara"), ("area", area)):
            page.cell(number, column(page, names[key]), value)
        page.cell(number, column(page, names["registered"]), registered)
    page = book[SHEET_NAMES["outreach"].say(lang)]
    for header, value in zip(
        [cell.value for cell in page[1]],
        (dt.date(2018, 5, 2), "Kota", "Utara", "Kasang", "tatap muka", "pemilih pemula", 120, 10),
        strict=False,
    ):
        page.cell(2, column(page, header), value)
    book.save(path)


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", TEMPLATE)
def test_every_header_is_understood(role: str, lang: Language) -> None:
    for field in TEMPLATE[role]:
        found = understand(field.header.say(lang), VOCABULARIES[role])
        assert found.names == (field.header.en,), field.header


@pytest.mark.parametrize("lang", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_it_is_accepted_once_filled(
    lang: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_template(tmp_path / "data.xlsx", lang)
    fill(path, lang)
    assert call("check", str(path), "--lang", lang) == 0
    said = capsys.readouterr()
    assert said.out.count("data.xlsx (") == 3  # the crosswalk is blank
    assert "sheet_left_out" not in said.err
    readings = read_all(path)
    assert {role: len(reading.table) for role, reading in readings.items()} == {
        "results": 6,
        "roll": 2,
        "outreach": 1,
    }
    assert readings["outreach"].table["kind"].tolist() == ["face_to_face"]
    kept = [reading for role, reading in readings.items() if role != "outreach"]
    found = [one.say() for reading in kept for one in reading.findings]
    assert found == []


@pytest.mark.slow
def test_what_is_wrong_in_it_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_template(tmp_path / "data.xlsx", "en")
    fill(path, "en", voters_of_first=1700)
    assert call("check", str(path)) == 2
    assert "data.xlsx, sheet results, row 2, column voters ('1700')" in capsys.readouterr().err


@pytest.mark.slow
def test_an_empty_one_is_not_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_template(tmp_path / "data.xlsx", "id")
    assert call("check", str(path), "--lang", "id") == 2
    assert "Isi satu baris per wilayah" in capsys.readouterr().err


@pytest.mark.slow
def test_two_commands_make_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("template", "--out", "data.xlsx") == 0
    fill(tmp_path / "data.xlsx", "id")
    coming = ("--date", "2024-11-27", "--type", "pilkada", "--goal", "75%", "--draws", "300")
    assert call("run", "data.xlsx", *coming, "--lang", "id") == 0
    assert capsys.readouterr().out
    report = (tmp_path / "forecast-out" / "report.html").read_text(encoding="utf-8")
    assert "Tercapaikah target 75%?" in report
    assert "3.200 pemilih terdaftar" in report  # of the sheet dpt, which came along


@pytest.mark.parametrize("lang", LANGUAGES)
def test_drop_downs_offer_what_the_lists_hold(lang: Language, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_template(tmp_path / "data.xlsx", lang))
    assert book.worksheets[0].title == SHEET_NAMES["guide"].say(lang)
    lists = book.worksheets[-1]
    assert lists.sheet_state == "hidden"
    offered = {
        rule.formula1
        for page in book.worksheets
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }
    assert len(offered) == sum(cell.value is not None for cell in lists[1]) == 5
    for formula in offered:
        sheet, cells = formula.split("!")
        assert sheet.strip("'") == lists.title
        values = [row[0].value for row in lists[cells.replace("$", "")]]
        assert len(values) > 1
        assert all(values)


def test_every_header_has_a_note_and_needed_ones_say_so(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_template(tmp_path / "data.xlsx", "id"))
    for role, fields in TEMPLATE.items():
        page = book[SHEET_NAMES[role].id]
        for cell, field in zip(page[1], fields, strict=True):
            assert cell.comment is not None
            assert field.note.id in cell.comment.text
            assert ("Wajib diisi" in cell.comment.text) == field.needed


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = write_template(tmp_path / "data.xlsx")
    with pytest.raises(TurnoutError, match="your files are not overwritten"):
        write_template(path)
    with pytest.raises(TurnoutError, match=r"end in \.xlsx"):
        write_template(tmp_path / "data.ods")


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write_template(tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert one == other
