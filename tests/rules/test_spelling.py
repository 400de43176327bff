"""Areas that are probably one: names a letter apart, in one place, never in one contest."""

import pandas as pd
import pytest

from turnout.rules.spelling import likely_same, nearly_equal

NAMES = [
    ("Kasang", "Kasangg", True),
    ("Kasang", "Kasan", True),
    ("Kasang", "Kasing", True),
    ("Kasang", "Ksaang", True),
    ("Kasang", "Kasanggg", False),
    ("Kasang", "Kusing", False),
    # Of fewer than five letters they are mostly two.
    ("Abadi", "Abadu", True),
    ("Abad", "Abat", False),
    ("Blok 1 Timur", "Blok 2 Timur", False),
]


def alike(*areas: tuple[str, str, str, str | None]) -> list[str]:
    """Return the earlier names that areas resemble: contest, name, district and code of each."""
    rows = pd.DataFrame(areas, columns=["contest", "area", "within", "area_id"])
    rows = rows.assign(scale="area", key=range(len(rows)), place=rows["area"])
    return likely_same(rows)["alike"].tolist()


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_names_a_letter_apart_are_probably_one(one: str, other: str, same: bool) -> None:
    bare = [name.lower().replace(" ", "") for name in (one, other)]
    assert nearly_equal(*bare) is nearly_equal(*bare[::-1]) is same
    assert alike(("A", one, "u", None), ("B", other, "u", None)) == [one] * same


def test_names_that_differ_by_spaces_are_probably_one() -> None:
    assert alike(("A", "Rawa Sari", "u", None), ("B", "Rawasari", "u", None)) == ["Rawa Sari"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lubuk Alai", "Lb. Alai", True),
        ("Tj. Pauh Hilir", "Tanjung Pauh Hilir", True),
        ("Sp. III Sipin", "Simpang III Sipin", True),
        ("Sei Kerawang", "Sungai Kerawang", True),
        ("Kp. Baru Tj. Raja", "Kampung Baru Tanjung Raja", True),
        # Another second word, numeral or letter, or a word that is not cut.
        ("Lb. Alai", "Lubuk Alung", False),
        ("Sp. III Sipin", "Simpang IV Sipin", False),
        ("Tk. Alai", "Lubuk Alai", False),
        ("Lubu Alai", "Lubukan Alai", False),
        ("Lb.", "Lubuk", False),
    ],
)
def test_names_whose_words_are_cut_short_are_probably_one(one: str, other: str, same: bool) -> None:
    assert alike(("A", one, "u", None), ("B", other, "u", None)) == [one] * same
    assert alike(("A", other, "u", None), ("B", one, "u", None)) == [other] * same
    assert alike(("A", one, "u", None), ("B", other, "v", None)) == []


def test_areas_of_two_districts_or_of_one_contest_are_two() -> None:
    one, other = ("A", "Kasang", "u", None), ("B", "Kasing", "u", None)
    assert alike(one, other) == ["Kasang"]
    assert alike(one, ("B", "Kasing", "v", None)) == []
    assert alike(one, ("A", "Kasing", "u", None), ("B", "Murni", "u", None)) == []


@pytest.mark.parametrize(
    ("codes", "other", "same"),
    [
        (("1", "2"), "Kasing", False),
        (("1", None), "Kasing", True),
        ((None, "2"), "Kasing", True),
        (("1", "2"), "Kasang", True),
    ],
)
def test_areas_with_a_code_each_are_one_only_by_the_same_name(
    codes: tuple[str | None, str | None], other: str, same: bool
) -> None:
    assert alike(("A", "Kasang", "u", codes[0]), ("B", other, "u", codes[1])) == ["Kasang"] * same
