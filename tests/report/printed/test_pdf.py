"""report.pdf: tagged, with title, language, bookmarks; texts that stay texts; the same bytes."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from turnout.errors import ToldWarning
from turnout.language import LANGUAGES, Language
from turnout.report.document.blocks import Document, Figure
from turnout.report.printed.kinds import NO_TIME
from turnout.report.printed.pdf import printed

from .conftest import NAMES

Report = Callable[..., Document]


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    told = " ".join(page.extract_text() for page in opened(content).pages)
    return " ".join(told.split())


def alts(node: Any) -> Iterator[str]:
    """Return the alternative texts below a node of the tree of tags."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from alts(one)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from alts(node["/K"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_accessible_and_can_be_filed(report: Report, lang: Language) -> None:
    told = report(lang=lang)
    reader = opened(printed(told, NO_TIME))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == told.title
    assert root["/Lang"] == {"en": "en-GB", "id": "id-ID"}[lang]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    about = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "<pdfaid:part>2</pdfaid:part>" in about
    figures = [b for s in told.sections for b in s.blocks if isinstance(b, Figure)]
    assert [alt for alt in alts(root["/StructTreeRoot"]) if len(alt) > 40] == [
        figure.alt for figure in figures
    ]
    top = [one.title for one in reader.outline if not isinstance(one, list)]
    assert [one for one in top if one in {s.heading for s in told.sections}] == [
        section.heading for section in told.sections
    ]
    page = reader.pages[0].mediabox
    assert (round(float(page.width)), round(float(page.height))) == (595, 842)


def test_every_font_is_in_the_file_and_its_letters_can_be_read(report: Report) -> None:
    fonts = {}
    for page in opened(printed(report(), NO_TIME)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            told = font.get_object()
            inner = told["/DescendantFonts"][0].get_object() if "/DescendantFonts" in told else told
            fonts[str(told["/BaseFont"])] = (told, inner["/FontDescriptor"].get_object())
    assert fonts
    for name, (told, descriptor) in fonts.items():
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor), name
        assert "/ToUnicode" in told, name


def test_every_word_of_it_is_the_reports(report: Report) -> None:
    told = report(lang="id")
    shown = text_of(printed(told, NO_TIME)).replace(" ", "")
    for section in told.sections:
        assert section.heading.replace(" ", "") in shown
    for card in told.cards:
        assert card.question.replace(" ", "") in shown
        assert card.detail.replace(" ", "") in shown
    assert "Tabel1" in shown
    assert "Gambar1" in shown


def test_names_are_text_never_typst(report: Report) -> None:
    shown = text_of(printed(report(NAMES, city="#pagebreak()"), NO_TIME))
    assert "#pagebreak()" in shown
    for name in ('#eval("1+1")', "*b* _i_ $x^2$ `c` @ref", "#set text(size: 99pt)", "#[a] ]]>"):
        assert name in shown
    assert "*bold*" in shown


@pytest.mark.slow
def test_the_same_report_gives_the_same_bytes_and_no_clock_is_asked(report: Report) -> None:
    made = dt.datetime(2030, 11, 26, 14, 0)
    content = printed(report(made_at=made), made)
    assert content == printed(report(made_at=made), made)
    about = opened(content).metadata
    assert about is not None
    assert about.creation_date is not None
    assert about.creation_date.replace(tzinfo=None) == made
    assert "26 November 2030, 14:00" in text_of(content)
    assert b"/CreationDate(D:1980" in printed(report(), NO_TIME).replace(b" ", b"")


@pytest.mark.slow
def test_letters_that_no_font_has_are_boxes_and_told(report: Report) -> None:
    with pytest.warns(ToldWarning, match="in no font of this machine"):
        content = printed(report(["Murni \U000f0000", "Legok", "Kasang"]), NO_TIME)
    assert "Murni □" in text_of(content)
