"""report.docx: Word's own headings, tables, captions; texts that stay texts; the same bytes."""

import datetime as dt
import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from turnout.language import LANGUAGES, Language
from turnout.report.document.blocks import Document, Figure, Heading, Table
from turnout.report.printed.kinds import NO_TIME
from turnout.report.printed.word import printed

from .conftest import NAMES

Report = Callable[..., Document]


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def styled(document: Any, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == style]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_tables_and_captions_are_words_own(report: Report, lang: Language) -> None:
    told = report(lang=lang)
    document = opened(printed(told, NO_TIME))
    assert styled(document, "Title") == ["Kota Jambi"]
    assert styled(document, "Heading 1")[1:] == [section.heading for section in told.sections]
    blocks = [block for section in told.sections for block in section.blocks]
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert styled(document, "Heading 2") == headings
    tables = [block.without_bars() for block in blocks if isinstance(block, Table)]
    assert len(document.tables) == len(tables) >= 3
    for shown, table in zip(document.tables, tables, strict=True):
        cells = [[cell.text for cell in row.cells] for row in shown.rows]
        assert cells[0] == [column.header for column in table.columns]
        assert [row[0] for row in cells[1:]] == [row[0].text for row in table.rows]
        first, *others = shown._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in others)
    word = {"en": ("Figure", "Table"), "id": ("Gambar", "Tabel")}[lang]
    captions = styled(document, "Caption")
    assert captions[0].startswith(f"{word[0]} 1. ") or captions[0].startswith(f"{word[0]} ")
    assert len(captions) == len(tables) + 2
    assert sum(f" SEQ {word[1]} " in (one.get(qn("w:instr")) or "")
               for one in document.element.iter(qn("w:fldSimple"))) == len(tables)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_tell_what_they_show_and_the_language_is_set(
    report: Report, lang: Language
) -> None:
    told = report(lang=lang)
    document = opened(printed(told, NO_TIME))
    alts = [one.get("descr") for one in document.element.iter(qn("wp:docPr"))]
    figures = [b for s in told.sections for b in s.blocks if isinstance(b, Figure)]
    assert alts == [figure.alt for figure in figures]
    assert all(len(alt) > 40 for alt in alts)
    spoken = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {{"en": "en-GB", "id": "id-ID"}[lang]}
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = section.footer._element
    assert [one.get(qn("w:instr")).strip() for one in footer.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]


def test_names_are_text_whatever_they_look_like(report: Report) -> None:
    content = printed(report(NAMES, city="#pagebreak()\x00"), NO_TIME)
    document = opened(content)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    for name in NAMES:
        assert name.replace("\x07\x1b", "") in cells
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode("utf-8")
    assert "&lt;w:t&gt;&amp;amp;" in body
    assert not any(letter in body for letter in "\x00\x07\x1b")


@pytest.mark.slow
def test_the_same_report_gives_the_same_bytes_and_no_clock_is_asked(report: Report) -> None:
    made = dt.datetime(2030, 11, 26, 14, 0)
    content = printed(report(made_at=made), made)
    assert content == printed(report(made_at=made), made)
    assert opened(content).core_properties.created.replace(tzinfo=None) == made
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "26 November 2030, 14:00" in " ".join(styled(opened(content), "Small"))


@pytest.mark.slow
def test_libreoffice_reads_all_of_it(report: Report, soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(printed(report(NAMES), NO_TIME))
    command = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    convert = ["--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run([*command, *convert], check=True, capture_output=True, timeout=300)
    pages = PdfReader(tmp_path / "report.pdf").pages
    told = " ".join(page.extract_text() for page in pages)
    assert len(pages) >= 3
    for words in ("At a glance", "To repeat this forecast", "Table 1. ", "#set text(size: 99pt)"):
        assert words in told
    assert {round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))} == {
        595,
        842,
    }
