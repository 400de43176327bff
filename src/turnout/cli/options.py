"""The options that commands share, and what is written in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from turnout.cli.models import MODELS
from turnout.errors import TurnoutError
from turnout.language import Text

Lang = Annotated[
    Literal["en", "id"], typer.Option("--lang", help="Language of all that is written.")
]
Out = Annotated[Path, typer.Option("--out", help="Folder for what is written.")]
Goals = Annotated[
    list[str] | None,
    typer.Option("--goal", help="Turnout goal: 86%, 86, 0.86 or 86,0%. May be repeated."),
]
Levels = Annotated[
    list[str] | None,
    typer.Option("--level", help="Level of the intervals: 0.9 or 90%. May be repeated. [0.9]"),
]
ModelName = Annotated[
    str,
    typer.Option("--model", help=f"One of: {', '.join(MODELS)}; or your own as module:Name."),
]
ModelNames = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        help=f"One of: {', '.join(MODELS)}; or your own as module:Name. May be repeated; the "
        "naive ones always run along. "
        "[hierarchical]",
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        help="Offices that are filled on the day, 'president + national parliament', or a score "
        "from 0 to 1. [of the type]",
    ),
]
Prior = Annotated[
    str | None, typer.Option(help="Prior of the hierarchical model: default or indonesia.")
]
Covariates = Annotated[
    list[str] | None,
    typer.Option(
        "--covariate", help="Column of results and roll that the model reads. May be repeated."
    ),
]
Draws = Annotated[int, typer.Option("--draws", min=100, help="Number of joint draws.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same forecast.")]
DropBadRows = Annotated[
    bool,
    typer.Option("--drop-bad-rows", help="Leave rows with errors out and list them apart."),
]


def parse_levels(levels: list[str] | None) -> tuple[float, ...]:
    """Read interval levels as people write them; 0.9 when none is given.

    Raises
    ------
    TurnoutError
        If one is not a number, or not between 1% and 99.9%.

    Examples
    --------
    >>> parse_levels(["0.9", "50%", "80"]), parse_levels(None)
    ((0.5, 0.8, 0.9), (0.9,))
    """
    return tuple(sorted({_level(written) for written in levels or ["0.9"]}))


def _level(written: str) -> float:
    try:
        value = float(written.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        raise TurnoutError(_BAD_LEVEL, level=written) from None
    # Between 1 and 10 nobody means a percentage; 1.5 is a slip, as it is to the library.
    level = value / 100 if value >= 10 or written.strip().endswith("%") else value
    if not 0.01 <= level <= 0.999:
        raise TurnoutError(_BAD_LEVEL, level=written)
    return level


_BAD_LEVEL = Text(
    en="The level '{level}' does not lie between 1% and 99.9%. Write it as 0.9 or 90%.",
    id="Tingkat kepercayaan '{level}' tidak berada antara 1% dan 99,9%. Tulis sebagai 0,9 atau "
    "90%.",
)
