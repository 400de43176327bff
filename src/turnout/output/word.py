"""Word documents by python-docx: Word's own styles, texts that stay texts, no time of their own."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from turnout.escaping import clean

_SIDE = 20  # margin in mm
_FONT, _HEAD = "Calibri", "E4EDF5"
_HEADINGS = {"Title": 24, "Subtitle": 12, "Heading 1": 16, "Heading 2": 12}


class WordFile:
    """A document in the making, on A4 with page numbers.

    Parameters
    ----------
    title
        Title of the document.
    language
        Its language, such as ``id-ID``.
    made
        Time that it tells as its own.
    ink, muted
        Colours of the text and of what is said beside, RRGGBB.

    Examples
    --------
    >>> import datetime as dt
    >>> file = WordFile("Laporan", "id-ID", dt.datetime(1980, 1, 1))
    >>> file.heading("Keseluruhan", 1)
    >>> file.content()[:2]
    b'PK'
    """

    def __init__(
        self,
        title: str,
        language: str,
        made: dt.datetime,
        *,
        ink: str = "1A1A1A",
        muted: str = "5A5A5A",
    ) -> None:
        self._file: Document = docx.Document()
        self._numbers: dict[str, int] = {}
        _set_up_page(self._file)
        _set_up_styles(self._file, language, ink, muted)
        about = self._file.core_properties
        about.title, about.language = clean(title), language
        about.author = about.last_modified_by = "turnout"
        about.comments = ""
        about.created = about.modified = made

    def heading(self, text: str, level: int) -> None:
        """Add a heading; level 0 is the document's title."""
        self._file.add_heading(clean(text), level)

    def paragraph(
        self,
        text: str,
        style: str = "Normal",
        *,
        lead: str = "",
        color: str | None = None,
        with_next: bool = False,
    ) -> None:
        """Add a paragraph.

        Parameters
        ----------
        text
            What it says; its line breaks are kept.
        style
            Name of one of Word's paragraph styles.
        lead
            Bold words before it.
        color
            Colour of its letters, RRGGBB.
        with_next
            Whether it stays on the page of what follows.
        """
        added = self._file.add_paragraph(style=style)
        if lead:
            added.add_run(f"{clean(lead)} ").bold = True
        run = added.add_run(clean(text))
        if color:
            run.font.color.rgb = RGBColor.from_string(color)
        added.paragraph_format.keep_with_next = with_next

    def picture(self, png: bytes, width: float, alt: str, caption: tuple[str, str]) -> None:
        """Add a picture `width` mm wide, with its alternative text, above its caption."""
        added = self._file.add_paragraph(style="Figure")
        added.add_run().add_picture(io.BytesIO(png), width=Mm(width))
        shape = added._p.xpath(".//wp:docPr")[0]
        shape.set("descr", clean(alt))
        self._caption(caption, keep=False)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        right: Sequence[bool],
        caption: tuple[str, str],
        whole: bool = False,
    ) -> None:
        """Add a table below its caption; its heading row stands on every page.

        Parameters
        ----------
        head, rows
            A text per column; the first cell of a row names the row.
        widths
            In mm.
        right
            Which columns stand right, as numbers do.
        caption
            Word for a table, and what this one is.
        whole
            Whether all its rows stand on one page.
        """
        self._caption(caption, keep=True)
        table = self._file.add_table(len(rows) + 1, len(head), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        _describe(table._tbl.tblPr, clean(caption[1]))
        _narrow(table._tbl.tblPr)
        for width, column in zip(widths, table.columns, strict=True):
            column.width = Mm(width)
        # By way of its cells' own objects a table of 400 rows takes minutes.
        for number, (row, texts) in enumerate(zip(table._tbl.tr_lst, [head, *rows], strict=True)):
            _keep_whole(row, header=number == 0)
            for place, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
                cell.width = Mm(widths[place])
                _fill(cell, text, right=right[place], bold=number == 0 or place == 0)
                if whole and number < len(rows):
                    cell.p_lst[0].get_or_add_pPr().keepNext_val = True
                if number == 0:
                    _shade(cell)
        self._file.add_paragraph(style="Small")

    def content(self) -> bytes:
        """Return the finished document as a file holds it; the same content, the same bytes."""
        written = io.BytesIO()
        self._file.save(written)
        return _timeless(written)

    def _caption(self, caption: tuple[str, str], *, keep: bool) -> None:
        """Add a caption with Word's own number, so that Word keeps a list of them."""
        word, told = caption
        number = self._numbers[word] = self._numbers.get(word, 0) + 1
        added = self._file.add_paragraph(style="Caption")
        added.paragraph_format.keep_with_next = keep
        added.add_run(f"{clean(word)} ")
        _add_field(added, f" SEQ {clean(word)} \\* ARABIC ", str(number))
        added.add_run(f". {clean(told)}")


def _set_up_page(file: Document) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_SIDE)
    section.top_margin = section.bottom_margin = Mm(_SIDE)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(foot, " PAGE ", "1")
    foot.add_run(" / ")
    _add_field(foot, " NUMPAGES ", "1")


def _set_up_styles(file: Document, language: str, ink: str, muted: str) -> None:
    styles = file.styles
    spoken = styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    for one in spoken:
        for attribute in ("w:val", "w:eastAsia"):
            one.set(qn(attribute), language)
    for name, size in {"Normal": 10.5, **_HEADINGS, "Caption": 9, "Footer": 9}.items():
        _restyle(styles[name], size, ink)
    for name, size, color in (
        ("Small", 9, muted),
        ("Figure", 9, ink),
        ("Cell", 8, ink),
        ("Answer", 14, ink),
    ):
        added = styles.add_style(name, 1)
        added.base_style = styles["Normal"]
        _restyle(added, size, color)
    styles["Figure"].paragraph_format.keep_with_next = True
    styles["Figure"].paragraph_format.space_before = Pt(8)
    styles["Answer"].font.bold = True
    styles["Caption"].font.bold = False
    styles["Caption"].paragraph_format.space_before = Pt(4)
    styles["Cell"].paragraph_format.space_after = Pt(0)
    for name in ("Normal", "List Bullet", "Small", "Answer"):
        styles[name].paragraph_format.space_after = Pt(4)


def _restyle(style: Any, size: float, ink: str) -> None:
    """Set a paragraph style in the document's font, whatever its theme has."""
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{style.name} is no paragraph style")
    style.font.name, style.font.size = _FONT, Pt(size)
    style.font.color.rgb = RGBColor.from_string(ink)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _fill(cell: Any, text: str, *, right: bool, bold: bool) -> None:
    paragraph = cell.p_lst[0]
    paragraph.style = "Cell"
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_r()
    run.text = clean(text)
    if bold:
        run.get_or_add_rPr().append(OxmlElement("w:b"))


def _keep_whole(row: Any, *, header: bool) -> None:
    """Let a row break over no page, and the heading row stand on every one."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _shade(cell: Any) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD)):
        shading.set(qn(f"w:{name}"), value)
    cell.get_or_add_tcPr().append(shading)


def _narrow(properties: Any) -> None:
    """Let a millimetre stand between a cell's text and its sides, half of what Word leaves."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.find(qn("w:tblLook")).addprevious(margins)


def _describe(properties: Any, told: str) -> None:
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), told)
    properties.append(described)


def _add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add one of Word's fields, with what it shows until Word counts anew."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _timeless(written: io.BytesIO) -> bytes:
    """Return a zip file of the same members, none with the time at which it was written."""
    again = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(member))
    return again.getvalue()
