"""Numbers of persons, told by their digits: identity cards, mobile telephones; and e-mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

HIDDEN = "[•••]"
"""What stands in a message in place of a number of a person."""

# Province (two digits, as numbered by the home ministry), regency, district; day of birth (plus 40
# for women), month, year; serial number. Family cards are numbered alike, by day of issue.
_NIK = (
    r"(?:1[1-9]|2[1-9]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[1-2]|9[1-7])\d{4}"
    r"(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}"
)
_MOBILE = r"(?:0|62|0062)8[1-35-9]\d{7,10}"
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")

# Digits that stand together, but not the decimals of a number.
_TOGETHER = re.compile(rf"(?<!\d)(?<!\d[.,])\+?(?:{_NIK}|{_MOBILE})(?!\d)")
# Digits with marks between them: 15.71.01.010180.0001, 0812-3456-7890, (0812) 3456 7890.
_MARKED = re.compile(r"[+(]?\d(?:[ .\-/()'’_·\u00a0\u2009\u202f\u2010-\u2015]{0,3}\d){9,24}")
_WHOLE = re.compile(rf"(?:{_NIK}|{_MOBILE})")
_WHOLE_LINE = re.compile(rf"^{_WHOLE.pattern}$", re.MULTILINE)
_DECIMAL = re.compile(r"\d+\.\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.' \u00a0\u202f])\d{3})(?:\1\d{3})+")
# SHA-256: ten of its signs may be the digits of a telephone by chance.
_DIGEST = re.compile(r"(?<![^\W_])[0-9a-f]{64}(?![^\W_])")
_SHORTEST = 7  # a@b.co
_TEN_DIGITS = re.compile(r"\d(?:\D*+\d){9}")  # no number of a person has fewer
_FEWEST_DIGITS = 10
_NO_DIGITS = {code: None for code in range(128) if not (chr(code).isdigit() or chr(code) in "@\n")}


def may_be_personal(text: str) -> bool:
    """Whether a text is long enough for a number of a person, which few texts are.

    >>> may_be_personal("WA 0812-3456-7890"), may_be_personal("Kelurahan 12")
    (True, False)
    """
    return len(text) >= _SHORTEST and ("@" in text or _TEN_DIGITS.search(text) is not None)


def all_maybe_personal(texts: Sequence[str]) -> list[str]:
    """Return the texts that `may_be_personal`, of many at once.

    >>> all_maybe_personal(["WA 0812-3456-7890", "Kelurahan 12", "a.sari@kpu.id"])
    ['WA 0812-3456-7890', 'a.sari@kpu.id']
    """
    # What is left of all as one text without plain letters and marks is left of each.
    left = "\n".join(texts).translate(_NO_DIGITS).split("\n")
    return [
        text
        for text, signs in zip(texts, left if len(left) == len(texts) else texts, strict=True)
        if (len(signs) >= _FEWEST_DIGITS or "@" in signs)
        and (signs.isdecimal() or may_be_personal(text))
    ]


def personal_parts(text: str) -> list[tuple[int, int]]:
    """Return where in a text numbers of persons stand: start and end of each.

    Parameters
    ----------
    text
        A cell or a message.

    Examples
    --------
    >>> personal_parts("WA 0812-3456-7890"), personal_parts("15.71.01.410180.0001")
    ([(3, 17)], [(0, 20)])

    Codes of places and stations, sums of money, decimals and digests (SHA-256) are none:

    >>> [personal_parts(t) for t in ("1571011001001", "62.812.345.678", "0.8123456789012")]
    [[], [], []]
    >>> personal_parts(f"{'a' * 51}0826491115aae of it"), personal_parts("aae0826491115aae")
    ([], [(3, 13)])
    """
    if text.isascii() and text.isdigit():
        return [(0, len(text))] if _WHOLE.fullmatch(text) else []
    if not may_be_personal(text):
        return []
    found = [match.span() for match in _EMAIL.finditer(text)] if "@" in text else []
    found += [match.span() for match in _TOGETHER.finditer(text)]
    for match in _MARKED.finditer(text):
        part = match.group()
        if _DECIMAL.fullmatch(part):
            continue
        digits = re.sub(r"\D", "", part)
        money = _THOUSANDS.fullmatch(part) and len(digits) < 16
        if _WHOLE.fullmatch(digits) and not money:
            found.append(match.span())
    digests = [match.span() for match in _DIGEST.finditer(text)] if found else []
    return sorted(
        part
        for part in set(found)
        if not any(start <= part[0] and part[1] <= end for start, end in digests)
    )


def personal_among(texts: Sequence[str]) -> set[str]:
    """Return the texts in which a number of a person stands, of many at once.

    >>> sorted(personal_among(["WA 0812-3456-7890", "1571011001", "081234567890"]))
    ['081234567890', 'WA 0812-3456-7890']
    """
    figures = [text for text in texts if text.isascii() and text.isdigit()]
    whole = set(_WHOLE_LINE.findall("\n".join(figures)))
    if len(figures) == len(texts):  # codes, of which there are many
        return whole
    others = (text for text in texts if not (text.isascii() and text.isdigit()))
    return whole | {text for text in others if personal_parts(text)}


def masked(text: str) -> str:
    """Return a text with every number of a person in it hidden.

    Examples
    --------
    >>> masked("'1571010101800001' is not a number")
    "'[•••]' is not a number"
    """
    if len(text) < _SHORTEST or not (parts := personal_parts(text)):
        return text
    said, done = [], 0
    for start, end in parts:
        if start >= done:
            said += [text[done:start], HIDDEN]
        done = max(done, end)
    return "".join([*said, text[done:]])
