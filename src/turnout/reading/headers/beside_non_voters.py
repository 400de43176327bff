"""Those who did not vote in a column beside the voters: with these they are the registered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.headers.match import Header, understand
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Table
from turnout.reading.values.numerals import parse_numbers
from turnout.rules.grave import OTHERS_AS_VOTERS
from turnout.rules.rule import Rule


class _Beside(NamedTuple):
    """The headers of voters and of those who did not vote, and their figures with the registered.

    The rows are those in which all three are known.
    """

    voters: str
    others: str
    counts: pd.DataFrame

    @property
    def gap(self) -> pd.Series[float]:
        """By how much both are more than the registered."""
        return self.counts["voters"] + self.counts["others"] - self.counts["registered"]


def tell_of_non_voters(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Return what is odd where a table counts those who did not vote beside the voters.

    A warning for each row in which both are not the registered, where in most they are. One for
    the table where fewer voted than not in nearly all rows: the columns may have changed places.

    Parameters
    ----------
    table
        The table under its headers.
    vocabulary
        The columns to look for.
    """
    if vocabulary.role != "results":  # the registered of a count may be those of all stations
        return []
    besides = [one for one in _besides(table, vocabulary) if (one.gap == 0).mean() > _MOSTLY]
    if not besides:
        return []
    counts = pd.concat([one.counts for one in besides])
    first = besides[0]
    spot = Spot(table.grid.file, table.grid.sheet, column=first.voters)
    findings = [finding for one in besides for finding in _rows(table, one)]
    if len(counts) >= _FEWEST and (counts["others"] > counts["voters"]).mean() >= _NEARLY_ALL:
        values = {
            "n": int((counts["others"] > counts["voters"]).sum()),
            "all": len(counts),
            "others": first.others,
            "turnout": counts["voters"].sum() / counts["registered"].sum(),
            "rest": counts["others"].sum() / counts["registered"].sum(),
        }
        findings.append(EXCHANGED.once(spot, values))
    return findings


def _rows(table: Table, one: _Beside) -> Iterator[Finding]:
    off = one.counts.assign(gap=one.gap.abs())[one.gap != 0]
    for row, counts in zip(off.index, off.to_dict("records"), strict=True):
        values = {"header": one.others} | {str(name): count for name, count in counts.items()}
        yield SUM.once(Spot(table.grid.file, table.grid.sheet, row, one.voters), values)


def _besides(table: Table, vocabulary: Vocabulary) -> Iterator[_Beside]:
    """Yield the columns of each election that has all three, once each."""
    for at, header in enumerate(table.headers):
        if header.meaning != "own" or understand(header.written, vocabulary).names != (_OTHERS,):
            continue
        of = understand(header.written, vocabulary).contest
        found = {name: _only(table.headers, name, of) for name in ("registered", "voters")}
        positions = [one for one in found.values() if one is not None]
        if len(positions) < len(found) or not table.cells.index.is_unique:
            continue
        counts = [
            parse_numbers(table.cells.iloc[:, one], whole=True).values for one in (*positions, at)
        ]
        known = pd.concat(counts, axis=1, keys=[*found, "others"]).dropna()
        yield _Beside(table.headers[positions[1]].written, header.written, known)


def _only(headers: tuple[Header, ...], name: str, contest: object) -> int | None:
    """Return the position of the one column of that name and election; None where there is none."""
    at = [
        position
        for position, header in enumerate(headers)
        if header.meaning == "column" and header.names == (name,) and header.contest == contest
    ]
    return at[0] if len(at) == 1 else None


_OTHERS = "non_voters"
_MOSTLY, _FEWEST, _NEARLY_ALL = 0.5, 10, 0.9
"""Share of rows that add up from which on the others should; rows, and the share of them in which
fewer voted than not, from which on the columns may have changed places."""

SUM = Rule(
    "voters_and_non_voters",
    "warning",
    Text(
        en="{voters:count} voters and {others:count} who did not vote ({header}) are not the "
        "{registered:count} registered; they differ by {gap:count}.",
        id="{voters:count} pengguna hak pilih ditambah {others:count} yang tidak memilih "
        "({header}) tidak sama dengan {registered:count} pemilih terdaftar; selisihnya "
        "{gap:count}.",
    ),
    Text(
        en="Look in the source document which of the figures is right.",
        id="Periksa di dokumen sumbernya angka mana yang benar.",
    ),
)

EXCHANGED = Rule(
    OTHERS_AS_VOTERS,
    "warning",
    Text(
        en="in {n:count} of {all:count:row:rows} fewer voted than did not ({others}): turnout is "
        "{turnout:percent}. Have the two columns changed places?",
        id="pada {n:count} dari {all:count} baris, yang memilih lebih sedikit daripada yang tidak "
        "({others}): partisipasinya {turnout:percent}. Apakah kedua kolomnya tertukar?",
    ),
    Text(
        en="If so, exchange their headers; turnout is {rest:percent} then. If not, leave them.",
        id="Bila ya, tukarkan judul keduanya; partisipasinya menjadi {rest:percent}. Bila tidak, "
        "biarkan.",
    ),
)
