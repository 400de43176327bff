"""What a file is by its first bytes: those that hold no table are named, with the way out."""

from __future__ import annotations

from dataclasses import dataclass

from turnout.errors import DataError
from turnout.language import Text


@dataclass(frozen=True)
class Kind:
    """A kind of file that is not read.

    Parameters
    ----------
    name
        What it is, with its article.
    remedy
        How to get a table out of it.
    """

    name: Text
    remedy: Text


def refusal(kind: Kind, file: str) -> DataError:
    """Return the error that names what a file is and what to do instead."""
    return DataError(Text(**_joined(kind)), file=file)


def _joined(kind: Kind) -> dict[str, str]:
    return {
        "en": f"{{file}} is {kind.name.en}. {kind.remedy.en}",
        "id": f"{{file}} adalah {kind.name.id}. {kind.remedy.id}",
    }


def refuse_other_kinds(content: bytes, file: str) -> None:
    """Refuse a file whose first bytes show that it is of a kind that is not read.

    Raises
    ------
    DataError
        It names the kind and the remedy.
    """
    kind = kind_of(content, file)
    if kind is not None:
        raise refusal(kind, file)


def kind_of(content: bytes, file: str) -> Kind | None:
    """Return what a file is, if it is of a kind that is not read.

    >>> kind_of(b"%PDF-1.7", "a.csv").name.en, kind_of(b"area,dpt", "a.csv")
    ('a PDF, which holds no table', None)
    """
    for start, kind in _BY_START:
        if content.startswith(start):
            return kind
    for offset, middle, kind in _BY_MIDDLE:
        if content[offset : offset + len(middle)] == middle:
            return kind
    if _is_old_stata(content):
        return STATA
    if file.casefold().endswith(".dbf") and content[:1] in (b"\x03", b"\x30", b"\x83", b"\x8b"):
        return _DBASE
    return None


def _is_old_stata(content: bytes) -> bool:
    """Tell Stata's files before version 13 by the first four bytes of their header."""
    versions = (105, 108, 110, 111, 113, 114, 115)
    return (
        len(content) > 60
        and content[0] in versions
        and content[1] in (1, 2)
        and content[2] in (0, 1)
        and content[3] == 0
    )


_SAVE = Text(
    en="Open it in the program that made it and save the table as .csv or .xlsx.",
    id="Buka di program pembuatnya, lalu simpan tabelnya sebagai .csv atau .xlsx.",
)
_TYPE = Text(
    en="Type its figures into a spreadsheet, or ask for the spreadsheet it was made from.",
    id="Salin angkanya ke lembar kerja, atau minta lembar kerja asalnya.",
)
_UNPACK = Text(
    en="Unpack it and give the table inside.",
    id="Ekstrak dahulu, lalu berikan tabel di dalamnya.",
)
_MAP = Text(
    en="Save its table of attributes as .csv (in QGIS: Export, Save features as, CSV).",
    id="Simpan tabel atributnya sebagai .csv (di QGIS: Export, Save features as, CSV).",
)


def _by_pandas(reader: str) -> Text:
    return Text(
        en=f"Save it as .csv there, or in Python: pandas.{reader}(file).to_csv('table.csv').",
        id=f"Simpan sebagai .csv di sana, atau di Python: pandas.{reader}(file)"
        ".to_csv('tabel.csv').",
    )


def _by_r(call: str) -> Text:
    return Text(
        en=f"Save it as .csv in R: write.csv({call}, 'table.csv').",
        id=f"Simpan sebagai .csv di R: write.csv({call}, 'tabel.csv').",
    )


STATA = Kind(Text(en="a Stata file", id="berkas Stata"), _by_pandas("read_stata"))
_SPSS = Kind(Text(en="an SPSS file", id="berkas SPSS"), _by_pandas("read_spss"))
_SAS = Kind(Text(en="a SAS file", id="berkas SAS"), _by_pandas("read_sas"))
R_DATA = Kind(Text(en="an R data file", id="berkas data R"), _by_r("readRDS(file)"))
_FEATHER = Kind(Text(en="an Arrow (Feather) file", id="berkas Arrow (Feather)"),
                _by_pandas("read_feather"))  # fmt: skip
_ORC = Kind(Text(en="an ORC file", id="berkas ORC"), _by_pandas("read_orc"))
_HDF = Kind(Text(en="an HDF5 file", id="berkas HDF5"), _by_pandas("read_hdf"))
_DBASE = Kind(Text(en="a dBase file (of a shapefile, mostly)", id="berkas dBase (biasanya dari "
                   "shapefile)"), _MAP)  # fmt: skip
_PDF = Kind(Text(en="a PDF, which holds no table", id="PDF yang tidak memuat tabel"), _TYPE)
_IMAGE = Kind(Text(en="an image, which holds no table", id="gambar yang tidak memuat tabel"), _TYPE)
_GEOPACKAGE = Kind(Text(en="a GeoPackage (a map)", id="GeoPackage (peta)"), _MAP)
_SQLITE = Kind(Text(en="an SQLite database", id="basis data SQLite"), _SAVE)
SHAPEFILE = Kind(Text(en="a shapefile (a map)", id="shapefile (peta)"), _MAP)
GEOJSON = Kind(Text(en="GeoJSON (a map)", id="GeoJSON (peta)"), _MAP)
KML = Kind(Text(en="a KML map", id="peta KML"), _MAP)
_ACCESS = Kind(Text(en="an Access database", id="basis data Access"), _SAVE)
_PICKLE = Kind(
    Text(
        en="a Python pickle, which can run code and is never opened",
        id="pickle Python, yang dapat menjalankan kode dan tidak pernah dibuka",
    ),
    _SAVE,
)
_PROGRAM = Kind(Text(en="a program, no table", id="program, bukan tabel"), _SAVE)
_RTF = Kind(Text(en="a text document (RTF)", id="dokumen teks (RTF)"), _TYPE)
WORD = Kind(
    Text(en="a Word document", id="dokumen Word"),
    Text(
        en="Copy its table into a spreadsheet and save that as .xlsx or .csv.",
        id="Salin tabelnya ke lembar kerja, lalu simpan sebagai .xlsx atau .csv.",
    ),
)
PRESENTATION = Kind(Text(en="a presentation", id="berkas presentasi"), WORD.remedy)
MESSAGE = Kind(
    Text(en="a message of e-mail", id="pesan surel"),
    Text(en="Save its attachment and give that.", id="Simpan lampirannya, lalu berikan itu."),
)
WRITER = Kind(Text(en="an OpenDocument text", id="dokumen teks OpenDocument"), WORD.remedy)
IWORK = Kind(
    Text(en="an Apple iWork document", id="dokumen iWork (Apple)"),
    Text(
        en="Open it in Numbers and export it as Excel or CSV.",
        id="Buka di Numbers, lalu ekspor sebagai Excel atau CSV.",
    ),
)
PACKED = Kind(Text(en="a packed file", id="berkas terkompresi"), _UNPACK)
WEB_PAGE = Kind(
    Text(en="a web page", id="halaman web"),
    Text(
        en="Open it in Excel or LibreOffice and save it as .xlsx or .csv; if it asks to log in, "
        "download the file anew.",
        id="Buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx atau .csv; bila isinya "
        "halaman masuk (login), unduh lagi berkasnya.",
    ),
)
SPREADSHEET_XML = Kind(
    Text(en="an XML spreadsheet of Excel 2003", id="lembar kerja XML dari Excel 2003"),
    Text(
        en="Open it in Excel or LibreOffice and save it as .xlsx.",
        id="Buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx.",
    ),
)
XML = Kind(Text(en="an XML file", id="berkas XML"), _SAVE)
SHORTCUT = Kind(
    Text(en="a link to a file elsewhere", id="pintasan ke berkas lain"),
    Text(en="Give the file itself.", id="Berikan berkas aslinya."),
)
BINARY = Kind(
    Text(en="neither text nor of a known kind", id="bukan teks dan jenisnya tidak dikenal"),
    _SAVE,
)

_BY_START: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF", _PDF),
    (b"<stata_dta>", STATA),
    (b"$FL2", _SPSS),
    (b"$FL3", _SPSS),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60", _SAS),
    (b"RDX2\n", R_DATA),
    (b"RDX3\n", R_DATA),
    (b"RDA2\n", R_DATA),
    (b"X\n\x00\x00\x00\x02", R_DATA),
    (b"X\n\x00\x00\x00\x03", R_DATA),
    (b"ARROW1", _FEATHER),
    (b"FEA1", _FEATHER),
    (b"ORC", _ORC),
    (b"\x89HDF\r\n", _HDF),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"\x00\x00\x27\x0a\x00\x00", SHAPEFILE),
    (b"\x00\x01\x00\x00Stan", _ACCESS),
    (b"\x80\x02", _PICKLE),
    (b"\x80\x03", _PICKLE),
    (b"\x80\x04\x95", _PICKLE),
    (b"\x80\x05\x95", _PICKLE),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"{\\rtf", _RTF),
    (b"Rar!", PACKED),
    (b"7z\xbc\xaf\x27\x1c", PACKED),
    (b"BZh", PACKED),
    (b"\xfd7zXZ", PACKED),
    (b"\x28\xb5\x2f\xfd", PACKED),
    (b"L\x00\x00\x00\x01\x14\x02\x00", SHORTCUT),
    (b"[InternetShortcut]", SHORTCUT),
)
_BY_MIDDLE: tuple[tuple[int, bytes, Kind], ...] = (
    (68, b"GPKG", _GEOPACKAGE),
    (0, b"SQLite format 3\x00", _SQLITE),
    (8, b"WEBP", _IMAGE),
    (4, b"ftypheic", _IMAGE),
    (4, b"ftypmif1", _IMAGE),
    (257, b"ustar", PACKED),
)
