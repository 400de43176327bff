"""From files to drafts: values, where they came from, and what reading says about them."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.examples import each_way

from turnout.errors import DataWarning
from turnout.identity.names import plain_name
from turnout.language import day, number
from turnout.reading.draft_file import draft_table
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.results import load_results, read_results

HEAD = "tanggal;jenis;desa;dpt;hadir\n"


@pytest.fixture
def drafted(tmp_path):
    def draft(text):
        path = tmp_path / "a.csv"
        path.write_text(text, encoding="utf-8")
        return draft_table(path, RESULTS)

    return draft


def told(draft):
    return [(f.rule, f.severity, f.spot.row, f.spot.column, f.spot.value) for f in draft.findings]


def test_a_draft_knows_where_each_value_stands(drafted):
    draft = drafted(
        "Judul\n\n" + HEAD + "2024-11-27;pilkada;A;1.026;700\n\n2024-11-27;pilkada;B;985;603\n"
    )
    assert draft.table["registered"].tolist() == [1026, 985]
    assert draft.written["registered"].tolist() == ["1.026", "985"]
    assert draft.headers["registered"] == "dpt"
    spot = draft.spot(1, "registered")
    assert spot.say("id") == "a.csv, baris 6, kolom dpt ('985')"
    assert draft.spot(0).say() == "a.csv, row 4"


def test_the_month_may_come_first_and_that_is_told(drafted):
    draft = drafted(HEAD + "11/27/2024;pilkada;A;10;7\n12/09/2020;pilkada;A;10;7\n")
    assert draft.table["date"].tolist() == [pd.Timestamp("2024-11-27"), pd.Timestamp("2020-12-09")]
    assert told(draft) == [("month_first_dates", "warning", 2, "tanggal", "11/27/2024")]


def test_of_dates_with_day_or_month_first_those_that_can_be_two_are_errors(drafted):
    rows = ("11/27/2024", "27/6/2018", "9/12/2020", "2014-07-09", "27 Juni 2018")
    draft = drafted(HEAD + "".join(f"{day};pilkada;A;10;7\n" for day in rows))
    assert [row[:3] for row in told(draft)] == [("unclear_dates", "error", 4)]
    days = draft.table["date"].drop(2).astype("str").tolist()
    assert days == ["2024-11-27", "2018-06-27", "2014-07-09", "2018-06-27"]


def test_every_unreadable_cell_is_an_error(drafted):
    draft = drafted(HEAD + "kemarin;pilkada;A;seribu;7\n2024-11-27;pilkada;B;10;#REF!\n")
    assert told(draft) == [
        ("unreadable_date", "error", 2, "tanggal", "kemarin"),
        ("unreadable_number", "error", 2, "dpt", "seribu"),
        ("failed_formula", "error", 3, "hadir", "#REF!"),
    ]


def test_what_is_told_once_above_the_table_is_judged_once(drafted):
    draft = drafted("Tanggal: besok\nJenis;pilkada\ndesa;dpt;hadir\nA;10;7\nB;10;7\n")
    assert told(draft) == [("unreadable_date", "error", None, "Tanggal", "besok")]
    assert draft.table["election_type"].tolist() == ["pilkada"] * 2


def test_columns_without_a_header_are_left_out_and_told(drafted):
    draft = drafted(";" + HEAD + "1;2024-11-27;pilkada;A;10;7\n")
    assert [row[:2] for row in told(draft)] == [("nameless_column", "warning")]
    assert draft.table.columns.tolist() == ["date", "election_type", "area", "registered", "voters"]


def test_words_beside_a_table_of_a_workbook_are_left_out_and_told(tmp_path):
    frame = pd.DataFrame([["2024-11-27", "pilkada", "A", 10, 7, None, "cek lagi"]])
    frame.columns = ["tanggal", "jenis", "desa", "dpt", "hadir", "", ""]
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    [finding] = draft_table(tmp_path / "a.xlsx", RESULTS).findings
    assert (finding.rule, finding.values["position"]) == ("nameless_column", 7)


def test_days_in_titles_count_only_beside_a_type(drafted):
    body = "\njenis;desa;dpt;hadir\npilkada;A;10;7\n"
    [error] = drafted("Ditetapkan di Jambi, 4 Desember 2024" + body).findings
    assert error.rule == "missing_column"
    [doubt] = drafted("Pilkada Kota Jambi, 27 November 2024" + body).findings
    assert doubt.rule == "date_in_title"


def test_two_types_in_the_titles_tell_none(drafted):
    [error] = drafted(
        "Pilgub dan Pilwako 2024\ntanggal;desa;dpt;hadir\n2024-11-27;A;10;7\n"
    ).findings
    assert "jenis (election_type)" in error.say("id")


def test_headers_of_several_levels_in_a_dataframe():
    columns = pd.MultiIndex.from_tuples(
        [
            ("date", ""),
            ("jenis", ""),
            ("desa", ""),
            ("DPT", "L"),
            ("DPT", "P"),
            ("DPT", "JML"),
            ("hadir", ""),
        ]
    )
    frame = pd.DataFrame([["2024-11-27", "pilkada", "A", 4, 6, 10, 7]], columns=columns)
    draft = draft_table(frame, RESULTS)
    assert draft.findings == ()
    assert draft.table[["registered_l", "registered_p", "registered"]].iloc[0].tolist() == [
        4,
        6,
        10,
    ]


def test_warnings_come_as_one_python_warning():
    frame = pd.DataFrame(
        {"date": "2024-11-27", "jenis": "pilkada", "desa": ["A", "B"], "dpt": 10, "hadir": [11, 12]}
    )
    with pytest.warns(DataWarning, match="2 thing") as caught:
        table = read_results(frame)
    assert len(caught) == 1
    assert len(table) == 2


names = st.text("abcdefghijklmnopqrstuvwxyz éñ'", min_size=1, max_size=12).map(
    lambda text: " ".join(["Desa", *text.split(), "Baru"])
)


@each_way
@given(
    areas=st.lists(names, min_size=1, max_size=8, unique_by=plain_name),
    counts=st.lists(st.integers(100, 10**6), min_size=8, max_size=8),
    date=st.dates(dt.date(1999, 1, 1), dt.date(2050, 1, 1)),
    delimiter=st.sampled_from([";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    lang=st.sampled_from(["en", "id"]),
    order=st.permutations(range(5)),
)
def test_any_table_is_read_back_however_it_is_written(
    folder, areas, counts, date, delimiter, encoding, lang, order
):
    headers = ["Tanggal", "Jenis Pemilihan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
    rows = [
        [day(date, lang), "Pilkada", area, number(count, lang), number(count // 2, lang)]
        for area, count in zip(areas, counts, strict=False)
    ]
    lines = [delimiter.join(row[i] for i in order) for row in [headers, *rows]]
    path = folder / "a.csv"
    path.write_text("\n".join(lines), encoding=encoding)
    table = load_results(path).table
    assert table["area"].tolist() == areas
    assert table["date"].unique().tolist() == [pd.Timestamp(date)]
    assert table["registered"].tolist() == counts[: len(areas)]
    assert table["voters"].tolist() == [count // 2 for count in counts[: len(areas)]]
