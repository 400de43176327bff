"""Voters registered on lists beside the fixed one, which the registered of a table leave out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.kinds import says_total
from turnout.language import Text
from turnout.reading.headers.contests import find_contest
from turnout.reading.headers.groups import OTHER_LISTS
from turnout.reading.headers.match import Header
from turnout.reading.headers.plain import in_full, split_sex, without_noise, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Table
from turnout.reading.values.numerals import parse_numbers
from turnout.surroundings import Setting, Settings
from turnout.voter_lists import lists_named, of_all_lists

_WHOLE = "pemilih"
_USERS = ("voters_dpt", "voters_dptb", "voters_dpk")
_NAMED = 2
"""Strength of a header that says *registered* itself, or of which the user says so."""
_GROUP = ("pemilih", "dalam", "terdaftar")


def tell_of_other_lists(table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Return a warning where all voters are divided by the fixed list, and others stand beside it.

    Which of them turnout is divided by is the user's to say: the two differ by a point or two.

    Parameters
    ----------
    table
        The table with its headers.
    vocabulary
        The columns to look for.
    """
    if "voters" not in vocabulary.names:
        return []
    at = {h.names[0]: p for p, h in enumerate(table.headers) if h.meaning == "column"}
    beside = [p for p, header in enumerate(table.headers) if _other_list(header)]
    voted = [at[name] for name in (("voters",) if "voters" in at else _USERS) if name in at]
    wholes = {ending: p for p, h in enumerate(table.headers) if (ending := _whole(h)) is not None}
    beside = beside or [p for p in wholes.values() if of_all_lists(table.headers[p].written)]
    if "registered" not in at or not beside or not voted:
        return []
    fixed = table.headers[at["registered"]]
    if fixed.strength >= _NAMED or lists_named(fixed.written) != ("DPT",):
        return []
    summed = [wholes[""]] if "" in wholes else [at["registered"], *beside]
    values: dict[str, object] = {
        "fixed": fixed.written,
        "voters": " + ".join(table.headers[p].written for p in voted),
        "others": [table.headers[p].written for p in beside],
        "share": _share(table, voted, [at["registered"]]),
        "all": _share(table, voted, summed),
    }
    remedy = _ADD
    if "" in wholes:
        values["settings"] = Settings(_settings(table, wholes, vocabulary.role))
        remedy = _SAY
    spot = Spot(table.grid.file, table.grid.sheet, column=fixed.written)
    return [Finding("other_lists", "warning", _BESIDE, remedy, spot, values)]


def _other_list(header: Header) -> bool:
    """Whether a header is of all voters registered on a list beside the fixed one."""
    base, ending = _parted(header)
    rest = " ".join(word for word in base.split() if word not in _GROUP)
    return header.meaning == "own" and not ending and rest in OTHER_LISTS


def _whole(header: Header) -> str | None:
    """Return whose sum over all lists a header is: of a sex, or of both (""); None if of none."""
    base, ending = _parted(header)
    whole = _WHOLE in base.split() and set(base.split()) <= set(_GROUP)
    whole = whole or of_all_lists(base)
    return ending if header.meaning in ("own", "question") and whole else None


def _parted(header: Header) -> tuple[str, str]:
    base, sex = split_sex(without_noise(in_full(words(find_contest(header.written)[1]))))
    return base, sex or ""


def _settings(table: Table, wholes: dict[str, int], role: str) -> tuple[Setting, ...]:
    endings = [ending for ending in ("", "_l", "_p") if ending in wholes]
    written = {ending: table.headers[wholes[ending]].written for ending in endings}
    return tuple(Setting("columns", written[one], f"registered{one}", role) for one in endings)


def _share(table: Table, voters: Sequence[int], registered: Sequence[int]) -> float:
    """Return the voters of all places as a share of the registered on some lists.

    Rows that call themselves totals tell the same once more, or contradict them.
    """
    names = table.cells.iloc[:, : min([*voters, *registered])]
    total = names.map(says_total).any(axis=1).astype(bool)
    voted, roll = (
        pd.concat([parse_numbers(table.cells.iloc[:, p], whole=True).values for p in of], axis=1)
        for of in (voters, registered)
    )
    whole = ~total & voted.notna().all(axis=1) & roll.notna().any(axis=1)
    counted = float(roll[whole].sum().sum())
    return float(voted[whole].sum().sum()) / counted if counted else float("nan")


_BESIDE = Text(
    en="turnout is {voters} divided by {fixed}: {share:percent}. Beside these stand voters on "
    "other lists ({others:list}); divided by all of them it would be {all:percent}.",
    id="partisipasi adalah {voters} dibagi {fixed}: {share:percent}. Di sampingnya ada pemilih "
    "dari daftar lain ({others:list}); bila dibagi semuanya menjadi {all:percent}.",
)
_SAY = Text(
    en="Take the same for every election, and name it in registered_basis. To divide by all: "
    "{settings}.",
    id="Pakai penyebut yang sama untuk setiap pemilihan, dan sebutkan di kolom 'penyebut'. Agar "
    "semuanya menjadi penyebut: {settings}.",
)
_ADD = Text(
    en="Take the same for every election, and name it in registered_basis. To divide by all, put "
    "their sum into a column 'registered' of its own.",
    id="Pakai penyebut yang sama untuk setiap pemilihan, dan sebutkan di kolom 'penyebut'. Agar "
    "semuanya menjadi penyebut, tulis jumlahnya di kolom tersendiri berjudul 'registered'.",
)
