"""A forecast as a report: a page, a Word document, a PDF or a workbook, by the file's ending."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from turnout.backtesting import Backtest
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.goals import Goal, GoalCheck, check_goal
from turnout.language import Language, Text
from turnout.output.files import write_bytes, write_text
from turnout.plots.style.sheet import PHONE
from turnout.report.background import Background
from turnout.report.document.content import document_of, made_at
from turnout.report.document.figures import render_pictures
from turnout.report.page.html import report_page
from turnout.report.printed.kinds import PRINTED, check_installed, printed
from turnout.report.workbook.write import write_workbook


def write_report(
    forecast: Forecast,
    goal: Goal | Sequence[Goal] | GoalCheck | None = None,
    path: str | PathLike[str] = "report.html",
    *,
    lang: Language = "en",
    backtest: Backtest | None = None,
    background: Background | None = None,
) -> Path:
    """Write a forecast as a report; the ending of the file's name says which.

    ``.html``: one page for screen and paper that needs no network and no other files. ``.docx``:
    a Word document to edit, its headings, tables and captions Word's own. ``.pdf``: an accessible
    PDF (PDF/UA-1, PDF/A-2a) to print and to file. ``.xlsx``: a workbook. All but the workbook tell
    the same in the same words.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal or several (the first is the headline's), a `GoalCheck`, or none.
    path
        File to write.
    lang
        Language.
    backtest
        How the model did before.
    background
        Input files, what was found in them, what was left out, and the time to show.

    Returns
    -------
    Path
        The file. The same forecast gives the same bytes.

    Raises
    ------
    TurnoutError
        If a goal cannot be read, the file's ending is none of these, the library that writes it
        is not installed (``pip install "turnout[docx]"``, ``"turnout[pdf]"``), or it cannot be
        written.

    Examples
    --------
    >>> import tempfile, numpy as np, pandas as pd
    >>> from turnout import Election
    >>> places = pd.DataFrame({"area": ["Murni", "Legok"], "registered": [800.0, 900.0]})
    >>> draws = np.random.default_rng(1).beta(60, 40, (500, 2))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = write_report(forecast, "65%", Path(folder) / "laporan.html", lang="id")
    ...     "Tercapaikah target 65%?" in page.read_text(encoding="utf-8")
    True
    """
    ending = Path(path).suffix.casefold()
    if ending not in (*_PAGES, *PRINTED, _WORKBOOK):
        raise TurnoutError(_UNKNOWN, path=str(path))
    check_installed([ending])
    check = goal if goal is None or isinstance(goal, GoalCheck) else check_goal(forecast, goal)
    told: dict[str, Any] = {"lang": lang, "backtest": backtest, "background": background}
    if ending == _WORKBOOK:
        return write_workbook(forecast, check, path, **told)
    formats = [PRINTED[ending].picture if ending in PRINTED else "svg"]
    drawn = render_pictures(forecast, check, backtest, lang, formats=formats)
    document = document_of(forecast, check, drawn, **told)
    if ending in PRINTED:
        return write_bytes(printed(document, ending, made_at(forecast, background)), path)
    narrow = render_pictures(forecast, check, backtest, lang, width=PHONE)
    return write_text(report_page(document, narrow), path)


_PAGES, _WORKBOOK = (".html", ".htm"), ".xlsx"
_UNKNOWN = Text(
    en="'{path}' has no ending of a report. Let it end in .html, .docx, .pdf or .xlsx.",
    id="Akhiran '{path}' bukan akhiran laporan. Akhiri dengan .html, .docx, .pdf, atau .xlsx.",
)
