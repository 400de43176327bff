"""A past election as it would have come in: `plot_replay`."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from turnout.backtesting.replay_orders import ORDER_WORDS
from turnout.backtesting.replay_result import RAW, SWING, Replay
from turnout.language import Language, Text, percent
from turnout.plots.style import style
from turnout.plots.words import INTERVAL, MEDIAN, TURNOUT

_PEERS = ((SWING, 1, "s"), (RAW, 2, "^"))


@style.styled
def plot_replay(replay: Replay, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw how the total's interval closes on what happened as the count comes in.

    The uniform swing and the raw count are drawn beside the model's median, and what happened as
    a line across.

    Parameters
    ----------
    replay
        A played election.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.
    """
    own = replay.own
    share = own["counted_share"].to_numpy(float)
    actual, level = float(own["actual"].iloc[0]), float(own["level"].iloc[0])
    ax = style.axes_of(ax, 3.4)
    lower, upper = own["lower"].to_numpy(float), own["upper"].to_numpy(float)
    ax.fill_between(
        share,
        lower,
        upper,
        color=style.INTERVAL_90,
        linewidth=0,
        label=INTERVAL.say(lang, level=level),
    )
    ax.plot(
        share,
        own["median"],
        "o-",
        color=style.FORECAST,
        markersize=3.5,
        linewidth=1.2,
        label=MEDIAN.say(lang),
    )
    ends = [*lower, *upper, actual]
    for name, place, mark in _PEERS:
        rows = replay.table[replay.table["model"] == name]
        ends += rows["median"].tolist()
        ax.plot(
            rows["counted_share"],
            rows["median"],
            mark,
            linestyle=(0, (2, 1.5)),
            color=style.SERIES[place],
            markersize=3.5,
            linewidth=0.9,
            label=_WORDS[name].say(lang),
        )
    ax.axhline(actual, color=style.INK, linewidth=1.0, label=_RESULT.say(lang, actual=actual))
    ax.set_ylim(*style.share_limits(ends, margin=0.05))
    ax.set_xlim(0, 1)
    style.percent_axis(ax.yaxis, lang)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: percent(x, lang, 0)))
    ax.set_xlabel(_COUNTED.say(lang))
    ax.set_ylabel(TURNOUT.say(lang))
    night = own[own["step"] > 0]
    headline = _HEADLINE.say(
        lang, k=int(night["held"].sum()), n=len(night), level=percent(level, lang, 0)
    )
    order = ORDER_WORDS[replay.order].say(lang)
    style.title(ax, headline, f"{replay.election.name}, {order}")
    style.key_below(ax, 3)
    return ax


_WORDS = {
    SWING: Text(en="Uniform swing", id="Pergeseran seragam"),
    RAW: Text(en="Raw count", id="Hasil hitung mentah"),
}
_RESULT = Text(en="Result: {actual:percent}", id="Hasil akhir: {actual:percent}")
_COUNTED = Text(en="Registered voters counted", id="Pemilih terdaftar yang sudah masuk")
_HEADLINE = Text(
    en="The {level} interval held at {k:count} of {n:count:step:steps} of the count",
    id="Rentang {level} memuat hasil akhir pada {k:count} dari {n:count} tahap penghitungan",
)
