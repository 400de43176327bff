"""Names that steer a screen, look like code or are longer than any name: read as names, clean."""

import unicodedata

import openpyxl
import pandas as pd
import pytest

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]

# As written, and as it is read: the same, unless it is told.
KEPT = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://example.org","x")',
    "+62",
    "-Kasang",
    "@SUM(A1)",
    "[red]Kasang[/red]",
    "[/]",
    "[link=http://example.org]x[/link]",
    "<script>alert(1)</script>",
    "<b onmouseover=alert(1)>x",
    "&lt;b&gt; &amp; &#0;",
    "]]>",
    "$x^2$",
    "$\\frac{1}{0}$",
    "\\input{x}",
    "100%",
    "{area}",
    "{0.__class__}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%s %d %n",
    "../../etc/passwd",
    "C:\\Windows",
    "CON",
    "file:///etc/hostname",
    "'; DROP TABLE results; --",
    "Robert'); --",
    '"Kasang"',
    "Ka,sang;x|y",
    "O'Brien",
    "Désa Ñandú",
    "Ḱä́ś",
    "東京都",
    "مدينة",
    "עיר",
    "कसंग",
    "🗳️ Kasang",
    "K\u200dasang",
    "True",
    "NULL x",
    "1e5",
    "0x10",
]
CLEANED = {
    "Kas\x00ang": "Kasang",
    "Kas\x07ang": "Kasang",
    "Kas\x1b[31mang": "Kas[31mang",
    "Kas\x1b]8;;http://example.org\x07ang": "Kas]8;;http://example.organg",
    "Kas\x7fang": "Kasang",
    "Kas\x9bang": "Kasang",
    "Kas\x0bang": "Kas ang",
    "Kas\x85ang": "Kas ang",
    "Kas\u2028ang": "Kas ang",
    "\u202egnasaK\u202c": "gnasaK",
    "\u2066Kasang\u2069": "Kasang",
    "Kas\u200bang": "Kasang",
    "\ufeffKasang": "Kasang",
    "Kas\u00adang": "Kasang",
    "Kas\U000e0041ang": "Kasang",
    "  Kasang   Jaya ": "Kasang Jaya",
    "K" + "\u0301" * 500 + "asang": "K\u0301\u0301\u0301asang",
}


def frame(name: str) -> pd.DataFrame:
    rows = [
        ["27/11/2024", "Pilkada", "Jelutung", name, 4512, 2900],
        ["27/11/2024", "Pilkada", "Jelutung", "Talang Jauh", 985, 603],
    ]
    return pd.DataFrame(rows, columns=HEADER)


def read(source, ends) -> str:
    table, said = ends(source)
    assert table is not None, said
    return table["area"].tolist()[0]


@pytest.mark.slow
def test_all_names_of_one_table(tmp_path, ends):
    names = [*KEPT, *CLEANED]
    rows = [
        ["27/11/2024", "Pilkada", f"Kecamatan {n}", name, 4512 + n, 2900]
        for n, name in enumerate(names)
    ]
    frame = pd.DataFrame(rows, columns=HEADER)
    frame.to_csv(tmp_path / "a.csv", index=False)
    for source in (frame, tmp_path / "a.csv"):
        table, said = ends(source)
        assert table is not None, said
        assert table["area"].tolist() == [CLEANED.get(name, name) for name in names]


@pytest.mark.slow
@pytest.mark.parametrize("name", KEPT)
def test_names_are_read_as_they_are(name, tmp_path, ends):
    path = tmp_path / "a.csv"
    frame(name).to_csv(path, index=False)
    assert read(path, ends) == name


@pytest.mark.slow
@pytest.mark.parametrize("name", CLEANED)
def test_names_are_made_clean(name, tmp_path, ends):
    path = tmp_path / "a.csv"
    path.write_text(frame(name).to_csv(index=False), encoding="utf-8")
    assert read(path, ends) == CLEANED[name]


@pytest.mark.always("=1+1", "+62", "東京都", "🗳️ Kasang", "Kas\x85ang", "\ufeffKasang")
@pytest.mark.parametrize("name", [*KEPT[:6], *KEPT[31:39], *list(CLEANED)[7:15]])
def test_names_of_a_workbook(name, tmp_path, ends):
    book = openpyxl.Workbook()
    for row in [HEADER, *frame("x").to_numpy().tolist()]:
        book.active.append(row)
    try:
        book.active["D2"].value = name
    except openpyxl.utils.exceptions.IllegalCharacterError:
        pytest.skip("a workbook cannot hold this sign")
    book.active["D2"].data_type = "s"
    book.save(tmp_path / "a.xlsx")
    expected = CLEANED.get(name, name)
    assert unicodedata.normalize("NFC", read(tmp_path / "a.xlsx", ends)) == unicodedata.normalize(
        "NFC", expected
    )


@pytest.mark.parametrize("size", [5_000, 32_767])
@pytest.mark.parametrize("column", HEADER[1:4])
def test_long_texts_end_in_a_table_or_an_error(size, column, ends):
    ends(frame("x").assign(**{column: ["K" * size, "L" * size]}))


@pytest.mark.parametrize(
    "header", ["=1+1", "[/]", "<b>", "\u202eTPD", "D\x00PT2", "{x}", "h" * 3000]
)
def test_headers_of_the_users_own(header, ends):
    table, said = ends(frame("Kasang").assign(**{header: ["a", "b"]}))
    assert table is not None, said
    assert not any(sign in "".join(table.columns) for sign in "\x00\u202e")


def test_names_are_told_clean(ends):
    bad = frame("Kas\x1b[31mang").assign(DPT=["x\x1b[0m", 985])
    _, said = ends(bad)
    assert "x[0m" in said
    assert "\x1b" not in said
