"""What a place's name says of itself: its kind (*Kecamatan X*), or that it is a total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

# The kinds that names begin with; "Kota" is told apart, for "Kota Baru" is a kelurahan, too. A name
# of a group is the scale, "surely" where no finer place is called so.
_BEGINNING = re.compile(
    r"""\s*(?:
    (?P<surely_district>(?:kecamatan|kec|kapanewon|kemantren|distrik)\b[\s.:]*\S)
    |(?P<surely_city>(?:kabupaten|kab|kota\ administrasi|kotamadya)\b[\s.:]*\S)
    |(?P<surely_province>(?:provinsi|propinsi|prov)\b[\s.:]*\S)
    |(?P<city>(?:kota|city\ of|county\ of)\b[\s.:]*\S)
    |(?P<district>(?:district\ of|district)\b[\s.:]*\S)
    |(?P<province>(?:province\ of|state\ of)\b[\s.:]*\S)
    |(?P<nation>(?:indonesia|nasional|national)$)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDING = re.compile(
    r"\S\s+(?:(?P<city>county|city)|(?P<district>district)|(?P<province>province|state))\s*$",
    re.IGNORECASE,
)
_SURE = "surely_"
_BEGINS = {"district": "kd", "province": "p"}
"""What the words begin with that are surely of a scale and no part of its names."""
_NAMES = 200_000
"""Names that are remembered with what they say: the same come again and again."""
_TOTAL = (
    r"(?:sub ?|grand ?|sous-? ?)?(?:total|totals|jumlah|jml|gesamt|gesamtergebnis|insgesamt|summe"
    r"|zusammen|suma|totale|totaal|summa|yhteensä)(?: akhir| seluruhnya| keseluruhan| général"
    r"| general| generale)?"
)
_SAYS_TOTAL = re.compile(rf"^{_TOTAL}\b[\s.:]*(?:of\s+)?|[\s,:-]*\b{_TOTAL}$", re.IGNORECASE)
_VILLAGE = r"(?:kelurahan|kalurahan|kel|desa|ds|gampong|gp|nagari|pekon|kampung|kp)\b[\s.:]*"
_BY_KIND = re.compile(rf"^(?:{_VILLAGE})+(?=\S)", re.IGNORECASE)
_OF_A_VILLAGE = re.compile(rf"^{_VILLAGE}{_TOTAL}$", re.IGNORECASE)
_SHORT_FOR = {"kel": "kelurahan", "ds": "desa", "gp": "gampong", "kp": "kampung"}
_VILLAGE_BEGINS = ("kel", "kal", "des", "ds", "gam", "gp", "nag", "pek", "kam", "kp")
"""What the words of `_VILLAGE` begin with: a quick look before a slow one."""
_VILLAGE_LETTERS = frozenset(begin[0] for begin in _VILLAGE_BEGINS)
_CITY_KIND = re.compile(
    r"^(?:(kab|kabupaten)|kota|kotamadya|kodya)(?: (?:administrasi|adm))? (?=\S)"
)
_CITY_BEGINS = ("kab", "ko")
"""What the words of `_CITY_KIND` begin with."""
_REMARK = re.compile(r"^\([^()]*\)$")
_MARK = re.compile(r"(?<=\S)[\s.:]+")


@lru_cache(maxsize=_NAMES)
def kind_of_place(name: object) -> tuple[str, bool] | None:
    """Return the scale that a name says by itself, and whether it is surely no finer place's.

    >>> kind_of_place("Kecamatan Danau Sipin"), kind_of_place("KOTA JAMBI"), kind_of_place("Murni")
    (('district', True), ('city', False), None)
    """
    if not isinstance(name, str):
        return None
    told = _BEGINNING.match(name.rstrip()) or _ENDING.search(name)
    if told is None or told.lastgroup is None:
        return None
    return told.lastgroup.removeprefix(_SURE), told.lastgroup.startswith(_SURE)


def says_total(name: object) -> bool:
    """Whether a name says that it is a total, as *Jumlah*, *Total Pasar* and *Pasar Total* do.

    >>> says_total("JUMLAH"), says_total("Jelutung Total"), says_total("Totalindo")
    (True, True, False)
    >>> says_total("Mitte gesamt"), says_total("Sous-total"), says_total("Gesamtschule Mitte")
    (True, True, False)
    """
    return isinstance(name, str) and bool(_SAYS_TOTAL.search(name.strip())) and not is_village(name)


def is_village(name: str) -> bool:
    """Whether a name is that of a village called *Total* or *Jumlah*, which says its kind first.

    >>> is_village("Desa Total"), is_village("Total Desa")
    (True, False)
    """
    return _OF_A_VILLAGE.match(name.strip()) is not None


def without_village(name: str) -> str:
    """Return a plain name without the words for a village's kind that it begins with.

    >>> without_village("desa sukamaju"), without_village("kel 1 ulu"), without_village("kelapa")
    ('sukamaju', '1 ulu', 'kelapa')
    >>> without_village("desa desa baru"), without_village("desa baru")
    ('baru', 'baru')
    """
    return _BY_KIND.sub("", name) if name.startswith(_VILLAGE_BEGINS) else name


def kind_of_village(name: str) -> str:
    """Return the word for a village's kind that a plain name begins with; "" without one.

    >>> kind_of_village("kel sukamaju"), kind_of_village("sukamaju")
    ('kelurahan', '')
    """
    if not name.startswith(_VILLAGE_BEGINS):
        return ""
    full = village_in_full(name)
    return full.partition(" ")[0] if without_village(full) != full else ""


def village_in_full(name: str) -> str:
    """Return a plain name with the word for a village's kind, if it begins with one, in full.

    >>> village_in_full("kel sukamaju"), village_in_full("kp melayu"), village_in_full("kelapa")
    ('kelurahan sukamaju', 'kampung melayu', 'kelapa')
    """
    kind, _, own = name.partition(" ")
    return f"{_SHORT_FOR[kind]} {own}" if own and kind in _SHORT_FOR else name


def villages_in_full(names: Sequence[str]) -> list[str]:
    """Return `village_in_full` of each name, for many at once.

    >>> villages_in_full(["kel sukamaju", "kelapa"])
    ['kelurahan sukamaju', 'kelapa']
    """
    return [village_in_full(name) if name[:1] in _VILLAGE_LETTERS else name for name in names]


def city_in_full(name: str) -> str:
    """Return a plain name with the word for a city's kind, if it begins with one, in one form.

    >>> city_in_full("kab batang hari"), city_in_full("kodya jambi"), city_in_full("kotabaru")
    ('kabupaten batang hari', 'kota jambi', 'kotabaru')
    >>> city_in_full("kota adm jakarta pusat")
    'kota jakarta pusat'
    """
    if not name.startswith(_CITY_BEGINS):
        return name
    return _CITY_KIND.sub(lambda kind: "kabupaten " if kind[1] else "kota ", name)


def without_city(name: str) -> str:
    """Return a plain name without the word for a city's kind that it begins with.

    >>> without_city("kota jambi"), without_city("kabupaten bogor"), without_city("kotabaru")
    ('jambi', 'bogor', 'kotabaru')
    """
    return _CITY_KIND.sub("", name) if name.startswith(_CITY_BEGINS) else name


def without_villages(names: Sequence[str]) -> list[str]:
    """Return `without_village` of each name, for many at once.

    >>> without_villages(["desa sukamaju", "kelapa"])
    ['sukamaju', 'kelapa']
    """
    return [without_village(name) if name[:1] in _VILLAGE_LETTERS else name for name in names]


def has_word_of_total(name: str) -> bool:
    """Whether a text holds *total*, *jumlah* or *jml*: a quick look before a slow one.

    >>> has_word_of_total("Sub-Total"), has_word_of_total("Kasang")
    (True, False)
    """
    text = name.casefold()
    return "total" in text or "jumlah" in text or "jml" in text


def with_word_of_total(names: Sequence[str]) -> list[str]:
    """Return the texts that hold *total*, *jumlah* or *jml*: of most columns none.

    >>> with_word_of_total(["Kasang", "Sub-Total"])
    ['Sub-Total']
    """
    if not has_word_of_total("\n".join(names)):
        return []
    return [name for name in names if has_word_of_total(name)]


def without_total(name: str) -> str:
    """Return what is left of a name without the word for a total; a remark alone is no name.

    >>> without_total("Jumlah Kecamatan Pasar"), without_total("Pasar, Total")
    ('Kecamatan Pasar', 'Pasar')
    >>> without_total("JUMLAH (TPS masuk 117 dari 629)")
    ''
    """
    return _REMARK.sub("", _SAYS_TOTAL.sub("", name.strip()).strip())


def without_kinds(names: list[str], scale: str) -> list[str]:
    """Return `without_kind` of each name, for many at once.

    >>> without_kinds(["Kec. Pasar", "Jelutung"], "district")
    ['Pasar', 'Jelutung']
    """
    if scale not in _BEGINS:  # nothing that an area or a city is called says its kind alone
        return names
    return [without_kind(name, scale) for name in names]


def without_kind(name: str, scale: str) -> str:
    """Return a name without the word for its kind, where its column says it: a city keeps *Kota*.

    >>> without_kind("Kec. Pasar", "district"), without_kind("KOTA JAMBI", "city")
    ('Pasar', 'KOTA JAMBI')
    """
    begins = _BEGINS.get(scale, "")  # a quick look before a slow one
    if name.lstrip()[:1].casefold() not in begins or kind_of_place(name) != (scale, True):
        return name
    return re.sub(r"^\s*[^\W\d_]+\b[\s.:]*(?=\S)", "", name)
