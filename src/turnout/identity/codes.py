"""Codes of areas as they are compared: *15.01.01.2001* is *1501012001*."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.arrays import Cells, Ints

_MARKS = re.compile(r"[\W_]+")
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9]+$)", re.MULTILINE)
_OF_A_NUMBER = re.compile(r"^(\d+)\.0$")
"""A code that was a number with decimals: 1501012001.0."""


def plain_code(code: object) -> str:
    """Return a code as it is compared: by its letters and digits alone; "" for none.

    What spreadsheets make of codes makes no difference: a number has no leading zeros, and may
    have a decimal.

    >>> plain_code("15.71.01.1001"), plain_code(1571011001.0), plain_code("'1571011001")
    ('1571011001', '1571011001', '1571011001')
    >>> plain_code("01001"), plain_code("E05000001"), plain_code(None)
    ('1001', 'e05000001', '')
    """
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    if isinstance(code, bool) or not isinstance(code, (str, int)):
        return ""
    return _without_zeros(code_in_parts(str(code)).replace(".", ""))


def code_in_parts(code: str) -> str:
    """Return a code with a dot for whatever parts it.

    >>> code_in_parts("15-71-01 1001"), code_in_parts("1571011001.0")
    ('15.71.01.1001', '1571011001')
    """
    if code.isalnum():
        return code.casefold()
    return _MARKS.sub(".", _OF_A_NUMBER.sub(r"\1", code.strip())).strip(".").casefold()


def _without_zeros(code: str) -> str:
    return _LEADING_ZEROS.sub("", code)


def same_codes(codes: pd.Series, names: Ints, lists: pd.Series) -> Ints:
    """Return a number for each code, in the order of the codes, -1 where blank.

    Codes of one `plain_code` are one, unless a list knows them for two: parted in other ways
    (*1.12* and *11.2*), or with other leading zeros under another name.

    Parameters
    ----------
    codes
        (rows,) codes as they are written.
    names
        (rows,) numbers of the areas' names.
    lists
        (rows,) what each row is listed in: a contest, or the roll.

    Examples
    --------
    >>> codes = pd.Series(["15.01", "1501", None, "1.12", "11.2"])
    >>> lists = pd.Series(["2020", "2024", "2024", "2024", "2024"])
    >>> same_codes(codes, np.arange(5), lists).tolist()
    [2, 2, -1, 0, 1]
    """
    number, written = _distinct(codes)
    own = pd.factorize(_compared(number, written, names, lists))[0]
    # A code's place in the order is that of the first of its forms, in whatever row it stands.
    order = sorted(range(len(written)), key=written.__getitem__)
    rank = np.empty(len(written), dtype=np.intp)
    rank[order] = pd.factorize(own[order])[0]
    return np.append(rank, -1)[number]


def each_code(*columns: pd.Series) -> list[pd.Series]:
    """Return columns of codes, each of them a list, as `same_codes` compares them; blanks are "".

    >>> one, other = each_code(pd.Series(["15.01", None]), pd.Series(["1501"]))
    >>> one.tolist(), other.tolist()
    (['1501', ''], ['1501'])
    """
    rows = pd.concat([column.astype("object") for column in columns], ignore_index=True)
    ends = np.cumsum([len(column) for column in columns])
    lists = pd.Series(np.repeat(np.arange(len(columns)), [len(column) for column in columns]))
    number, written = _distinct(rows)
    texts = np.append(_compared(number, written, number, lists), "")[number]
    parts = zip(columns, np.split(texts, ends[:-1]), strict=True)
    return [pd.Series(part, index=column.index, dtype="object") for column, part in parts]


def _distinct(codes: pd.Series) -> tuple[Ints, list[str]]:
    number, labels = pd.factorize(codes)
    return number.astype(np.intp), [*map(str, np.asarray(labels, dtype=object))]


def _plain_codes(written: Sequence[str]) -> list[str]:
    """Return `plain_code` of each code, for many at once."""
    # What is done to all codes as one text is done to each: most have dots alone, or nothing.
    plain = _without_zeros("\n".join(written).casefold().replace(".", "")).split("\n")
    if len(plain) != len(written):
        return [*map(plain_code, written)]
    of_marks = ~np.array([*map(str.isalnum, plain)], dtype=bool)
    of_numbers = np.array([code.endswith(".0") for code in written], dtype=bool)
    for odd in np.flatnonzero(of_marks | of_numbers).tolist():
        plain[odd] = plain_code(written[odd])
    return plain


def _compared(number: Ints, written: Sequence[str], names: Ints, lists: pd.Series) -> Cells:
    """Return the form in which each written code is compared with others."""
    plain = np.array(_plain_codes(written), dtype=object)
    own, forms = pd.factorize(plain)
    several = np.append(np.bincount(own, minlength=1)[own] > 1, False)
    rows = np.flatnonzero(several[number])
    if len(forms) == len(written):
        return plain
    told = pd.DataFrame({"code": number[rows], "name": names[rows]})
    told["own"], told["list"] = own[told["code"]], pd.factorize(lists.iloc[rows])[0]
    pairs = told[["own", "list", "code"]].drop_duplicates()
    told = told[told["own"].isin(pairs["own"][pairs.duplicated(["own", "list"])])]
    if told.empty:  # no list has one code in two forms
        return plain
    parts = told["code"].map({code: code_in_parts(written[code]) for code in told["code"].unique()})
    apart = _apart(told.assign(parts=parts))
    return np.array(
        [
            code_in_parts(code) if one in apart else form
            for code, one, form in zip(written, own.tolist(), plain, strict=True)
        ],
        dtype=object,
    )


def _apart(told: pd.DataFrame) -> set[int]:
    """Return the codes that a list knows for several: by their parts, or by zeros and names."""
    bare = told["parts"].str.lstrip("0")
    grouped = bare.where(bare.str.contains(".", regex=False))
    zeros = told["parts"].str.len() - bare.str.len()
    by_list = told.assign(grouped=grouped, zeros=zeros).groupby(["own", "list"])
    known = by_list[["grouped", "zeros", "name"]].nunique()
    apart = (known["grouped"] > 1) | ((known["zeros"] > 1) & (known["name"] > 1))
    return set(known.index.get_level_values("own")[apart])
