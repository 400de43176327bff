"""A plan as files: plan.csv for programs, plan.xlsx for the staff who carry it out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from turnout.language import Language, Text
from turnout.outreach.effect.words import SIMULATED
from turnout.outreach.plan.plan import OutreachPlan
from turnout.outreach.plan.words import comparison_to_read
from turnout.outreach_kinds import label_of
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
    folder.mkdir(parents=True, exist_ok=True)
    table = plan.table.dropna(axis=1, how="all")
    if plan.simulated:
        table = table.assign(simulated=True)
    table.to_csv(folder / "plan.csv", index=False, lineterminator="\n", float_format="%.6g")
    workbook = Workbook()
    first = workbook.worksheets[0]
    first.title = _PLAN.say(lang)
    _fill_plan(first, plan, lang)
    _fill_summary(workbook.create_sheet(_SUMMARY.say(lang)), plan, lang)
    workbook.save(folder / "plan.xlsx")
    return ["plan.csv", "plan.xlsx"]


def _fill_plan(sheet: Worksheet, plan: OutreachPlan, lang: Language) -> None:
    table = plan.table.dropna(axis=1, how="all")
    several = [n for n in PLACE_COLUMNS if n in table and table[n].nunique() > 1]
    places = several or [name for name in PLACE_COLUMNS if name in table][-1:]
    options = [f"activities_{option.name}" for option in plan.means.options]
    shown = ["activities", *(options if len(options) > 1 else []), "people", "money"]
    shown = [*places, "area_id", "registered", "median", *shown, "gain_voters"]
    shown += ["uplift_equal_shift", "uplift_non_voters", "uplift_own_best"]
    shown = [name for name in shown if name in table]
    if plan.simulated:
        sheet.append([SIMULATED.say(lang)])
    head = sheet.max_row + 1 if plan.simulated else 1
    labels = {option: _option_label(option, lang) for option in options}
    headers = [labels.get(name) or _header(name, lang) for name in shown]
    # Two columns to fill in: a plan is also the sheet on which work is recorded.
    sheet.append([*headers, _DONE.say(lang), _MET.say(lang)])
    ordered = table.sort_values("activities", ascending=False, kind="stable")
    for row in ordered[shown].astype("object").itertuples(index=False, name=None):
        sheet.append([None if pd.isna(value) else value for value in row])
    for column, name in enumerate(shown, start=1):
        _format(sheet, column, head, _format_of(name))
    _finish(sheet, head)


def _fill_summary(sheet: Worksheet, plan: OutreachPlan, lang: Language) -> None:
    for line in plan.say(lang).splitlines():
        sheet.append([line])
    sheet.append([])
    table = comparison_to_read(plan, lang)
    head = sheet.max_row + 1
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False, name=None):
        sheet.append(list(row))
    for cell in sheet[head]:
        cell.font = Font(bold=True)
    for column in range(1, len(table.columns) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDEST


def _format_of(name: str) -> str:
    return _SHARE if name == "median" or name.startswith("uplift") else _COUNT


def _format(sheet: Worksheet, column: int, head: int, number_format: str) -> None:
    for row in range(head + 1, sheet.max_row + 1):
        sheet.cell(row, column).number_format = number_format


def _finish(sheet: Worksheet, head: int) -> None:
    for cell in sheet[head]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = f"B{head + 1}"
    last = get_column_letter(sheet.max_column)
    sheet.auto_filter.ref = f"A{head}:{last}{sheet.max_row}"
    for column in range(1, sheet.max_column + 1):
        values = (sheet.cell(row, column).value for row in range(head + 1, sheet.max_row + 1))
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _width(values)


def _width(values: Iterable[object]) -> float:
    texts = [len(value) for value in values if isinstance(value, str)]
    return float(min(_WIDEST, max([11, *(size + 2 for size in texts)])))


def _header(name: str, lang: Language) -> str:
    return {**SCALE_WORDS, **_HEADERS}[name].say(lang).capitalize()


def _option_label(column: str, lang: Language) -> str:
    kind, _, segment = column.removeprefix("activities_").partition(":")
    told = label_of(kind, lang)
    return f"{told} ({label_of(segment, lang)})" if segment else told


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
