"""The rules on the rows of results, one row at a time."""

from __future__ import annotations

from turnout.language import Text
from turnout.rules.part_for_whole import VALID_AND_INVALID
from turnout.rules.plausible import HIGH_TURNOUT
from turnout.rules.row_rules import (
    MORE_STATIONS_THAN_FIT,
    REGISTERED_L_P,
    REGISTERED_PARTS,
    VOTERS_LIMIT,
    VOTERS_PARTS,
    ZERO_REGISTERED,
    RowRule,
    adds_up,
    not_negative,
)
from turnout.rules.rule import Rule

_FILL_OR_DELETE = Text(
    en="Give the number on the roll if it is known, or delete the row.",
    id="Isikan jumlah pemilih dalam DPT bila diketahui, atau hapus barisnya.",
)


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


RESULTS_ROWS: tuple[RowRule, ...] = (
    not_negative("registered", "negative_registered"),
    not_negative("voters", "negative_voters"),
    *(
        not_negative(column, "negative_count")
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
                id="pengguna hak pilih di {place} tertulis 0, artinya tidak seorang pun memilih.",
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
                en="Look for swapped columns, missing digits, or voters who were added to the roll "
                "later (in Indonesia DPTb, DPK) and whom the registered leave out.",
                id="Periksa kolom yang tertukar, digit yang kurang, atau pemilih DPTb dan DPK yang "
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
                en="Add those who joined the roll later (in Indonesia DPTb, DPK) to the "
                "registered, or correct the row (are the two counts swapped?); a model takes it "
                "as 100%, tables and sums keep it as it stands.",
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
    MORE_STATIONS_THAN_FIT,
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
                id="Isi batas bawah (voters_low) dan batas atasnya (voters_high), atau "
                "kosongkan keduanya.",
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
                id="Jumlah pengguna hak pilih adalah angka tunggal terbaik; batas bawah "
                "(voters_low) dan batas atasnya (voters_high) adalah rentang yang paling mungkin "
                "(sembilan dari sepuluh kali). Perbaiki yang keliru.",
            ),
        ),
        "outside_range",
        lambda outside: outside <= 0,
        "voters",
    ),
    REGISTERED_L_P,
    *REGISTERED_PARTS,
    *VOTERS_PARTS,
    adds_up(
        "voters_l_p",
        "voters_gap",
        "voters",
        Text(
            en="men {voters_l:count} and women {voters_p:count} are not the {voters:count} voters.",
            id="L {voters_l:count} ditambah P {voters_p:count} tidak sama dengan {voters:count} "
            "pengguna hak pilih.",
        ),
    ),
    adds_up(
        "voters_by_list",
        "lists_gap",
        "voters",
        Text(
            en="voters on the DPT {voters_dpt:count}, on the DPTb {voters_dptb:count} and on the "
            "DPK {voters_dpk:count} add up to {lists_sum:count}, not to the {voters:count} voters "
            "of {place}: {lists_off:count} too many or too few.",
            id="pengguna hak pilih DPT {voters_dpt:count}, DPTb {voters_dptb:count}, dan DPK "
            "{voters_dpk:count} berjumlah {lists_sum:count}, bukan {voters:count} pengguna hak "
            "pilih di {place}: selisih {lists_off:count}.",
        ),
    ),
    adds_up(
        VALID_AND_INVALID,
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
