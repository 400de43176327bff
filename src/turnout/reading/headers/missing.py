"""Needed columns that a table lacks, and what stands there that may be them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from turnout.dates import parse_days
from turnout.errors import Finding, Spot
from turnout.kinds import kind_of
from turnout.language import Text
from turnout.reading.files.cells import Distinct, as_text, is_missing
from turnout.reading.headers import wording
from turnout.reading.headers.contests import find_contest
from turnout.reading.headers.match import Header
from turnout.reading.headers.non_voters import names_non_voters
from turnout.reading.headers.own_meanings import tell_of_own_meanings
from turnout.reading.headers.plain import NUMBERING, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.headers.voters_by_way import said_as_ways
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.table import Table
from turnout.reading.values.numerals import parse_numbers
from turnout.schema import SCALES
from turnout.surroundings import A_HEADER, Setting, Settings


def complain_of_missing(
    names: Iterable[str],
    headers: Sequence[Header],
    own: Mapping[str, pd.Series],
    vocabulary: Vocabulary,
    spot: Spot,
    ways: Mapping[str, tuple[Setting, ...]],
) -> list[Finding]:
    """Return what is to be said of needed columns that are neither there nor told.

    One finding for those that nothing stands for, and one for the voters where a share of them,
    the valid votes or the voters by ways of voting could stand for them, if the user says so.

    Parameters
    ----------
    names
        Columns that are there or told.
    headers
        The headers of the table.
    own
        The cells under headers that are not known: a needed column is offered by what it holds.
    vocabulary
        The columns to look for.
    spot
        The sheet.
    ways
        What to type for what can be said without a column.
    """
    held = set(names)
    missing = vocabulary.missing(held)
    findings = tell_of_own_meanings(headers, missing, vocabulary, spot)
    if ("voters",) in missing and "registered" in held and (told := _stand_in(headers, vocabulary)):
        missing.remove(("voters",))
        told = _beside_counts(told, own, vocabulary)
        text, remedy, values = told
        findings.append(Finding("missing_column", "error", text, remedy, spot, values))
    if missing:
        offered = _offered(missing, own, vocabulary, ways)
        findings.append(_missing(missing, headers, vocabulary, spot, offered))
    return findings


def own_columns(table: Table | Block) -> dict[str, pd.Series]:
    """Return the cells under the headers of a table that are not known; a block has none.

    Those of people who did not vote are left out: they are no column that is needed.
    """
    if isinstance(table, Block):
        return {}
    both = zip(table.headers, range(table.cells.shape[1]), strict=False)
    return {
        one.written: table.cells.iloc[:, at]
        for one, at in both
        if one.meaning == "own" and not names_non_voters(one.written)
    }


def _stand_in(
    headers: Sequence[Header], vocabulary: Vocabulary
) -> tuple[Text, Text, dict[str, object]] | None:
    """Return what is said of columns that could stand for the voters, if any does."""
    for name, (text, remedy, meant) in _STAND_INS.items():
        found = (h for h in headers if h.meaning == "column" and h.names[0] == name)
        if stand_in := next(found, None):
            setting = Setting("columns", stand_in.written, meant, vocabulary.role)
            return text, remedy, {"header": stand_in.written, "setting": setting}
    unknown = [h.written for h in headers if h.meaning == "own"]
    if settings := said_as_ways(unknown, vocabulary.role):
        values = {"headers": [one.key for one in settings.each], "settings": settings}
        return wording.ONLY_WAYS, wording.ADD_UP, values
    if others := [one for one in unknown if names_non_voters(one)]:
        return wording.ONLY_NON_VOTERS, wording.SUBTRACT, {"headers": others}
    return None


def _beside_counts(
    told: tuple[Text, Text, dict[str, object]], own: Mapping[str, pd.Series], vocabulary: Vocabulary
) -> tuple[Text, Text, dict[str, object]]:
    """Return what is said of voters in percent, where unknown headers may hold their counts."""
    text, _, values = told
    counts = [
        one for one, cells in own.items() if _says(one) and _may_be("voters", cells, vocabulary)
    ]
    if text is not wording.ONLY_SHARE or not counts:
        return told
    setting = Setting("columns", counts[0], "voters", vocabulary.role)
    values = {**values, "unknown": counts, "count": setting}
    return wording.SHARE_BESIDE, wording.NAME_OR_COMPUTE, values


def _offered(
    missing: Sequence[tuple[str, ...]],
    own: Mapping[str, pd.Series],
    vocabulary: Vocabulary,
    ways: Mapping[str, tuple[Setting, ...]],
) -> dict[str, tuple[Setting, ...]]:
    """Return what to type for each missing column: for one that may be there, that it is."""
    offered = dict(ways)
    names = [group[0] for group in missing]
    counts = [name for name in names if vocabulary.kind(name) == "count"]
    for name in names if len(counts) <= 1 else [one for one in names if one not in counts]:
        holding = [h for h, cells in own.items() if _says(h) and _may_be(name, cells, vocabulary)]
        if len(holding) == 1:
            offered[name] = (Setting("columns", holding[0], name, vocabulary.role),)
    return offered


def counts_unknown(table: Table | Block, registered: pd.Series[float]) -> str | None:
    """Return the header of a table that is not known and may be that of the voters.

    Below it are whole numbers that are a part of the registered, nearly everywhere.

    Parameters
    ----------
    table
        What a sheet holds.
    registered
        The registered of its rows.
    """
    for header, cells in own_columns(table).items():
        counts = parse_numbers(cells, whole=True).values
        share = counts / registered
        fits = share.between(_LEAST_TURNOUT, 1).sum()
        if _says(header) and fits and fits >= _NEARLY_ALL * share.notna().sum():
            return header if not (counts % 1).any() and (share < 1).any() else None
    return None


_LEAST_TURNOUT, _NEARLY_ALL = 0.15, 0.9


def _may_be(name: str, cells: pd.Series, vocabulary: Vocabulary) -> bool:
    """Whether cells under a header that is not known may be those of a needed column."""
    known = pd.Series(
        [one for one in Distinct.of(cells).cells if not is_missing(one)], dtype=object
    )
    if known.empty:
        return False
    numbers = parse_numbers(known, whole=True).values.notna()
    if vocabulary.kind(name) == "count":
        return bool(numbers.all()) and not _are_numbered(cells)
    if numbers.any():
        return False
    if name == "date":
        return bool(parse_days(known).values.notna().all())
    if name == "election_type":
        return bool(known.map(lambda one: _is_type(as_text(one))).all())
    return len(known) > len(cells) / _MOST_ROWS_OF_A_PLACE


def _are_numbered(cells: pd.Series) -> bool:
    """Whether cells hold the numbers of rows: each is one more than the cell above it."""
    counts = parse_numbers(cells, whole=True).values.dropna()
    steps = counts.diff().dropna()
    return len(steps) > 1 and bool((steps == 1).mean() >= _NEARLY_ALL)


def _is_type(text: str) -> bool:
    return bool(find_contest(text)[0].election_type) or kind_of(text).score is not None


_MOST_ROWS_OF_A_PLACE = 20


def _missing(
    missing: Sequence[tuple[str, ...]],
    headers: Sequence[Header],
    vocabulary: Vocabulary,
    spot: Spot,
    offered: Mapping[str, tuple[Setting, ...]],
) -> Finding:
    """Return the one finding for all needed columns that are missing."""
    unknown = [h.written for h in headers if h.meaning == "own" and _says(h.written)]
    known = [_header(h) for h in headers if h.meaning != "own" and h.written]
    columns = [group[0] for group in missing if group[0] not in offered]
    told = [setting for group in missing for setting in offered.get(group[0], ())]
    blank = [Setting("columns", A_HEADER, name, vocabulary.role) for name in columns]
    settings = [*([] if any(one.name == "columns" for one in told) else blank[:1]), *told]
    values = {
        "names": columns_named(missing, vocabulary),
        "found": unknown or known,
        "settings": Settings(tuple(settings)),
    }
    text = wording.MISSING if columns else wording.MISSING_ALONE
    text = wording.MISSING_UNKNOWN if unknown else text
    counts = all(vocabulary.kind(group[0]) == "count" for group in missing)
    remedy = _remedy(settings, counts=counts)
    return Finding("missing_column", "error", text, remedy, spot, values)


def _header(header: Header) -> Text | str:
    """Return a header as it is written; a name of a column, as a recap has them, with its words."""
    written, said = header.written, wording.column(header.written)
    if written not in header.names or not isinstance(said, Text):
        return written
    return Text(en=f"{written}", id=f"{said.id} ({written})")


def _remedy(settings: Sequence[Setting], *, counts: bool) -> Text:
    """Return what to do about missing columns: a count alone may be a sum of columns."""
    named = [one for one in settings if one.name == "columns"]
    if len(named) == len(settings):
        return wording.RENAME if counts else wording.NAME_COLUMNS
    if named:
        return wording.TELL_BOTH
    return wording.TELL_EACH if any(one.key for one in settings) else wording.TELL_ONCE


def _says(written: str) -> bool:
    """Whether a header is of a figure or a name; *No* above the numbers of rows is of none."""
    said = words(written)
    return bool(said) and said not in NUMBERING


def columns_named(missing: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> Text:
    """Return the names of columns; in Indonesian each behind a header by which files know it."""
    known = {column.name: column.aliases.split(" | ")[0].strip() for column in vocabulary.columns}
    told: list[tuple[str, str]] = []
    for group in missing:
        name, header = "/".join(group), known.get(group[0], "")
        if set(SCALES) <= set(group):
            told.append((_OF_PLACES.en, _OF_PLACES.id))
        else:
            told.append((name, f"{header} ({name})" if header else name))
    return Text(en="; ".join(en for en, _ in told), id="; ".join(id_ for _, id_ in told))


_OF_PLACES = Text(en="the places (such as area)", id="nama wilayah (misalnya kelurahan)")


_STAND_INS: Mapping[str, tuple[Text, Text, str]] = {
    "turnout": (wording.ONLY_SHARE, wording.COMPUTE, "turnout_percent"),
    "valid": (wording.ONLY_VALID, wording.ESTIMATE, "voters"),
}
"""Columns that could stand for the voters, what is said of each, and what to say it is."""
