"""``forecast demo``: the main job on the shipped figures of Kota Jambi."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from turnout.cli.console import output, problems_told, progress, tell_written
from turnout.cli.options import Docx, Draws, Lang, Out, Pdf, Seed, documents_asked
from turnout.language import Language, Text

if TYPE_CHECKING:
    from turnout.cli.job import Done

GOAL = "86%"


ABOUT = Text(
    en="Forecast the Pilkada of 27 November 2024 in Kota Jambi and check its goal of 86%.",
    id="Prakirakan Pilkada 27 November 2024 di Kota Jambi dan periksa targetnya, 86%.",
)


def demo(
    draws: Draws = 4000,
    seed: Seed = 1,
    lang: Lang = "en",
    docx: Docx = False,
    pdf: Pdf = False,
    out: Out = Path("forecast-out"),
) -> None:
    """Forecast the Pilkada of 27 November 2024 in Kota Jambi and check its goal of 86%."""
    with problems_told(lang):
        from turnout.cli.files import read_files
        from turnout.cli.job import Job, coming_election, forecast_and_check, with_backtest
        from turnout.cli.summary import show_forecast
        from turnout.cli.writing import write_run
        from turnout.datasets import jambi_file
        from turnout.runs.writing import replaced

        job = Job(
            files={
                "results": jambi_file("results.csv"),
                "roll": jambi_file("roll_2024-11-27.csv"),
                "crosswalk": jambi_file("crosswalk.csv"),
            },
            election=coming_election("2024-11-27", "pilkada", None),
            goals=(GOAL,),
            levels=(0.5, 0.9),
            draws=draws,
            seed=seed,
            documents=documents_asked(docx=docx, pdf=pdf),
        )
        with replaced(out, "run") as stage, progress(_FORECASTING, lang):
            done = with_backtest(forecast_and_check(job, read_files(job.files, job.election)))
            names = write_run(done, stage, lang)
        console = output()
        show_forecast(console, done, lang)
        console.print(f"\n{_say_outcome(done, lang)}")
        tell_written(out, names, lang)


def _say_outcome(done: Done, lang: Language) -> str:
    """Compare the finished forecast with what happened, where that is known."""
    from turnout.datasets import jambi_file, load_jambi_outcome

    if not jambi_file("outcome_2024-11-27.csv").exists():
        return _NO_OUTCOME.say(lang)
    outcome = load_jambi_outcome().iloc[0]
    turnout = outcome["voters"] / outcome["registered"]
    level = max(done.job.levels)
    whole = done.forecast.intervals(by=done.forecast.top, level=level).iloc[0]
    inside = whole["lower"] <= turnout <= whole["upper"]
    return (_INSIDE if inside else _OUTSIDE).say(
        lang, turnout=turnout, level=level, lower=whole["lower"], upper=whole["upper"]
    )


_FORECASTING = Text(en="Forecasting Kota Jambi ...", id="Membuat prakiraan Kota Jambi ...")
_INSIDE = Text(
    en="What happened: {turnout:percent2}, inside the {level:percent0} interval of {lower:percent} "
    "to {upper:percent}. The forecast was made without it.",
    id="Realisasinya: {turnout:percent2}, di dalam rentang {level:percent0} dari {lower:percent} "
    "s.d. {upper:percent}. Prakiraan dibuat tanpa angka ini.",
)
_OUTSIDE = Text(
    en="What happened: {turnout:percent2}, outside the {level:percent0} interval of "
    "{lower:percent} to {upper:percent}. The forecast was made without it.",
    id="Realisasinya: {turnout:percent2}, di luar rentang {level:percent0} dari {lower:percent} "
    "s.d. {upper:percent}. Prakiraan dibuat tanpa angka ini.",
)
_NO_OUTCOME = Text(
    en="The result is not on file; the forecast does not need it.",
    id="Hasil sebenarnya tidak tersedia; prakiraan tidak memerlukannya.",
)
