"""The rules on one row at a time."""

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

HIGH_TURNOUT = 0.97
"""Turnout (share) above which a row deserves a look."""


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
_FILL_OR_DELETE = Text(
    en="Give the number on the roll if it is known, or delete the row.",
    id="Isikan jumlah pemilih dalam DPT bila diketahui, atau hapus barisnya.",
)


def _not_negative(column: str, name: str) -> RowRule:
    rule = Rule(
        name,
        "error",
        Text(en="a count below zero.", id="jumlah di bawah nol."),
        Text(
            en="Correct the count; leave the cell blank if it is not known (-1 is read as blank).",
            id="Perbaiki jumlahnya; kosongkan selnya bila tidak diketahui (-1 dibaca kosong).",
        ),
    )
    return RowRule(rule, column, lambda values: values >= 0, column)


def _known(column: str, name: str, remedy: Text) -> RowRule:
    rule = Rule(
        name,
        "warning",
        Text(
            en="no figure for {place} in {contest:contest}, so the row says nothing.",
            id="tidak ada angka untuk {place} pada {contest:contest}, sehingga baris ini tidak "
            "terpakai.",
        ),
        remedy,
    )
    return RowRule(rule, f"{column}_known", lambda values: values > 0, column)


def _adds_up(name: str, measure: str, column: str, message: Text) -> RowRule:
    return RowRule(Rule(name, "warning", message, _LOOK_UP), measure, lambda gap: gap == 0, column)


def _part_of(column: str, message: Text) -> RowRule:
    rule = Rule("part_above_whole", "error", message, _LOOK_UP)
    return RowRule(rule, f"{column}_over", lambda over: over <= 0, column)


ZERO_REGISTERED = RowRule(
    Rule(
        "zero_registered",
        "error",
        Text(
            en="no registered voters in {place}: zero is not the same as unknown.",
            id="pemilih terdaftar di {place} nol: angka nol berbeda dari tidak diketahui.",
        ),
        _BLANK_IF_UNKNOWN,
    ),
    "registered_in_force",
    lambda values: values != 0,
    "registered",
)

REGISTERED_L_P = _adds_up(
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
    _part_of(
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
    _part_of(
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
    _not_negative("registered", "negative_registered"),
    _not_negative("registered_l", "negative_count"),
    _not_negative("registered_p", "negative_count"),
    ZERO_REGISTERED,
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

RESULTS_ROWS: tuple[RowRule, ...] = (
    _not_negative("registered", "negative_registered"),
    _not_negative("voters", "negative_voters"),
    *(
        _not_negative(column, "negative_count")
        for column in (
            "voters_low",
            "voters_high",
            "stations_counted",
            "stations_total",
            "valid",
            "invalid",
            "registered_l",
            "registered_p",
            "voters_l",
            "voters_p",
        )
    ),
    ZERO_REGISTERED,
    _known("registered", "missing_registered", _FILL_OR_DELETE),
    _known(
        "voters",
        "missing_voters",
        Text(
            en="Give the count of voters if it is known, or delete the row.",
            id="Isikan jumlah pengguna hak pilih bila diketahui, atau hapus barisnya.",
        ),
    ),
    RowRule(
        Rule(
            "zero_voters",
            "warning",
            Text(
                en="nobody voted in {place}: zero is not the same as unknown.",
                id="pengguna hak pilih di {place} nol: angka nol berbeda dari tidak diketahui.",
            ),
            Text(
                en="Leave the cell blank if the count is not known.",
                id="Kosongkan selnya bila jumlahnya tidak diketahui.",
            ),
        ),
        "turnout",
        lambda turnout: turnout != 0,
        "voters",
    ),
    RowRule(
        Rule(
            "voters_far_above_registered",
            "error",
            Text(
                en="{voters:count} voters of {registered:count} registered in {place}, more than "
                "1.5 times as many.",
                id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di "
                "{place}, lebih dari 1,5 kali lipat.",
            ),
            Text(
                en="Look for swapped columns, missing digits, or voters on added lists (DPTb, DPK) "
                "that the registered leave out.",
                id="Periksa kolom yang tertukar, angka yang hilang, atau pemilih DPTb dan DPK yang "
                "belum masuk dalam pemilih terdaftar.",
            ),
        ),
        "turnout",
        lambda turnout: turnout <= VOTERS_LIMIT,
        "voters",
    ),
    RowRule(
        Rule(
            "voters_above_registered",
            "warning",
            Text(
                en="{voters:count} voters of {registered:count} registered in {place}.",
                id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di "
                "{place}.",
            ),
            Text(
                en="Add the lists of added voters (DPTb, DPK) to the registered, or correct the "
                "row (are the two counts swapped?); a model takes it as 100%, tables and sums keep "
                "it as it stands.",
                id="Tambahkan DPTb dan DPK ke pemilih terdaftar, atau perbaiki barisnya (apakah "
                "kedua angkanya tertukar?); model menganggapnya 100%, tabel dan jumlah memakai "
                "angkanya apa adanya.",
            ),
        ),
        "turnout",
        lambda turnout: (turnout <= 1) | (turnout > VOTERS_LIMIT),
        "voters",
    ),
    RowRule(
        Rule(
            "high_turnout",
            "warning",
            Text(
                en="turnout of {turnout:percent} in {place} is rare.",
                id="tingkat partisipasi {turnout:percent} di {place} jarang terjadi.",
            ),
            Text(
                en="Compare with the official form; the registered may lack the added voters.",
                id="Bandingkan dengan formulir resmi; DPT mungkin belum memuat pemilih tambahan.",
            ),
        ),
        "turnout",
        lambda turnout: (turnout <= HIGH_TURNOUT) | (turnout > 1),
        "voters",
    ),
    RowRule(
        Rule(
            "stations_above_total",
            "error",
            Text(
                en="{stations_counted:count} stations counted of {stations_total:count} in all.",
                id="{stations_counted:count} TPS masuk dari {stations_total:count} TPS seluruhnya.",
            ),
            Text(
                en="Correct either count; the columns may be swapped.",
                id="Perbaiki salah satunya; kolomnya mungkin tertukar.",
            ),
        ),
        "stations_over",
        lambda over: over <= 0,
        "stations_counted",
    ),
    RowRule(
        Rule(
            "more_stations_than_fit",
            "warning",
            Text(
                en="{stations_total:count} stations for {registered:count} registered in {place}.",
                id="{stations_total:count} TPS untuk {registered:count} pemilih terdaftar di "
                "{place}.",
            ),
            Text(
                en="Look for swapped columns: a count of stations is no count of voters.",
                id="Periksa kolom yang tertukar: jumlah TPS bukan jumlah pemilih.",
            ),
        ),
        "registered_per_station",
        lambda registered: (registered >= FEWEST_PER_STATION) | (registered == 0),
        "stations_total",
    ),
    RowRule(
        Rule(
            "half_a_range",
            "error",
            Text(
                en="the range of the voters in {place} has one end only.",
                id="rentang pengguna hak pilih di {place} hanya berisi satu batas.",
            ),
            Text(
                en="Fill in both voters_low and voters_high, or leave both blank.",
                id="Isi voters_low dan voters_high, atau kosongkan keduanya.",
            ),
        ),
        "range_bounds",
        lambda bounds: bounds != 1,
        "voters_low",
    ),
    RowRule(
        Rule(
            "voters_outside_range",
            "error",
            Text(
                en="{voters:count} voters in {place} do not lie between {voters_low:count} and "
                "{voters_high:count}, the range that is given for them.",
                id="{voters:count} pengguna hak pilih di {place} tidak berada di antara "
                "{voters_low:count} dan {voters_high:count}, rentang yang diberikan untuknya.",
            ),
            Text(
                en="voters is the best single figure, voters_low and voters_high where it most "
                "likely lies (nine times in ten). Correct one of the three.",
                id="pengguna hak pilih adalah angka tunggal terbaik; voters_low dan voters_high "
                "adalah rentang yang paling mungkin (sembilan dari sepuluh kali). Perbaiki salah "
                "satunya.",
            ),
        ),
        "outside_range",
        lambda outside: outside <= 0,
        "voters",
    ),
    REGISTERED_L_P,
    *REGISTERED_PARTS,
    *VOTERS_PARTS,
    _adds_up(
        "voters_l_p",
        "voters_gap",
        "voters",
        Text(
            en="men {voters_l:count} and women {voters_p:count} are not the {voters:count} voters.",
            id="L {voters_l:count} ditambah P {voters_p:count} tidak sama dengan {voters:count} "
            "pengguna hak pilih.",
        ),
    ),
    _adds_up(
        "voters_by_list",
        "lists_gap",
        "voters",
        Text(
            en="voters on the DPT {voters_dpt:count}, on the DPTb {voters_dptb:count} and on the "
            "DPK {voters_dpk:count} are not the {voters:count} voters of {place}.",
            id="pengguna hak pilih DPT {voters_dpt:count}, DPTb {voters_dptb:count}, dan DPK "
            "{voters_dpk:count} bila dijumlahkan tidak sama dengan {voters:count} pengguna hak "
            "pilih di {place}.",
        ),
    ),
    _adds_up(
        "valid_and_invalid",
        "ballots_gap",
        "voters",
        Text(
            en="valid {valid:count} and invalid {invalid:count} ballots are not the {voters:count} "
            "voters.",
            id="suara sah {valid:count} ditambah tidak sah {invalid:count} tidak sama dengan "
            "{voters:count} pengguna hak pilih.",
        ),
    ),
)
