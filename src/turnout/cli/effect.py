"""``forecast effect``: what outreach has done."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import notices, output, problems_told, progress, show_findings
from turnout.cli.options import DropBadRows, Lang
from turnout.language import Text

FILES = ("effect.csv", "effect.txt", "effect.png", "effect.svg")


def effect(
    results: Annotated[Path, typer.Argument(help="Past results: CSV, Excel, ODS or Parquet.")],
    outreach: Annotated[Path, typer.Option(help="Log of outreach activities.")],
    crosswalk: Annotated[Path | None, typer.Option(help="New areas and their parents.")] = None,
    by_lot: Annotated[
        bool,
        typer.Option("--by-lot", help="Places were assigned by lot: no allowance for choice."),
    ] = False,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    out: Annotated[Path, typer.Option("--out", help="Folder for what is written.")] = Path(
        "effect-out"
    ),
) -> None:
    """Estimate what outreach has done, beside what is known from trials elsewhere."""
    with problems_told(lang):
        from turnout.cli import files
        from turnout.outreach import estimate_outreach
        from turnout.plots.effect import plot_effect
        from turnout.plots.style.style import save_figure
        from turnout.runs.folders import check_own
        from turnout.runs.outputs import write_table

        check_own(out, FILES)
        given = {"results": results, "outreach": outreach, "crosswalk": crosswalk}
        paths = {role: path for role, path in given.items() if path is not None}
        readings = (files.read_good_rows if drop_bad_rows else files.read_files)(paths)
        with progress(_ESTIMATING, lang):
            found = estimate_outreach(
                readings["results"].table,
                readings["outreach"].table,
                crosswalk=readings["crosswalk"].table if crosswalk else None,
                assignment="lot" if by_lot else "staff",
            )
        out.mkdir(parents=True, exist_ok=True)
        told = found.say(lang)
        table = found.table.assign(simulated=True) if found.simulated else found.table
        write_table(table, out / "effect.csv")
        (out / "effect.txt").write_text(told + "\n", encoding="utf-8", newline="\n")
        ax = plot_effect(found, lang=lang)
        for name in FILES[2:]:
            save_figure(ax, out / name)
        show_findings([one for reading in readings.values() for one in reading.findings], lang)
        output().print(told, markup=False)
        notices().print(_WRITTEN.say(lang, out=out, names=", ".join(FILES)), markup=False)


_ESTIMATING = Text(en="Estimating ...", id="Memperkirakan dampak ...")
_WRITTEN = Text(en="Written to {out}: {names}", id="Ditulis ke {out}: {names}")
