"""Files of other kinds are named as what they are, with the way out; JSON of any form."""

import json
import os
import pickle
import socket
import zipfile
from pathlib import Path

import pandas as pd
import pytest

FRAME = pd.DataFrame({"area": ["A", "B"], "dpt": [4512, 985]})
RECORDS = [
    {"Tanggal": "27/11/2024", "Jenis": "Pilkada", "Kecamatan": "Jelutung",
     "Kelurahan": "Payo Lebar", "DPT": 4512, "Pengguna Hak Pilih": 2900},
    {"Tanggal": "27/11/2024", "Jenis": "Pilkada", "Kecamatan": "Jelutung",
     "Kelurahan": "Talang Jauh", "DPT": 985, "Pengguna Hak Pilih": 603},
]  # fmt: skip

BYTES: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "is an image"),
    "jpeg": (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "is an image"),
    "gif": (b"GIF89a" + b"\x00" * 50, "is an image"),
    "tiff": (b"II*\x00" + b"\x00" * 50, "is an image"),
    "webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "is an image"),
    "heic": (b"\x00\x00\x00\x18ftypheic", "is an image"),
    "new stata": (b"<stata_dta><header><release>118", "is a Stata file"),
    "spss": (b"$FL2@(#) SPSS DATA FILE", "is an SPSS file"),
    "packed spss": (b"$FL3@(#) SPSS DATA FILE", "is an SPSS file"),
    "sas": (b"\x00" * 12 + b"\xc2\xea\x81\x60" + b"\x00" * 50, "is a SAS file"),
    "r": (b"RDX3\nX\n", "is an R data file"),
    "r, one object": (b"X\n\x00\x00\x00\x03\x00\x04", "is an R data file"),
    "feather": (b"ARROW1\x00\x00", "is an Arrow (Feather) file"),
    "orc": (b"ORC\x08\x03", "is an ORC file"),
    "hdf5": (b"\x89HDF\r\n\x1a\n", "is an HDF5 file"),
    "geopackage": (b"SQLite format 3\x00" + b"\x00" * 52 + b"GPKG", "is a GeoPackage"),
    "sqlite": (b"SQLite format 3\x00" + b"\x00" * 100, "is an SQLite database"),
    "shapefile": (b"\x00\x00\x27\x0a" + b"\x00" * 96, "is a shapefile"),
    "access": (b"\x00\x01\x00\x00Standard Jet DB\x00", "is an Access database"),
    "pickle": (pickle.dumps(FRAME), "is a Python pickle, which can run code"),
    "rar": (b"Rar!\x1a\x07\x00", "is a packed file"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "is a packed file"),
    "bzip2": (b"BZh91AY&SY", "is a packed file"),
    "xz": (b"\xfd7zXZ\x00", "is a packed file"),
    "zstandard": (b"\x28\xb5\x2f\xfd\x24", "is a packed file"),
    "tar": (b"a.csv" + b"\x00" * 252 + b"ustar\x00" + b"\x00" * 250, "is a packed file"),
    "program": (b"MZ\x90\x00\x03", "is a program"),
    "elf": (b"\x7fELF\x02\x01", "is a program"),
    "rtf": (b"{\\rtf1\\ansi Kelurahan}", "is a text document (RTF)"),
    "shortcut": (b"L\x00\x00\x00\x01\x14\x02\x00\x00", "is a link to a file elsewhere"),
    "web shortcut": (b"[InternetShortcut]\r\nURL=https://example.org", "is a link to a file"),
    "web page": (b"<!DOCTYPE html><html><body>Login", "is a web page"),
    "a table of a web page": (b"\n <table><tr><td>DPT</td></tr></table>", "is a web page"),
    "web page with a mark": (b"\xef\xbb\xbf<html lang='id'>", "is a web page"),
    "web page in utf-16": ("<html><table>".encode("utf-16"), "is a web page"),
    "xhtml": (b"<?xml version='1.0'?><!DOCTYPE html><html>", "is a web page"),
    "excel 2003 xml": (
        b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
        "is an XML spreadsheet of Excel 2003",
    ),
    "xml": (b"<?xml version='1.0'?><data/>", "is an XML file"),
    "kml": (b"<kml><Document/></kml>", "is a KML map"),
    "geojson": (json.dumps({"type": "FeatureCollection", "features": []}).encode(), "is GeoJSON"),
    "word of old": (
        b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "WordDocument".encode("utf-16-le"),
        "is a Word document",
    ),
    "message": (
        b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "__properties_version1.0".encode("utf-16-le"),
        "is a message of e-mail",
    ),
    "locked workbook": (
        b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "is locked with a password",
    ),
    "json records": (json.dumps(RECORDS).encode(), "same"),
    "json records with a mark": (json.dumps(RECORDS).encode("utf-8-sig"), "same"),
    "json records in utf-16": (json.dumps(RECORDS).encode("utf-16"), "same"),
    "json records under a name": (json.dumps({"n": 2, "data": RECORDS}).encode(), "same"),
    "json, a record per line": ("\n".join(map(json.dumps, RECORDS)).encode(), "same"),
    "json without records": (json.dumps({"a": 1, "b": 2}).encode(), "without records"),
    "json of numbers": (b"[1, 2, 3]", "without records"),
    "json of nothing": (b"[]", "without records"),
    "json of empty records": (b"[{}, {}]", "without records"),
    "json of columns": (json.dumps({"a": [1], "b": [2]}).encode(), "without records"),
    "json cut off": (json.dumps(RECORDS).encode()[:-9], "not whole"),
    "json of 100,000 brackets": (b"[" * 100_000, "not whole"),
    "json of 100,000 objects": (b'{"a":' * 100_000, "not whole"),
    "json with a name twice": (
        json.dumps(RECORDS).replace('"Jenis": "Pilkada"', '"Jenis": "x", "Jenis": "y"').encode(),
        "names 'Jenis' twice",
    ),
    "json with a number of 5,000 digits": (
        json.dumps(RECORDS).replace("985", "9" * 5_000).encode(),
        "not whole",
    ),
    "json with a number of 30 digits": (
        json.dumps(RECORDS).replace("985", "9" * 30).encode(),
        "row 2, column DPT",
    ),
    "json with half a sign": (
        json.dumps(RECORDS).replace("Payo", "\\ud800Payo").encode(),
        "same",
    ),
    "json with lists in a column": (
        json.dumps([{**record, "caleg": [1, 2]} for record in RECORDS]).encode(),
        "same: hold lists",
    ),
    "json with records in a needed column": (
        json.dumps([{**record, "DPT": {"l": 1}} for record in RECORDS]).encode(),
        "needed columns are missing: registered",
    ),
}  # fmt: skip


# Every refusal, and of what is read a case of each kind.
READ_ALWAYS = ["json records in utf-16", "json records under a name", "json with half a sign"]


@pytest.mark.always(*(name for name, (_, end) in BYTES.items() if end[:4] != "same"), *READ_ALWAYS)
@pytest.mark.parametrize("name", BYTES)
def test_kinds_told_by_their_bytes(name, tmp_path, judge):
    content, expected = BYTES[name]
    path = tmp_path / "hasil.csv"
    path.write_bytes(content)
    judge(path, expected)


ZIPPED: dict[str, tuple[list[str], str]] = {
    "word": (["[Content_Types].xml", "word/document.xml"], "is a Word document"),
    "presentation": (["[Content_Types].xml", "ppt/presentation.xml"], "is a presentation"),
    "numbers": (["Index/Document.iwa"], "is an Apple iWork document"),
    "shapefile": (["peta.shp", "peta.dbf", "peta.shx"], "is a shapefile"),
    "kmz": (["doc.kml"], "is a KML map"),
    "two workbooks": (["2018.xlsx", "2024.xlsx"], "is a zip of 2 files: 2018.xlsx, 2024.xlsx"),
    "pdf": (["a.pdf"], "a.pdf is a PDF"),
}


@pytest.mark.parametrize("name", ZIPPED)
def test_kinds_told_by_what_a_zip_holds(name, tmp_path, judge):
    names, expected = ZIPPED[name]
    path = tmp_path / "hasil.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for one in names:
            archive.writestr(one, b"%PDF-1.4" if one.endswith(".pdf") else b"<x/>")
    judge(path, expected)


def test_old_stata_files(tmp_path, judge):
    for version in (114, 117, 118):
        path = tmp_path / f"a{version}.dta"
        FRAME.to_stata(path, version=version)
        judge(path, "is a Stata file")


def test_dbase_files_by_name_and_first_byte(tmp_path, judge):
    path = tmp_path / "peta.dbf"
    path.write_bytes(b"\x03" + b"\x00" * 100)
    judge(path, "is a dBase file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_what_is_no_file(tmp_path, judge):
    pipe = tmp_path / "pipa.csv"
    os.mkfifo(pipe)
    judge(pipe, "is a pipe or a device")
    judge(Path(os.devnull), "is a pipe or a device")
    name = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(name))
        judge(name, "is a pipe or a device")


@pytest.mark.parametrize("path", ["nowhere.csv", "a\x00b.csv", "x" * 300, "", "nowhere/a.csv"])
def test_what_is_not_there(path, tmp_path, judge, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if path:
        judge(path, "cannot be opened")
    else:
        judge(path, "holds no table")  # "" is the folder one stands in


def test_links(tmp_path, judge, plain):
    (tmp_path / "a.csv").write_text(plain)
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    judge(tmp_path / "b.csv", "same")
    (tmp_path / "c.csv").symlink_to(tmp_path / "c.csv")
    judge(tmp_path / "c.csv", "cannot be opened")


def test_a_name_that_steers_the_terminal_is_told_without_it(tmp_path, ends):
    path = tmp_path / "a\x1b[31m\u202ecsv"
    path.write_bytes(b"")
    _, said = ends(path)
    assert said == "a[31mcsv is empty."
