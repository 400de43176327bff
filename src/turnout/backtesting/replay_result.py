"""The `Replay`: a past election as it would have come in, step by step, in numbers and words."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from turnout.backtesting.replay_orders import ORDER_WORDS
from turnout.elections import Election
from turnout.forecast.words import model_word
from turnout.language import Language, Text, percent
from turnout.output.files import make_folder
from turnout.output.tables import write_table

REPLAY_COLUMNS = (
    "election",
    "date",
    "order",
    "model",
    "step",
    "counted_share",
    "places_counted",
    "places_out",
    "actual",
    "median",
    "level",
    "lower",
    "upper",
    "held",
    "crps",
    "wis",
    "width",
    "out_mae",
    "out_crps",
    "out_wis",
    "out_coverage",
)
"""Columns of `Replay.table`: `actual` to `width` are of the total, `out_...` of the places still
out."""

SWING, RAW = "uniform swing", "raw count"
"""Names of what runs beside the model."""


@dataclass(frozen=True, repr=False)
class Replay:
    """A past election as it would have come in, forecast at every step from what was in.

    Parameters
    ----------
    election
        The election.
    order
        The order in which its places came in.
    model
        Name of the model.
    table
        One row per step and model (the model itself, the uniform swing and the raw count), with
        `REPLAY_COLUMNS`. Step 0 is before the count and has the model alone. `counted_share`,
        `actual`, `median`, `lower`, `upper` and `out_coverage` are shares; `crps`, `wis`,
        `width` and the scores of the places still out, weighted by registered voters, are
        points; `held` tells whether the total's interval of `level` held.
    """

    election: Election
    order: str
    model: str
    table: pd.DataFrame

    @property
    def own(self) -> pd.DataFrame:
        """The rows of the model."""
        return self.table[self.table["model"] == self.model].reset_index(drop=True)

    @property
    def text(self) -> str:
        """What came out, in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return in words what came out.

        Parameters
        ----------
        lang
            Language.
        """
        night = self.own[self.own["step"] > 0]
        peers = self.table[self.table["step"] > 0].groupby("model")
        first = night.iloc[0]
        level = percent(first["level"], lang, 0)
        lines = [
            _ORDER.say(
                lang,
                election=self.election.name,
                order=ORDER_WORDS[self.order].say(lang),
                n=first["places_counted"] + first["places_out"],
                actual=first["actual"],
            ),
            _HELD.say(lang, k=int(night["held"].sum()), n=len(night), level=level),
        ]
        lines += [
            _STEP.say(
                lang,
                share=row["counted_share"],
                lower=row["lower"],
                upper=row["upper"],
                held=(_IN if row["held"] else _OUT).say(lang),
            )
            for row in night.to_dict("records")
        ]
        scores = {name: (rows["out_wis"].mean(), rows["wis"].mean()) for name, rows in peers}
        for name, text in ((self.model, _OWN_SCORE), (SWING, _SWING_SCORE), (RAW, _RAW_SCORE)):
            out, total = (value / 100 for value in scores[name])
            lines.append(
                text.say(lang, model=model_word(name, lang, first=True), out=out, total=total)
            )
        return "\n".join(lines)

    def save(self, folder: Path) -> list[Path]:
        """Write the table as replay.csv into a folder, which is made where it lacks."""
        make_folder(folder)
        return [write_table(self.table, folder / "replay.csv")]

    def __repr__(self) -> str:
        """Return what came out, in words."""
        return self.text

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.text.splitlines())
        return lines + str(self.table.to_html(index=False))


def join_replays(replays: Sequence[Replay]) -> pd.DataFrame:
    """Put the tables of several replays under each other."""
    return pd.concat([one.table for one in replays], ignore_index=True)


_ORDER = Text(
    en="Replay of {election:contest}, {order}: {n:count:place:places}, turnout {actual:percent}.",
    id="Putar ulang {election:contest}, {order}: {n:count} wilayah, tingkat partisipasi "
    "{actual:percent}.",
)
_HELD = Text(
    en="The total's {level} interval held at {k:count} of {n:count:step:steps}.",
    id="Rentang {level} untuk keseluruhan memuat hasil akhir pada {k:count} dari {n:count} tahap.",
)
_STEP = Text(
    en="{share:percent} counted: {lower:percent} to {upper:percent} ({held}).",
    id="{share:percent} masuk: {lower:percent} s.d. {upper:percent} ({held}).",
)
_IN = Text(en="held", id="memuat hasil")
_OUT = Text(en="missed", id="meleset")
_OWN_SCORE = Text(
    en="{model}: weighted interval score {out:points} points for the places still out, "
    "{total:points} for the total (less is better).",
    id="{model}: skor rentang tertimbang {out:points} poin untuk wilayah yang belum masuk, "
    "{total:points} untuk keseluruhan (makin kecil makin baik).",
)
_SWING_SCORE = Text(
    en="Uniform swing: {out:points} and {total:points} points.",
    id="Pergeseran seragam: {out:points} dan {total:points} poin.",
)
_RAW_SCORE = Text(
    en="Raw count: {out:points} and {total:points} points.",
    id="Hasil hitung mentah: {out:points} dan {total:points} poin.",
)
