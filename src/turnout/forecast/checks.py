"""What joint draws must be."""

from __future__ import annotations

import numpy as np

from turnout.errors import TurnoutError
from turnout.forecast.room import Draws, by_block
from turnout.language import Text
from turnout.rules.row_rules import VOTERS_LIMIT


def check_draws(draws: Draws, places: int) -> None:
    """Refuse draws that are no shares of so many places.

    Raises
    ------
    TurnoutError
        If there are none, their shape is not draws x places, or they are percentages or gaps.
    """
    if np.ndim(draws) != 2 or np.shape(draws)[1] != places:
        raise TurnoutError(_SHAPE, shape=str(np.shape(draws)), n=places)
    if not len(draws):
        raise TurnoutError(_NO_DRAWS)
    if not places:
        return
    ends = [(float(block.min()), float(block.max())) for _, block in by_block(draws)]
    least, most = np.min(ends), np.max(ends)  # NaN where a draw is none
    # A place may have more voters than its roll: that of a count, with voters on added lists.
    if not (least >= -_ROUNDING and most <= VOTERS_LIMIT):  # false for NaN too
        raise TurnoutError(_NO_SHARES, least=f"{least:g}", most=f"{most:g}")


# Draws are kept in single precision.
_ROUNDING = 5e-7

_SHAPE = Text(
    en="Draws are a table of two dimensions, draws x places: here {n:count} wide, but their shape "
    "is {shape}.",
    id="Simulasi berupa tabel dua dimensi, simulasi x wilayah: di sini selebar {n:count}, tetapi "
    "ukurannya {shape}.",
)
_NO_DRAWS = Text(
    en="A forecast needs at least one draw.", id="Prakiraan perlu minimal satu simulasi."
)
_NO_SHARES = Text(
    en="Draws are turnout as shares between 0 and 1, here they lie between {least} and {most}. "
    "Divide percentages by 100; fill no gaps, leave the places out.",
    id="Simulasi berisi partisipasi sebagai bagian antara 0 dan 1, di sini antara {least} dan "
    "{most}. Bagi persentase dengan 100; wilayah yang kosong jangan diisi, tetapi disisihkan.",
)
