"""What a plan says, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from turnout.language import Language, Text, count, percent, points, probability
from turnout.outreach.effect.words import SIMULATED, signed_points
from turnout.outreach_kinds import label_of
from turnout.schema import PLACE_COLUMNS

if TYPE_CHECKING:
    from turnout.outreach.plan.plan import OutreachPlan

RULES: dict[str, Text] = {
    "plan": Text(en="this plan", id="rencana ini"),
    "equal": Text(en="equal split", id="dibagi rata"),
    "largest": Text(en="most registered voters first", id="pemilih terbanyak lebih dahulu"),
    "everyone": Text(
        en="every voter met once by every kind", id="setiap pemilih ditemui sekali per jenis"
    ),
}
"""The ways of placing activities, in words."""


def say_plan(plan: OutreachPlan, lang: Language) -> str:
    """Return a plan in words, one statement per line."""
    own = plan.rule("plan")
    lines = [SIMULATED.say(lang)] if plan.simulated else []
    lines.append(
        _GAIN.say(
            lang,
            n=own["activities"],
            people=own["people"],
            share=own["people"] / plan.figures["registered"],
            **_gain(own, lang),
            voters=own["gain_voters"],
        )
    )
    lines += _say_used(plan, own, lang)
    lines.append(_MOST.say(lang, places=_busiest(plan, lang)))
    told = _LIKE_EQUAL if plan.like_equal else _BETTER
    lines.append(
        told.say(
            lang,
            better=points(plan.figures["better"], lang, 3),
            equal=_gain(plan.rule("equal"), lang)["gain"],
            largest=_gain(plan.rule("largest"), lang)["gain"],
        )
    )
    if "goal" in plan.figures:
        lines += _say_goal(plan, lang)
    if not plan.figures["estimated"]:
        lines.append(_PRIOR_ONLY.say(lang))
    if not plan.figures["exact"]:
        lines.append(_NEARLY.say(lang))
    return "\n".join(lines)


def _say_used(plan: OutreachPlan, own: Mapping[str, float], lang: Language) -> list[str]:
    """Say how much of the budget a plan takes, and that it meets people more than once."""
    amount, used = plan.budget.amount, own[plan.budget.unit]
    unit = _UNITS[plan.budget.unit]
    lines = [_USED.say(lang, used=used, amount=amount, unit=unit, share=used / amount)]
    if own["people"] > plan.figures["registered"]:
        lines.append(_MORE_THAN_ONCE.say(lang))
    return lines


def comparison_to_read(plan: OutreachPlan, lang: Language) -> pd.DataFrame:
    """Return the comparison of rules as people read it."""
    table = plan.comparison
    columns = {
        _RULE: [RULES[rule].say(lang) for rule in table["rule"]],
        _ACTIVITIES: [count(value, lang) for value in table["activities"]],
        _PEOPLE: [count(value, lang) for value in table["people"]],
        _VOTERS: [count(value, lang) for value in table["gain_voters"]],
        _POINTS: [_RANGE.say(lang, **_gain(plan.rule(rule), lang)) for rule in table["rule"]],
    }
    if table["prob_goal"].notna().any():
        draws = int(plan.figures["draws"])
        columns[_PROBABILITY] = [probability(value, lang, draws) for value in table["prob_goal"]]
    return pd.DataFrame({header.say(lang): cells for header, cells in columns.items()})


def _say_goal(plan: OutreachPlan, lang: Language) -> list[str]:
    figures = plan.figures
    if figures["gap"] <= 0:
        return [_MET.say(lang, goal=figures["goal"], median=figures["median"])]
    after = plan.rule("plan")["prob_goal"]
    lines = [
        _GOAL.say(
            lang,
            goal=figures["goal"],
            gap=points(figures["gap"], lang),
            median=figures["median"],
            before=_chance(plan, figures["prob_before"], lang),
            after=_chance(plan, after, lang),
            change=signed_points(after - figures["prob_before"], lang, 1),
        )
    ]
    told = _OUT_OF_REACH if plan.out_of_reach else _WITHIN
    lines.append(told.say(lang, goal=figures["goal"], **_gain(plan.rule("everyone"), lang)))
    return lines


def _chance(plan: OutreachPlan, share: float, lang: Language) -> str:
    """Return a probability to one decimal, as it changes by little; its bound beyond 1 and 99%."""
    if min(share, 1 - share) < _RARE:
        return probability(share, lang, int(plan.figures["draws"]))
    return percent(share, lang)


_RARE = 0.01


def _gain(row: Mapping[str, float], lang: Language) -> dict[str, str]:
    """Return a gain and its interval in points: hundredths only where it is below one point."""
    decimals = 2 if abs(row["gain"]) < _SMALL else 1
    return {name: points(row[name], lang, decimals) for name in ("gain", "lower", "upper")}


_SMALL = 0.01


def _busiest(plan: OutreachPlan, lang: Language) -> str:
    """Return the places with the most activities: how many of each kind, and whom they meet."""
    table = plan.table[plan.table["activities"] > 0]
    table = table.sort_values("activities", ascending=False, kind="stable")
    finest = [name for name in PLACE_COLUMNS if table[name].notna().any()]
    names = table[finest[-1]] if finest else table["area_id"]
    options = {f"activities_{one.name}": option_label(one.name, lang) for one in plan.means.options}
    told = []
    for name, (_, row) in zip(names, table.head(_FIRST).iterrows(), strict=False):
        chosen = [f"{count(row[one], lang)} {word}" for one, word in options.items() if row[one]]
        told.append(_THERE.say(lang, place=name, kinds=", ".join(chosen), people=row["people"]))
    left = len(table) - len(told)
    return "; ".join([*told, _OTHERS.say(lang, n=left)] if left else told)


def option_label(name: str, lang: Language) -> str:
    """Return an option in words: its kind, and the group of voters that it is for.

    >>> option_label("workshop:women", "en")
    'workshop (women)'
    """
    kind, _, segment = name.partition(":")
    told = label_of(kind, lang)
    return f"{told} ({label_of(segment, lang)})" if segment else told


_FIRST = 5
"""Places whose activities the text names; all are in the plan's table."""
_THERE = Text(
    en="{place} {kinds} ({people:count} people)", id="{place} {kinds} ({people:count} orang)"
)
_OTHERS = Text(en="{n:count:place:places} more", id="{n:count} wilayah lainnya")


_GAIN = Text(
    en="{n:count} activities that meet {people:count} people ({share:percent} of the registered) "
    "gain {gain} points of turnout (90%: {lower} to {upper}), about {voters:count} voters.",
    id="{n:count} kegiatan yang menemui {people:count} orang ({share:percent} dari pemilih "
    "terdaftar) menaikkan partisipasi sebesar {gain} poin (90%: {lower} s.d. {upper}), sekitar "
    "{voters:count} pemilih.",
)
_USED = Text(
    en="Used of the budget: {used:count} of {amount:count}{unit} ({share:percent}).",
    id="Anggaran terpakai: {used:count} dari {amount:count}{unit} ({share:percent}).",
)
_UNITS = {
    "activities": Text(en=" activities", id=" kegiatan"),
    "people": Text(en=" people", id=" orang"),
    "money": Text(en="", id=""),
}
_MORE_THAN_ONCE = Text(
    en="That is more people than are registered: whoever is met by several kinds of activity "
    "counts for each.",
    id="Itu lebih banyak daripada pemilih terdaftar: orang yang ditemui dalam beberapa jenis "
    "kegiatan dihitung untuk setiap jenis.",
)
_MOST = Text(en="Where: {places}.", id="Lokasi: {places}.")
_BETTER = Text(
    en="That is {better} points more than an equal split ({equal} points); the largest areas first "
    "gain {largest} points.",
    id="Itu {better} poin lebih banyak daripada dibagi rata ({equal} poin); mendahulukan wilayah "
    "terbesar menghasilkan {largest} poin.",
)
_LIKE_EQUAL = Text(
    en="It cannot be told from an equal split ({equal} points; {better} points of difference, less "
    "than the doubt about the gain): activities can be shared out evenly. The largest areas "
    "first gain {largest} points.",
    id="Rencana ini tidak dapat dibedakan dari pembagian rata ({equal} poin; selisih {better} "
    "poin, lebih kecil dari ketidakpastiannya): kegiatan boleh dibagi merata. Mendahulukan wilayah "
    "terbesar menghasilkan {largest} poin.",
)
_GOAL = Text(
    en="The goal of {goal:goal} lies {gap} points above the median forecast of "
    "{median:percent}; the plan changes its probability from {before} to {after} "
    "({change} points).",
    id="Target {goal:goal} berada {gap} poin di atas median prakiraan {median:percent}; rencana "
    "ini mengubah peluangnya dari {before} menjadi {after} ({change} poin).",
)
_MET = Text(
    en="The median forecast of {median:percent} is above the goal of {goal:goal} already.",
    id="Median prakiraan {median:percent} sudah di atas target {goal:goal}.",
)
_OUT_OF_REACH = Text(
    en="No such plan reaches {goal:goal}: even meeting every voter once by every kind gains "
    "{gain} points (90%: {lower} to {upper}). If the goal is reached, it is by the election "
    "itself, not by activities.",
    id="Tidak ada rencana seperti ini yang mencapai {goal:goal}: menemui setiap pemilih sekali "
    "per jenis kegiatan pun hanya menambah {gain} poin (90%: {lower} s.d. {upper}). Bila target "
    "tercapai, penyebabnya pemilihan itu sendiri, bukan kegiatan sosialisasi.",
)
_WITHIN = Text(
    en="Meeting every voter once by every kind would gain {gain} points (90%: {lower} to {upper}).",
    id="Menemui setiap pemilih sekali per jenis kegiatan akan menambah {gain} poin (90%: {lower} "
    "s.d. {upper}).",
)
_PRIOR_ONLY = Text(
    en="What an activity changes is taken from trials elsewhere; no log of past ones was used.",
    id="Dampak kegiatan diambil dari uji coba di tempat lain; tidak ada catatan kegiatan yang "
    "dipakai.",
)
_NEARLY = Text(
    en="Found by taking the largest gain per cost at every step; a slightly better plan may exist.",
    id="Disusun dengan memilih tambahan terbesar per biaya pada setiap langkah; rencana yang "
    "sedikit lebih baik mungkin ada.",
)
_RULE = Text(en="Activities placed by", id="Penempatan kegiatan")
_ACTIVITIES = Text(en="Activities", id="Kegiatan")
_PEOPLE = Text(en="People met", id="Orang ditemui")
_VOTERS = Text(en="Voters gained", id="Tambahan pemilih")
_POINTS = Text(en="Points gained (90%)", id="Tambahan poin (90%)")
_PROBABILITY = Text(en="Probability of the goal", id="Peluang mencapai target")
_RANGE = Text(en="{gain} ({lower} to {upper})", id="{gain} ({lower} s.d. {upper})")
