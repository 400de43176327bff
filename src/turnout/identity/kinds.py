"""What a place's name says of itself: its kind (*Kecamatan X*), or that it is a total."""

from __future__ import annotations

import re
from functools import lru_cache

# The kinds that names begin with; "Kota" is told apart, for "Kota Baru" is a kelurahan, too.
_BEGINNINGS = tuple(
    (re.compile(rf"\s*(?:{words})", re.IGNORECASE), scale, sure)
    for words, scale, sure in (
        (r"(?:kecamatan|kec|kapanewon|kemantren)\b[\s.:]*\S", "district", True),
        (r"(?:kabupaten|kab|kota administrasi|kotamadya)\b[\s.:]*\S", "city", True),
        (r"(?:provinsi|propinsi|prov)\b[\s.:]*\S", "province", True),
        (r"(?:kota|city of|county of)\b[\s.:]*\S", "city", False),
        (r"(?:district of|district)\b[\s.:]*\S", "district", False),
        (r"(?:province of|state of)\b[\s.:]*\S", "province", False),
        (r"(?:indonesia|nasional|national)$", "nation", False),
    )
)
_ENDINGS = tuple(
    (re.compile(rf"\S\s+(?:{words})\s*$", re.IGNORECASE), scale)
    for words, scale in (
        (r"county|city", "city"),
        (r"district", "district"),
        (r"province|state", "province"),
    )
)
_NAMES = 200_000
"""Names that are remembered with what they say: the same come again and again."""
_TOTAL = r"(?:sub ?|grand ?)?(?:total|totals|jumlah|jml)(?: akhir| seluruhnya| keseluruhan)?"
_SAYS_TOTAL = re.compile(rf"^{_TOTAL}\b[\s.:]*(?:of\s+)?|[\s,:-]*\b{_TOTAL}$", re.IGNORECASE)
_MARK = re.compile(r"(?<=\S)[\s.:]+")


@lru_cache(maxsize=_NAMES)
def kind_of_place(name: object) -> tuple[str, bool] | None:
    """Return the scale that a name says by itself, and whether it is surely no finer place's.

    >>> kind_of_place("Kecamatan Danau Sipin"), kind_of_place("KOTA JAMBI"), kind_of_place("Murni")
    (('district', True), ('city', False), None)
    """
    if not isinstance(name, str):
        return None
    for beginning, scale, sure in _BEGINNINGS:
        if beginning.match(name.rstrip()):
            return scale, sure
    for ending, scale in _ENDINGS:
        if ending.search(name):
            return scale, False
    return None


def says_total(name: object) -> bool:
    """Whether a name says that it is a total, as *Jumlah*, *Total Pasar* and *Pasar Total* do.

    >>> says_total("JUMLAH"), says_total("Jelutung Total"), says_total("Totalindo")
    (True, True, False)
    """
    return isinstance(name, str) and bool(_SAYS_TOTAL.search(name.strip()))


def without_total(name: str) -> str:
    """Return what is left of a name without the word for a total.

    >>> without_total("Jumlah Kecamatan Pasar"), without_total("Pasar, Total")
    ('Kecamatan Pasar', 'Pasar')
    """
    return _SAYS_TOTAL.sub("", name.strip()).strip()


def without_kind(name: str, scale: str) -> str:
    """Return a name without the word for its kind, where its column says it: a city keeps *Kota*.

    >>> without_kind("Kec. Pasar", "district"), without_kind("KOTA JAMBI", "city")
    ('Pasar', 'KOTA JAMBI')
    """
    if scale == "city" or kind_of_place(name) != (scale, True):
        return name
    return re.sub(r"^\s*[^\W\d_]+\b[\s.:]*(?=\S)", "", name)
