"""Counts that a table does not have but that follow from others: L + P, valid + invalid.

Where those who did not vote are counted, the voters are the registered less them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import as_texts, listed
from turnout.reading.headers import wording
from turnout.reading.headers.plain import words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.block import Block
from turnout.reading.values.numerals import holds_number, parse_numbers

_SHARE_COLUMNS = ("turnout", "turnout_percent", "stations_share")


def derive_counts(block: Block, vocabulary: Vocabulary) -> tuple[Block, list[Finding]]:
    """Return a block with the counts that follow from its other columns, and what is told of them.

    A column that stands there blank is derived too; one with a single figure is left as it is.
    Where a part is blank the sum is: an unknown part is not zero.
    """
    findings: list[Finding] = []
    block = _with_blank_votes(block)
    for name, ways in vocabulary.derived.items():
        if _filled(block, name):
            continue
        parts = next((parts for parts in ways if all(_filled(block, p) for p in parts)), None)
        if parts is None:
            continue
        if "invalid" in parts and (blank := _blank_votes(block)):
            first = block.origin.iloc[0]
            spot = Spot(str(first["file"]), str(first["sheet"]), column=blank)
            findings.append(Finding("blank_votes", "error", _BLANK, _GIVE_VOTERS, spot))
            continue
        if _NON_VOTERS in parts and (doubt := _in_doubt(block, vocabulary)):
            findings.append(doubt)
            continue
        counts = _counts(block, parts)
        sign = " x " if parts[0] in _SHARE_COLUMNS else " - " if _NON_VOTERS in parts else " + "
        written = sign.join(block.headers.get(part, part) for part in parts)
        cells = block.cells.assign(**{name: counts.astype("object").where(counts.notna(), None)})
        block = replace(block, cells=cells, headers={**block.headers, name: written})
        if parts[0] == "turnout_percent":
            room = rounded_by(block.cells[parts[0]]) * _registered(block)
            block = replace(block, origin=block.origin.assign(**{WITHIN: room + _HALF}))
        findings.append(_told(block, name, parts, written))
    return block, findings


def shares(cells: pd.Series) -> pd.Series[float]:
    """Return a column of shares, written as 0.62, 62 or 62%."""
    numbers = parse_numbers(cells)
    plain = numbers.values.mask(numbers.percent)
    in_percent = bool(plain.max() > _LARGEST_SHARE)
    return numbers.values.where(numbers.percent | (not in_percent), numbers.values / 100)


_LARGEST_SHARE = 1.5
"""Turnout above it is written in percent."""


def _counts(block: Block, parts: Sequence[str]) -> pd.Series[float]:
    if parts[0] in _SHARE_COLUMNS:
        registered = parse_numbers(block.cells[parts[1]], whole=True).values
        return (shares(block.cells[parts[0]]) * registered).round()
    figures = [parse_numbers(block.cells[part], whole=True).values for part in parts]
    if _NON_VOTERS in parts:
        registered, non_voters = figures
        return registered - non_voters
    return pd.concat(figures, axis=1).sum(axis=1, skipna=False)


def _in_doubt(block: Block, vocabulary: Vocabulary) -> Finding | None:
    """Return the error of those who did not vote where the voters cannot be worked out from them.

    In a count the registered beside them may be those of all stations, unless all are told to be
    in. Up to 100 and few of the registered they may be percentages, as those with decimals are.
    """
    header = block.headers.get(_NON_VOTERS, _NON_VOTERS)
    first = block.origin.iloc[0]
    spot = Spot(str(first["file"]), str(first["sheet"]), column=header)
    in_progress = vocabulary.role == "counted" or not _OF_A_COUNT.isdisjoint(block.cells)
    if in_progress and not _all_in(block):
        return Finding("only_non_voters", "error", _IN_COUNT, _GIVE_VOTED, spot)
    numbers = parse_numbers(block.cells[_NON_VOTERS], whole=True)
    known = numbers.values.dropna()
    share = (known / _registered(block)).median()
    if numbers.percent.any() or (known % 1).any() or (known.max() <= _PERCENT and share < _LOW):
        return Finding("only_non_voters", "error", _NO_COUNTS, _GIVE_VOTED, spot)
    return None


def _all_in(block: Block) -> bool:
    """Whether each row that counts those who did not vote tells that all its stations are in."""
    if not {"stations_counted", "stations_total"} <= set(block.cells):
        return False
    counted, total, left = (
        parse_numbers(block.cells[name], whole=True).values
        for name in ("stations_counted", "stations_total", _NON_VOTERS)
    )
    none_in = counted == 0  # whatever figures stand beside it
    return bool(((counted >= total) | none_in)[left.notna()].all())


_NON_VOTERS = "non_voters"
_OF_A_COUNT = {"stations_counted", "stations_share"}
_PERCENT, _LOW = 100, 0.1
"""The largest percentage, and part of the registered below which a count up to it may be one."""


def rounded_by(cells: pd.Series) -> pd.Series[float]:
    """Return by how much shares may be off, as they are written: *62%* by half a point.

    >>> rounded_by(pd.Series(["62%", "61,5", "70"])).round(5).tolist()
    [0.005, 0.0005, 0.005]
    """
    behind = as_texts(cells).str.extract(r"[.,](\d+)")[0].fillna("").str.len()
    numbers = parse_numbers(cells)
    plain = numbers.values.mask(numbers.percent)
    in_percent = numbers.percent | bool(plain.max() > _LARGEST_SHARE)
    return _HALF * 10.0 ** -(behind + 2.0 * in_percent)


def _registered(block: Block) -> pd.Series[float]:
    return parse_numbers(block.cells["registered"], whole=True).values


WITHIN = "rounding:voters"
"""Column of a block's origin: by how many people voters worked out from a percentage may be off."""
_HALF = 0.5


def _with_blank_votes(block: Block) -> Block:
    """Return a block whose invalid votes hold the blank ones, where only so they are the voters."""
    blank = _blank_votes(block)
    if blank is None or not all(_filled(block, name) for name in ("valid", "invalid", "voters")):
        return block
    parts = ("valid", "invalid", "voters", blank)
    valid, invalid, voters, left = (
        parse_numbers(block.cells[part], whole=True).values for part in parts
    )
    if not (valid + invalid + left).eq(voters).mean() > _MOSTLY:
        return block
    summed = (invalid + left).astype("object").where((invalid + left).notna(), None)
    written = f"{block.headers.get('invalid', 'invalid')} + {blank}"
    cells = block.cells.assign(invalid=summed)
    return replace(block, cells=cells, headers={**block.headers, "invalid": written})


_MOSTLY = 0.5


def _blank_votes(block: Block) -> str | None:
    """Return the header of the blank votes, which some countries count as valid, others do not."""
    return next((str(name) for name in block.cells if words(str(name)) in _BLANK_VOTES), None)


_BLANK_VOTES = listed(
    "blank votes | blank ballots | blanks | votos blancos | votos en blanco | blancos | en blanco"
    " | votos em branco | votos brancos | brancos | blancs | votes blancs | bulletins blancs"
    " | schede bianche | bianche | suara kosong"
)


def _filled(block: Block, name: str) -> bool:
    if name not in block.cells:
        return False
    return holds_number(block.cells[name])


def _told(block: Block, name: str, parts: Sequence[str], written: str) -> Finding:
    first = block.origin.iloc[0]
    spot = Spot(str(first["file"]), str(first["sheet"]))
    text, remedy = _COMPUTED, _GIVE_COUNT
    if parts[0] in _SHARE_COLUMNS:
        text, remedy = _ROUNDED, _GIVE_EXACT
    if _NON_VOTERS in parts:
        text = _SUBTRACTED
    values = {"called": wording.column(name), "written": written}
    values["header"] = block.headers.get(parts[-1], parts[-1])
    return Finding("derived_count", "warning", text, remedy, spot, values)


_BLANK = Text(
    en="there is no column of voters, and these blank votes may stand within the valid ones or "
    "beside them.",
    id="kolom pengguna hak pilih tidak ada, dan suara kosong ini bisa termasuk suara sah, bisa "
    "juga tidak.",
)
_GIVE_VOTERS = Text(
    en="Give a column of voters: all ballots, the blank ones among them.",
    id="Berikan kolom pengguna hak pilih: semua suara, termasuk yang kosong.",
)
_COMPUTED = Text(
    en="there is no column of {called}; it is computed as {written}.",
    id="kolom {called} tidak ada; dihitung sebagai {written}.",
)
_SUBTRACTED = Text(
    en="there is no column of {called}; {header} counts those who did not vote, so they are "
    "computed as {written}.",
    id="kolom {called} tidak ada; {header} memuat yang tidak memilih, sehingga dihitung sebagai "
    "{written}.",
)
_IN_COUNT = Text(
    en="there is no column of voters; this one counts those who did not vote, and the registered "
    "beside them may be those of stations that are not in.",
    id="kolom pengguna hak pilih tidak ada; kolom ini memuat yang tidak memilih, dan DPT di "
    "sampingnya mungkin mencakup TPS yang belum masuk.",
)
_NO_COUNTS = Text(
    en="there is no column of voters; this one is of those who did not vote, and its figures may "
    "be percentages.",
    id="kolom pengguna hak pilih tidak ada; kolom ini tentang yang tidak memilih, dan angkanya "
    "mungkin persentase.",
)
_GIVE_VOTED = Text(
    en="Add a column of voters: the registered of the same stations minus those who did not vote, "
    "as counts.",
    id="Tambahkan kolom pengguna hak pilih: DPT dari TPS yang sama dikurangi yang tidak memilih, "
    "berupa jumlah orang.",
)
_GIVE_COUNT = Text(
    en="If that is wrong, give the count itself.",
    id="Bila keliru, berikan jumlahnya sendiri.",
)
_ROUNDED = Text(
    en="the {called} are computed as {written}, only as exactly as the percentage tells.",
    id="{called} dihitung sebagai {written}, sehingga hanya seteliti persentasenya.",
)
_GIVE_EXACT = Text(
    en="Give the counts where they are known.",
    id="Berikan jumlahnya bila diketahui.",
)
