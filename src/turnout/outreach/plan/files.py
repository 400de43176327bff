"""A plan as files: plan.csv for programs, plan.xlsx for the staff who carry it out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from turnout.language import Language, Text
from turnout.output.files import make_folder, write_bytes
from turnout.output.tables import write_table
from turnout.output.workbook import Book, fit_to_page
from turnout.outreach.effect.words import SIMULATED
from turnout.outreach.plan.plan import OutreachPlan
from turnout.outreach.plan.words import comparison_to_read, option_label
from turnout.schema import PLACE_COLUMNS, SCALE_WORDS

_COUNT, _SHARE = "#,##0", "0.0%"
_WIDEST = 28


def write_plan(plan: OutreachPlan, folder: Path, lang: Language) -> list[str]:
    """Write plan.csv and plan.xlsx into a folder, and return their names.

    Parameters
    ----------
    plan
        From `plan_outreach`.
    folder
        Where to; made where it is not there.
    lang
        Language of the workbook; the columns of plan.csv are English always.
    """
    make_folder(folder)
    table = plan.table.dropna(axis=1, how="all")
    if plan.simulated:
        table = table.assign(simulated=True)
    write_table(table, folder / "plan.csv", float_format="%.6g")
    book = Book()
    _fill_plan(book, book.page(_PLAN.say(lang)), plan, lang)
    _fill_summary(book, book.page(_SUMMARY.say(lang)), plan, lang)
    write_bytes(book.content(), folder / "plan.xlsx")
    return ["plan.csv", "plan.xlsx"]


def _fill_plan(book: Book, page: Worksheet, plan: OutreachPlan, lang: Language) -> None:
    table = plan.table.dropna(axis=1, how="all")
    several = [n for n in PLACE_COLUMNS if n in table and table[n].nunique() > 1]
    places = several or [name for name in PLACE_COLUMNS if name in table][-1:]
    options = [f"activities_{option.name}" for option in plan.means.options]
    shown = ["activities", *(options if len(options) > 1 else []), "people", "money"]
    shown = [*places, "area_id", "registered", "median", *shown, "gain_voters"]
    shown += ["uplift_equal_shift", "uplift_non_voters", "uplift_own_best"]
    shown = [name for name in shown if name in table]
    head = 1 if plan.simulated else 0
    if plan.simulated:
        book.write(page, 0, 0, SIMULATED.say(lang))
    labels = {option: option_label(option.removeprefix("activities_"), lang) for option in options}
    headers = [labels.get(name) or _header(name, lang) for name in shown]
    # Two columns to fill in: a plan is also the sheet on which work is recorded.
    headers += [_DONE.say(lang), _MET.say(lang)]
    for column, header in enumerate(headers):
        book.write(page, head, column, header, book.style(bold=True, text_wrap=True, valign="top"))
    ordered = table.sort_values("activities", ascending=False, kind="stable")
    for column, name in enumerate(shown):
        values = [None if pd.isna(one) else one for one in ordered[name].astype("object")]
        style = book.style(num_format=_format_of(name))
        for row, value in enumerate(values, start=head + 1):
            book.write(page, row, column, value, style)
        page.set_column(column, column, _width(values))
    page.set_column(len(shown), len(headers) - 1, _width(()))
    page.freeze_panes(head + 1, 1)
    page.autofilter(head, 0, head + len(ordered), len(headers) - 1)
    fit_to_page(page, header=head == 0)


def _fill_summary(book: Book, page: Worksheet, plan: OutreachPlan, lang: Language) -> None:
    lines = plan.say(lang).splitlines()
    for row, line in enumerate(lines):
        book.write(page, row, 0, line)
    table = comparison_to_read(plan, lang)
    head = len(lines) + 1
    for column, name in enumerate(table.columns):
        book.write(page, head, column, str(name), book.style(bold=True))
        for row, value in enumerate(table[name], start=head + 1):
            book.write(page, row, column, value)
    page.set_column(0, len(table.columns) - 1, _WIDEST)
    fit_to_page(page, header=False)


def _format_of(name: str) -> str:
    return _SHARE if name == "median" or name.startswith("uplift") else _COUNT


def _width(values: Iterable[object]) -> float:
    texts = [len(value) for value in values if isinstance(value, str)]
    return float(min(_WIDEST, max([11, *(size + 2 for size in texts)])))


def _header(name: str, lang: Language) -> str:
    return {**SCALE_WORDS, **_HEADERS}[name].say(lang).capitalize()


_PLAN = Text(en="plan", id="rencana")
_SUMMARY = Text(en="summary", id="ringkasan")
_DONE = Text(en="Activities held (fill in)", id="Kegiatan terlaksana (diisi)")
_MET = Text(en="People met (fill in)", id="Orang ditemui (diisi)")
_HEADERS = {
    "area_id": Text(en="Code", id="Kode wilayah"),
    "registered": Text(en="Registered", id="Pemilih terdaftar"),
    "median": Text(en="Median forecast", id="Median prakiraan"),
    "activities": Text(en="Activities", id="Jumlah kegiatan"),
    "people": Text(en="People to meet", id="Orang yang ditemui"),
    "money": Text(en="Cost", id="Biaya"),
    "gain_voters": Text(en="Expected extra voters", id="Perkiraan tambahan pemilih"),
    "uplift_equal_shift": Text(
        en="Needed for the goal: equal shift", id="Kenaikan untuk target: geser merata"
    ),
    "uplift_non_voters": Text(
        en="Needed: by non-voters", id="Kenaikan: sebanding yang tidak memilih"
    ),
    "uplift_own_best": Text(en="To its own best", id="Kenaikan ke capaian terbaik sendiri"),
}
