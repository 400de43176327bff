"""A table written in any of the known ways reads back to the same table."""

import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.examples import each_way

from turnout.reading import load_results
from turnout.reading.headers.aliases import RESULTS, ROLL
from turnout.reading.headers.crosswalk_aliases import CROSSWALK
from turnout.reading.headers.match import understand
from turnout.reading.headers.outreach_aliases import OUTREACH
from turnout.reading.values.numerals import parse_numbers

HEADERS = {
    "id": ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"],
    "en": ["Date", "Type", "District", "Ward", "Registered voters", "Ballots cast"],
    "de": ["Wahltag", "Wahl", "Samtgemeinde", "Gemeinde", "Wahlberechtigte", "Wähler"],
    "fr": ["Date du scrutin", "Scrutin", "Canton", "Commune", "Inscrits", "Votants"],
    "es": ["Fecha", "Tipo", "Distrito", "Municipio", "Censo", "Votantes"],
    "pt": ["Data", "Tipo de eleição", "Distrito", "Freguesia", "Inscritos", "Votantes"],
    "it": ["Data", "Elezione", "district", "Comune", "Elettori", "Votanti"],
    "ms": ["Tarikh", "Jenis", "DUN", "Daerah mengundi", "Pemilih berdaftar", "Keluar mengundi"],
}
MARKS = {"none": "{}", "point": "{:,}", "comma": "{:,}", "space": "{:,}"}
SIGNS = {"none": ",", "point": ".", "comma": ",", "space": " "}


def marked(count: int, mark: str) -> str:
    return MARKS[mark].format(count).replace(",", SIGNS[mark])


FIGURES = st.lists(
    st.integers(1_000, 90_000).flatmap(
        lambda registered: st.tuples(st.just(registered), st.integers(500, registered))
    ),
    min_size=2,
    max_size=5,
)


@each_way
@given(
    figures=FIGURES,
    lang=st.sampled_from(sorted(HEADERS)),
    mark=st.sampled_from(sorted(MARKS)),
    day=st.sampled_from(["2020-12-09", "09/12/2020", "9.12.2020", "9 Desember 2020"]),
    delimiter=st.sampled_from([";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    titles=st.integers(0, 2),
)
def test_any_way_of_writing_a_table_reads_back(
    folder, figures, lang, mark, day, delimiter, encoding, titles
):
    rows = [
        [day, "pilkada", "Danau Sipin", f"Désa {'ABCDE'[number]}", marked(r, mark), marked(v, mark)]
        for number, (r, v) in enumerate(figures)
    ]
    text = io.StringIO()
    for _ in range(titles):
        text.write("Rekapitulasi\n")
    for row in (HEADERS[lang], *rows):
        text.write(delimiter.join(row) + "\n")
    path = folder / "hasil.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    reading = load_results(path)
    assert reading.errors == ()
    table = reading.table
    assert table["registered"].tolist() == [r for r, _ in figures]
    assert table["voters"].tolist() == [v for _, v in figures]
    assert table["date"].unique().tolist() == [pd.Timestamp("2020-12-09")]
    assert table["area"].tolist() == [f"Désa {'ABCDE'[n]}" for n in range(len(figures))]


def test_every_alias_names_its_column_however_it_is_written():
    for vocabulary in (RESULTS, ROLL, OUTREACH, CROSSWALK):
        for column in vocabulary.columns:
            for alias in column.aliases.split(" | ") if column.aliases else []:
                for written in (alias, alias.upper(), alias.replace(" ", "_")):
                    header = understand(written, vocabulary)
                    assert header.meaning == "column", (vocabulary.role, alias)
                    assert header.names == (column.name,), (vocabulary.role, alias)


SHARES = ["%", "persen", "pct", "rate", "share", "Prozent", "taux"]


@given(st.sampled_from(SHARES), st.sampled_from(["Pengguna Hak Pilih", "DPT", "ballots cast"]))
def test_no_share_is_a_count(share, name):
    for written in (f"{name} ({share})", f"{share} {name}", f"{name} {share}"):
        header = understand(written, RESULTS)
        assert not {"registered", "voters"} & set(header.names)


@given(st.sampled_from(["ribu", "in thousands", "(000)", "juta", "Tsd."]))
def test_no_count_in_thousands_is_a_count(unit):
    assert understand(f"DPT {unit}", RESULTS).meaning == "thousands"


def test_indian_grouping_and_footnotes_are_read():
    cells = pd.Series(["12,34,567", "7,65,432*", "1,026"])
    assert parse_numbers(cells, whole=True).values.tolist() == [1234567, 765432, 1026]
