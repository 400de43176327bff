"""Columns that the user has taken for all who voted, and that by their header, or sums, are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.headers.match import Header, understand
from turnout.reading.headers.non_voters import names_non_voters
from turnout.reading.headers.plain import COUNT_NOISE, in_full, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Table
from turnout.reading.values.numerals import parse_numbers
from turnout.rules.grave import CANDIDATE_AS_VOTERS
from turnout.rules.rule import Rule


def tell_of_said_voters(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Return what is wrong with columns that the user says are the voters, and are none, or a part.

    Those who did not vote, and stations, are no voters: an error. A part of the voters makes the
    turnout too low, which may be all that there is: a warning.

    Parameters
    ----------
    table
        The table, whose headers are read as the user says.
    vocabulary
        The columns to look for.
    """
    findings = []
    for at, header in enumerate(table.headers):
        if header.meaning != "column" or header.strength != _SAID:
            continue
        name = ""
        if header.names[0].startswith(("voters", "registered")):
            name = _NON_VOTERS if names_non_voters(header.written) else ""
        if header.names == ("voters",):
            name = name or _kept_as(table, at, vocabulary)
        if name:
            spot = Spot(table.grid.file, table.grid.sheet, column=header.written)
            findings.append(_AS_VOTERS[name].once(spot, {}))
    return findings


def _kept_as(table: Table, at: int, vocabulary: Vocabulary) -> str:
    """Return which of `_AS_VOTERS` a column is, by its header or as a sum; else nothing."""
    written = table.headers[at].written
    name = "".join(understand(written, vocabulary).names[:1])
    if names_candidate(written):
        return "valid" if COUNT_NOISE & {*words(written).split()} else _CANDIDATE
    if name not in _AS_VOTERS and candidates_that_add_up_to(table, at):
        return "valid"
    return name if name in _AS_VOTERS else ""


def names_candidate(header: str) -> bool:
    """Whether a header is of the votes of candidates, or parties.

    >>> [names_candidate(one) for one in ("Paslon 1", "Suara Calon No. 2", "Candidate A votes")]
    [True, True, True]
    >>> [names_candidate(one) for one in ("Calon Pemilih", "Suara Sah", "Voters")]
    [False, False, False]
    """
    return _CANDIDATES.search(in_full(words(header))) is not None


_CANDIDATES = re.compile(
    r"\b(?:paslon\w*|pasangan calon|calon(?! pemilih)|kandidat|caleg|partai|parpol|kolom kosong"
    r"|kotak kosong|candidates?|part(?:y|ies))\b"
)


def candidates_that_add_up_to(table: Table, at: int) -> tuple[str, ...]:
    """Return the headers of candidates whose votes add up to a column in nearly all rows.

    Parameters
    ----------
    table
        The table.
    at
        The column's position.
    """
    parts = [*_candidates(table.headers, at)]
    if len(parts) < _SEVERAL:
        return ()
    counts = [_numbers(table, one) for one in (at, *parts)]
    votes = pd.concat(counts[1:], axis=1).sum(axis=1, skipna=False)
    known = votes.notna() & counts[0].notna()
    same = (votes == counts[0])[known]
    if len(same) < _FEWEST or same.mean() < _NEARLY_ALL:
        return ()
    return tuple(table.headers[one].written for one in parts)


def _candidates(headers: tuple[Header, ...], at: int) -> Iterator[int]:
    """Yield the positions of candidates' votes, of the election of a column, but no sum of them."""
    for other, header in enumerate(headers):
        alone = names_candidate(header.written) and not _WHOLES & {*words(header.written).split()}
        of_it = header.meaning == "own" and header.contest == headers[at].contest
        if other != at and of_it and alone:
            yield other


def _numbers(table: Table, at: int) -> pd.Series[float]:
    return parse_numbers(table.cells.iloc[:, at], whole=True).values


_SAID = 3
"""Strength of a header whose column the user says."""
_SEVERAL, _FEWEST, _NEARLY_ALL = 2, 3, 0.9
"""Candidates, rows with figures, and the share of these, from which on a sum is no chance."""
_WHOLES = frozenset({"jumlah", "jml", "total", "seluruh", "semua"})
_CANDIDATE, _NON_VOTERS = "candidate", "non_voters"
NON_VOTERS_AS_VOTERS = "non_voters_as_voters"
"""Those who did not vote, taken for the voters."""
_OF_CANDIDATE = Text(
    en="these are taken for all who voted, as you said; by its header the column holds the votes "
    "of one candidate or party alone, and turnout comes out far too low.",
    id="kolom ini dipakai sebagai seluruh pengguna hak pilih, seperti yang Anda sebutkan; menurut "
    "judulnya kolom ini hanya memuat suara satu calon atau partai, sehingga partisipasi jauh "
    "terlalu rendah.",
)
_GIVE_ALL = Text(
    en="Drop that setting, and give a column of all who voted, or of all valid and all invalid "
    "votes.",
    id="Jangan sebutkan kolom ini sebagai pengguna hak pilih; berikan kolom seluruh pengguna hak "
    "pilih, atau kolom suara sah dan tidak sah.",
)
_OF_STATIONS = Text(
    en="by its header this column counts stations; they are no voters.",
    id="menurut judulnya kolom ini memuat jumlah TPS, bukan pengguna hak pilih.",
)
_GIVE_VOTERS = Text(
    en="Drop that setting, and name the column of those who voted.",
    id="Jangan sebutkan kolom ini sebagai pengguna hak pilih; sebutkan kolom yang memuat pengguna "
    "hak pilih.",
)
_VALID = Text(
    en="valid votes are taken for all who voted, as you said; turnout comes out too low by the "
    "invalid votes.",
    id="suara sah dipakai sebagai seluruh pengguna hak pilih, seperti yang Anda sebutkan; "
    "partisipasi menjadi terlalu rendah sebesar suara tidak sah.",
)
_GIVE_INVALID = Text(
    en="Give the invalid votes where they are known.",
    id="Berikan jumlah suara tidak sah bila diketahui.",
)
_PART = Text(
    en="these are taken for all who voted, as you said; by its header the column holds only those "
    "who voted in one way, and turnout comes out too low by the others.",
    id="kolom ini dipakai sebagai seluruh pengguna hak pilih, seperti yang Anda sebutkan; menurut "
    "judulnya kolom ini hanya memuat yang memilih dengan satu cara, sehingga partisipasi terlalu "
    "rendah sebesar yang lain.",
)
_LEAVE_TO_SUM = Text(
    en="Drop that setting if the other columns are there too: they are added up.",
    id="Jangan sebutkan kolom ini sebagai pengguna hak pilih bila kolom yang lain juga ada: "
    "semuanya dijumlahkan.",
)
_DID_NOT_VOTE = Text(
    en="by its header this column counts those who did not vote; they are no voters.",
    id="menurut judulnya kolom ini memuat yang tidak memilih, bukan pengguna hak pilih.",
)
_LEAVE_TO_DIFFERENCE = Text(
    en="Drop that setting. If the column counts all who did not vote, the voters are then computed "
    "as the registered minus these; if not, give the voters in a column of their own.",
    id="Jangan sebutkan kolom ini sebagai pengguna hak pilih. Bila kolom ini memuat semua yang "
    "tidak memilih, pengguna hak pilih dihitung sebagai DPT dikurangi kolom ini; bila tidak, "
    "berikan pengguna hak pilih di kolom tersendiri.",
)
_ONE_SEX = Text(
    en="these are taken for all who voted, as you said; by its header the column holds one sex "
    "alone.",
    id="kolom ini dipakai sebagai seluruh pengguna hak pilih, seperti yang Anda sebutkan; menurut "
    "judulnya kolom ini hanya memuat satu jenis kelamin.",
)
_GIVE_OTHER_SEX = Text(
    en="Drop that setting, and give the column of the other sex too: they are added up.",
    id="Jangan sebutkan kolom ini sebagai pengguna hak pilih; berikan juga kolom jenis kelamin "
    "lainnya: keduanya dijumlahkan.",
)
_AS_VOTERS = {
    _NON_VOTERS: Rule(NON_VOTERS_AS_VOTERS, "error", _DID_NOT_VOTE, _LEAVE_TO_DIFFERENCE),
    **dict.fromkeys(
        ("stations_total", "stations_counted"),
        Rule("stations_as_voters", "error", _OF_STATIONS, _GIVE_VOTERS),
    ),
    _CANDIDATE: Rule(CANDIDATE_AS_VOTERS, "warning", _OF_CANDIDATE, _GIVE_ALL),
    "valid": Rule("valid_as_voters", "warning", _VALID, _GIVE_INVALID),
    **dict.fromkeys(
        ("voters_l", "voters_p"), Rule("one_sex_as_voters", "warning", _ONE_SEX, _GIVE_OTHER_SEX)
    ),
    **dict.fromkeys(
        ("voters_at_polls", "voters_early", "voters_by_post"),
        Rule("part_as_voters", "warning", _PART, _LEAVE_TO_SUM),
    ),
}
"""What is said of a column that the user has taken for all who voted, and is not."""
