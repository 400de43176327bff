"""Delimited text: encodings, line ends, quotation, signs, sizes."""

import gzip
import zipfile
from collections.abc import Callable

import pytest

PLAIN = (
    "Tanggal,Jenis,Kecamatan,Kelurahan,DPT,Pengguna Hak Pilih\n"
    "27/11/2024,Pilkada,Jelutung,Payo Lebar,4512,2900\n"
    "27/11/2024,Pilkada,Jelutung,Talang Jauh,985,603\n"
)
SEMICOLONS = PLAIN.replace(",", ";")
MB = 1_000_000


def rows_of(n: int, **changes: str) -> str:
    """Return the table with a column more, whose cells are `changes`."""
    lines = PLAIN.splitlines()
    more = [changes.get("header", "Catatan"), *[changes.get("cell", "x")] * n]
    return "\n".join(f"{line},{cell}" for line, cell in zip(lines, more, strict=True)) + "\n"


CASES: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "plain": (PLAIN.encode(), "same"),
    "utf-8 with a mark": (PLAIN.encode("utf-8-sig"), "same"),
    "utf-16 with a mark": (PLAIN.encode("utf-16"), "same"),
    "utf-16 without a mark": (PLAIN.encode("utf-16-le"), "same"),
    "utf-16 big without a mark": (PLAIN.encode("utf-16-be"), "same"),
    "utf-32": (PLAIN.encode("utf-32"), "same"),
    "cp1252": (rows_of(2, cell="Désa").encode("cp1252"), "same"),
    "utf-8 with one broken byte": (
        rows_of(2, cell="Désa Ñandú Élan#").encode().replace(b"#", b"\xff", 1),
        "same: 1 character cannot be read",
    ),
    "line ends of Windows": (PLAIN.replace("\n", "\r\n").encode(), "same"),
    "line ends of old Macs": (PLAIN.replace("\n", "\r").encode(), "same"),
    "no last line end": (PLAIN.rstrip().encode(), "same"),
    "many blank lines behind": ((PLAIN + "\n" * 100_000).encode(), "same"),
    "blank lines within": (PLAIN.replace("\n", "\n\n").encode(), "same"),
    "blank lines before": (("\n" * 30 + PLAIN).encode(), "same"),
    "commas alone behind": ((PLAIN + ",,,,,\n" * 50).encode(), "same"),
    "sep= with semicolon": (("sep=;\n" + SEMICOLONS).encode(), "same"),
    "sep= with comma": (("sep=,\r\n" + PLAIN).encode(), "same"),
    "sep= with tab": (("sep=\t\n" + PLAIN.replace(",", "\t")).encode(), "same"),
    "SEP= in capitals": (("SEP=;\n" + SEMICOLONS).encode(), "same"),
    "sep= in quotation marks": (('"sep=;"\n' + SEMICOLONS).encode(), "same"),
    "sep= behind a mark": (("sep=;\n" + SEMICOLONS).encode("utf-8-sig"), "same"),
    "sep= in utf-16": (("sep=;\n" + SEMICOLONS).encode("utf-16"), "same"),
    "sep= with a caret": (("sep=^\n" + PLAIN.replace(",", "^")).encode(), "same"),
    "sep= and nothing": (b"sep=", "needed columns are missing"),
    "sep= and only that": (b"sep=;\n", "is empty"),
    "sep= of several signs": (("sep=||\n" + SEMICOLONS).encode(), "same"),
    "nothing": (b"", "is empty"),
    "one line end": (b"\n", "is empty"),
    "blanks": (b"   \n \t \n", "is empty"),
    "a mark alone": (b"\xef\xbb\xbf", "is empty"),
    "half a mark": (b"\xef\xbb", "needed columns are missing"),
    "utf-16 of an odd length": (PLAIN.encode("utf-16") + b"\n", "same"),
    "zero bytes within names": (PLAIN.replace("Payo", "Pa\x00yo").encode(), "same"),
    "zero bytes behind": (PLAIN.encode() + b"\x00" * 500, "same"),
    "zero bytes alone": (b"\x00" * 5000, "neither text"),
    "random bytes": (bytes((7 * n * n + n // 3) % 256 for n in range(9000)), "neither text"),
    "the end of file of DOS": (PLAIN.encode() + b"\x1a", "same"),
    "a page break": (PLAIN.replace("Payo Lebar", "Payo\x0cLebar").encode(), "same"),
    "a quotation mark that is not closed": (
        (PLAIN.replace("Payo Lebar", '"Payo Lebar') + PLAIN * 60).encode(),
        "a quotation mark is not closed",
    ),
    "one not closed in a short file": (
        PLAIN.replace("Payo Lebar", '"Payo Lebar').encode(),
        "quotation mark that is not closed",
    ),
    "quotation marks within": (rows_of(2, cell='5" pipa').encode(), "same"),
    "everything quoted": (
        "\n".join(
            ",".join(f'"{c}"' for c in line.split(",")) for line in PLAIN.splitlines()
        ).encode(),
        "same",
    ),
    "a line end within quotation marks": (rows_of(2, cell='"a\nb"').encode(), "same"),
    "a cell of 32,767 characters": (rows_of(2, cell="x" * 32_767).encode(), "same"),
    "a cell of 32,768 characters": (rows_of(2, cell="x" * 32_768).encode(), "more than 32,767"),
    "a cell of 131,073 characters": (rows_of(2, cell="x" * 131_073).encode(), "more than 32,767"),
    "a header of 100 KB": (rows_of(2, header="h" * 100_000).encode(), "more than 32,767"),
    "a header of 30 KB of words": (rows_of(2, header="dpt 2019 " * 3_300).encode(), "same"),
    "a header of 30 KB of brackets": (rows_of(2, header="(" * 30_000).encode(), "same"),
    "a line of 10,000 columns": (
        (PLAIN + ",".join("x" * 10_000) + "\n").encode(),
        "has 10,000 columns",
    ),
    "half a million line ends": (("a,b\n" + "\n" * 500_000 + "c,d\n").encode(), "missing"),
    "one wide line and many short": (
        (",".join("x" * 900) + "\n" + "\n" * 300_000 + "x\n").encode(),
        "more than can be read",
    ),
    "a zip of one": (b"zip:hasil.csv", "same"),
    "a zip of one in a folder, beside a Mac's noise": (b"zip:a/hasil.csv __MACOSX/._h", "same"),
    "a zip of two": (b"zip:2018.csv 2024.csv", "is a zip of 2 files: 2018.csv, 2024.csv"),
    "a zip of nothing": (b"zip:", "without any file in it"),
    "gzip": (gzip.compress(PLAIN.encode()), "same"),
    "gzip twice": (gzip.compress(gzip.compress(PLAIN.encode())), "same"),
    "gzip four times": (
        gzip.compress(gzip.compress(gzip.compress(gzip.compress(PLAIN.encode())))),
        "is a packed file",
    ),
    "gzip of two members": (
        gzip.compress(PLAIN[:90].encode()) + gzip.compress(PLAIN[90:].encode()),
        "same",
    ),
    "gzip cut off": (gzip.compress(PLAIN.encode())[:-20], "not downloaded whole"),
    "gzip of nothing": (gzip.compress(b""), "is empty"),
    "gzip and noise": (b"\x1f\x8b\x08noise and more of it", "not downloaded whole"),
    "a gzip bomb": (lambda: gzip.compress(b"0" * 100 * MB, 9), "far more than its size"),
}


# Every refusal, and of what is read a case of each kind.
READ_ALWAYS = [
    "plain",
    "utf-16 without a mark",
    "cp1252",
    "utf-8 with one broken byte",
    "line ends of old Macs",
    "commas alone behind",
    "sep= behind a mark",
    "zero bytes behind",
    "everything quoted",
    "a header of 30 KB of words",
    "a zip of one in a folder, beside a Mac's noise",
    "gzip twice",
]


@pytest.mark.always(*(name for name, (_, end) in CASES.items() if end[:4] != "same"), *READ_ALWAYS)
@pytest.mark.parametrize("name", CASES)
def test_delimited_text(name, tmp_path, judge):
    content, expected = CASES[name]
    content = content() if callable(content) else content
    path = tmp_path / "hasil.csv"
    if content.startswith(b"zip:"):
        with zipfile.ZipFile(path, "w") as archive:
            for inside in content[4:].decode().split():
                archive.writestr(inside, PLAIN)
    else:
        path.write_bytes(content)
    judge(path, expected)


def test_rows_are_numbered_as_excel_shows_them_behind_sep(tmp_path, judge):
    path = tmp_path / "hasil.csv"
    path.write_text("sep=;\n" + SEMICOLONS.replace("985", "x"), encoding="utf-8")
    judge(path, "hasil.csv, row 3, column DPT ('x')")


@pytest.mark.slow
@pytest.mark.parametrize("size", [5_000])
def test_a_gzip_bomb_of_gigabytes(size, tmp_path, judge):
    path = tmp_path / "bom.csv.gz"
    hundred = gzip.compress(b"0" * 100 * MB)
    path.write_bytes(hundred * (size // 100))  # streams one after another are one file
    judge(path, "far more than its size")
