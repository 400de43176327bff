"""Men and women of a roll that cannot be the registered which stand beside them."""

from __future__ import annotations

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.row_rules import VOTERS_LIMIT
from turnout.rules.rule import Rule

SEXES_FAR_OFF = Rule(
    "registered_l_p_far_off",
    "error",
    Text(
        en="men {registered_l:count} and women {registered_p:count} are {both:count} together, not "
        "the {registered:count} registered of {place}: a digit is too many or missing.",
        id="L {registered_l:count} ditambah P {registered_p:count} berjumlah {both:count}, bukan "
        "{registered:count} pemilih terdaftar di {place}: ada digit yang kurang atau berlebih.",
    ),
    Text(
        en="Compare with the official form and correct the figure that is wrong: the forecast "
        "would follow the {registered:count}.",
        id="Bandingkan dengan formulir resmi lalu perbaiki angka yang keliru: prakiraan akan "
        "mengikuti angka {registered:count}.",
    ),
)


def check_roll_sexes(draft: Draft) -> list[Finding]:
    """Find places of a roll where men and women together are far from all registered.

    A few too many or too few deserve a look (`REGISTERED_L_P`): men and women of 0 are not told.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    """
    both = draft.table["registered_l"] + draft.table["registered_p"]
    times = draft.table["registered"] / both.where(both > 0)
    far = (times > VOTERS_LIMIT) | ((times > 0) & (times < 1 / VOTERS_LIMIT))
    told = draft.table[far].assign(both=both[far])
    return SEXES_FAR_OFF.at(draft, told.index, "registered", told)
