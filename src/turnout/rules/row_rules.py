"""Rules on one row at a time, and those on the rows of a roll."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from turnout.language import Text
from turnout.rules.rule import Rule

VOTERS_LIMIT = 1.5
"""Voters per registered voter above which a row is an error and not a warning."""

FEWEST_PER_STATION = 5
"""Registered voters per station below which the stations are hardly stations."""


@dataclass(frozen=True)
class RowRule:
    """A rule on one figure of a row: the `measure` must hold; the finding points at `column`."""

    rule: Rule
    measure: str
    holds: Callable[[pd.Series], pd.Series]
    column: str


_LOOK_UP = Text(
    en="Compare with the official form and correct the row.",
    id="Bandingkan dengan formulir resmi lalu perbaiki barisnya.",
)
_BLANK_IF_UNKNOWN = Text(
    en="Give the number on the roll; leave the cell blank if it is not known.",
    id="Isikan jumlah pemilih dalam DPT; kosongkan selnya bila tidak diketahui.",
)


def not_negative(column: str, name: str) -> RowRule:
    """Return the rule that a count is not below zero."""
    rule = Rule(
        name,
        "error",
        Text(en="a count below zero.", id="jumlah di bawah nol."),
        Text(
            en="Correct the count; leave the cell blank if it is not known.",
            id="Perbaiki jumlahnya; kosongkan selnya bila tidak diketahui.",
        ),
    )
    return RowRule(rule, column, lambda values: values >= 0, column)


def adds_up(name: str, measure: str, column: str, message: Text) -> RowRule:
    """Return the rule that parts make up their whole: the gap that is measured is none."""
    return RowRule(Rule(name, "warning", message, _LOOK_UP), measure, lambda gap: gap == 0, column)


def _part_of(column: str, message: Text) -> RowRule:
    rule = Rule("part_above_whole", "error", message, _LOOK_UP)
    return RowRule(rule, f"{column}_over", lambda over: over <= 0, column)


def _group_of(column: str, message: Text) -> RowRule:
    """Return the rule that a group is no more than all; only what is told of it goes wrong."""
    rule = Rule("group_above_whole", "warning", message, _LOOK_UP)
    return RowRule(rule, f"{column}_over", lambda over: over <= 0, column)


ZERO_REGISTERED = RowRule(
    Rule(
        "zero_registered",
        "error",
        Text(
            en="no registered voters in {place}: zero is not the same as unknown.",
            id="pemilih terdaftar di {place} tertulis 0, artinya tidak ada pemilih di sana.",
        ),
        _BLANK_IF_UNKNOWN,
    ),
    "registered_in_force",
    lambda values: values != 0,
    "registered",
)

MORE_STATIONS_THAN_FIT = RowRule(
    Rule(
        "more_stations_than_fit",
        "warning",
        Text(
            en="{stations_total:count} stations for {registered:count} registered in {place}.",
            id="{stations_total:count} TPS untuk {registered:count} pemilih terdaftar di {place}.",
        ),
        Text(
            en="Look for swapped columns (a count of stations is no count of voters), or for a "
            "digit too many or missing.",
            id="Periksa kolom yang tertukar (jumlah TPS bukan jumlah pemilih), atau digit yang "
            "kurang atau berlebih.",
        ),
    ),
    "registered_per_station",
    lambda registered: (registered >= FEWEST_PER_STATION) | (registered == 0),
    "stations_total",
)

REGISTERED_L_P = adds_up(
    "registered_l_p",
    "registered_gap",
    "registered",
    Text(
        en="men {registered_l:count} and women {registered_p:count} are not the "
        "{registered:count} registered.",
        id="L {registered_l:count} ditambah P {registered_p:count} tidak sama dengan "
        "{registered:count} pemilih terdaftar.",
    ),
)

REGISTERED_PARTS = (
    _group_of(
        "registered_disabled",
        Text(
            en="{registered_disabled:count} registered voters with disabilities are more than the "
            "{registered:count} registered.",
            id="{registered_disabled:count} pemilih terdaftar disabilitas, padahal seluruhnya "
            "{registered:count}.",
        ),
    ),
    _part_of(
        "registered_l",
        Text(
            en="men {registered_l:count} are more than the {registered:count} registered.",
            id="{registered_l:count} pemilih terdaftar L, padahal seluruhnya {registered:count}.",
        ),
    ),
    _part_of(
        "registered_p",
        Text(
            en="women {registered_p:count} are more than the {registered:count} registered.",
            id="{registered_p:count} pemilih terdaftar P, padahal seluruhnya {registered:count}.",
        ),
    ),
)


def _list_of_voters(column: str, name: str) -> RowRule:
    return _part_of(
        column,
        Text(
            en=f"{{{column}:count}} voters on the {name} are more than the {{voters:count}} voters "
            "of {place}.",
            id=f"{{{column}:count}} pengguna hak pilih {name}, padahal seluruh pengguna hak pilih "
            "di {place} {voters:count}.",
        ),
    )


def _sex_far_above(ending: str, en: str, id: str) -> RowRule:
    registered, voters = f"{{registered{ending}:count}}", f"{{voters{ending}:count}}"
    rule = Rule(
        "sex_far_above_registered",
        "error",
        Text(
            en=f"{voters} {en} voted of {registered} registered in {{place}}, and men and women "
            "together are not the {voters:count} voters.",
            id=f"{voters} pengguna hak pilih {id} dari {registered} pemilih terdaftar {id} di "
            "{place}, dan L ditambah P tidak sama dengan {voters:count} pengguna hak pilih.",
        ),
        _LOOK_UP,
    )
    return RowRule(
        rule, f"turnout{ending}", lambda turnout: turnout <= VOTERS_LIMIT, f"voters{ending}"
    )


VOTERS_PARTS = (
    _list_of_voters("voters_dpt", "DPT"),
    _list_of_voters("voters_dptb", "DPTb"),
    _list_of_voters("voters_dpk", "DPK"),
    RowRule(
        Rule(
            "part_above_whole",
            "error",
            Text(
                en="voters on the lists that are told here (DPT, DPTb or DPK) are "
                "{lists_sum:count} together, {lists_off:count} more than the {voters:count} voters "
                "of {place}.",
                id="pengguna hak pilih dari daftar yang ada di sini (DPT, DPTb, atau DPK) "
                "berjumlah {lists_sum:count}, lebih {lists_off:count} dari {voters:count} pengguna "
                "hak pilih di {place}.",
            ),
            _LOOK_UP,
        ),
        "lists_over",
        lambda over: over <= 0,
        "voters",
    ),
    _group_of(
        "voters_disabled",
        Text(
            en="{voters_disabled:count} voters with disabilities are more than the {voters:count} "
            "voters.",
            id="{voters_disabled:count} pengguna hak pilih disabilitas, padahal seluruhnya "
            "{voters:count}.",
        ),
    ),
    _sex_far_above("_l", "men", "L"),
    _sex_far_above("_p", "women", "P"),
    _part_of(
        "voters_l",
        Text(
            en="men {voters_l:count} are more than the {voters:count} voters.",
            id="{voters_l:count} pengguna hak pilih L, padahal seluruhnya {voters:count}.",
        ),
    ),
    _part_of(
        "voters_p",
        Text(
            en="women {voters_p:count} are more than the {voters:count} voters.",
            id="{voters_p:count} pengguna hak pilih P, padahal seluruhnya {voters:count}.",
        ),
    ),
    _part_of(
        "valid",
        Text(
            en="valid ballots {valid:count} are more than the {voters:count} voters.",
            id="suara sah {valid:count} lebih banyak daripada {voters:count} pengguna hak pilih.",
        ),
    ),
    _part_of(
        "invalid",
        Text(
            en="invalid ballots {invalid:count} are more than the {voters:count} voters.",
            id="suara tidak sah {invalid:count} lebih banyak daripada {voters:count} pengguna hak "
            "pilih.",
        ),
    ),
)

ROLL_ROWS: tuple[RowRule, ...] = (
    not_negative("registered", "negative_registered"),
    not_negative("registered_l", "negative_count"),
    not_negative("registered_p", "negative_count"),
    not_negative("stations_total", "negative_count"),
    ZERO_REGISTERED,
    MORE_STATIONS_THAN_FIT,
    RowRule(
        Rule(
            "missing_registered",
            "error",
            Text(
                en="no registered voters given for {place}.",
                id="jumlah pemilih terdaftar {place} tidak diisi.",
            ),
            Text(
                en="Fill in the roll's count, an estimate if need be (column estimated = yes), or "
                "delete the row.",
                id="Isikan jumlah dalam DPT, bila perlu perkiraan (kolom estimasi = ya), atau "
                "hapus barisnya.",
            ),
        ),
        "registered_known",
        lambda values: values > 0,
        "registered",
    ),
    REGISTERED_L_P,
    *REGISTERED_PARTS,
)
