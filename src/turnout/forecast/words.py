"""A forecast in words: in sentences, in one line, and as a notebook shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from turnout.forecast.apart import provisos
from turnout.forecast.counted import all_in, in_full
from turnout.language import Language, Text, percent
from turnout.levels import USUAL, is_point, with_median

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast


_MOST_ROWS = 30


def say_forecast(forecast: Forecast, lang: Language) -> str:
    """Return a forecast in a few sentences."""
    top = forecast.at(forecast.top)
    low, median, high = top.quantiles(with_median(USUAL))[:, 0]
    text = _SUMMARY_FIXED if is_point(low, high) else _SUMMARY
    if text is _SUMMARY and percent(low, lang) == percent(high, lang):
        text = _SUMMARY_NARROW
    if all_in(forecast.counted):
        text = _SUMMARY_COUNTED
    lines = [
        text.say(
            lang,
            place=top.names(lang)[0],
            kind=forecast.election.election_type,
            date=forecast.election.date,
            median=median,
            low=low,
            high=high,
            registered=float(top.places["registered"].iloc[0]),
            places=forecast.draws.shape[1],
            draws=forecast.draws.shape[0],
            model=model_word(forecast.about.model, lang),
            full=in_full(forecast.counted, lang),
        )
    ]
    notes = (*provisos(forecast), *forecast.about.notes)
    lines += [f"- {note.say(lang)}" for note in notes]
    return "\n".join(lines)


def model_word(model: str, lang: Language, *, first: bool = False) -> str:
    """Return what a model is called in a sentence, or as its first word.

    >>> model_word("HierarchicalModel", "id"), model_word("LastOfType", "en", first=True)
    ('model hierarkis', 'Last of its type')
    >>> model_word("PastMean", "id")  # a model of one's own
    'PastMean'
    """
    word = _MODELS[model].say(lang) if model in _MODELS else model
    return word[:1].upper() + word[1:] if first else word


_MODELS = {
    "HierarchicalModel": Text(en="hierarchical model", id="model hierarkis"),
    "LastTurnout": Text(en="last turnout", id="partisipasi terakhir"),
    "LastOfType": Text(en="last of its type", id="partisipasi terakhir sejenis"),
    "UniformSwing": Text(en="uniform swing", id="pergeseran seragam"),
    "BinomialGLM": Text(en="regression", id="regresi"),
    "BoostedTrees": Text(en="boosted trees", id="pohon regresi (boosting)"),
    "Mixture": Text(en="mixture of models", id="campuran model"),
}
"""What the library's models are called; one of the user's own goes by its name."""


def line_of(forecast: Forecast) -> str:
    """Return a forecast in one line, as Python shows it."""
    low, median, high = forecast.at(forecast.top).quantiles(with_median(USUAL))[:, 0]
    draws, places = forecast.draws.shape
    return (
        f"<Forecast {forecast.election.name}: {places:,} x {forecast.scale}, {draws:,} draws; "
        f"{forecast.top} {median:.1%} ({low:.1%} to {high:.1%})>"
    )


def html_of(forecast: Forecast) -> str:
    """Return a forecast as a notebook shows it: in words, and a table of its coarser places."""
    coarse = [scale for scale in forecast.scales if len(forecast.at(scale).places) <= _MOST_ROWS]
    shown = forecast.intervals(by=coarse[0] if coarse else forecast.top)
    name = shown["scale"].iloc[0]
    table = pd.DataFrame(
        {
            name: forecast.at(name).names(),
            "registered": shown["registered"].map("{:,.0f}".format),
            "median": shown["median"].map("{:.1%}".format),
            "90% interval": [
                f"{low:.1%} to {high:.1%}"
                for low, high in zip(shown["lower"], shown["upper"], strict=True)
            ],
        }
    )
    headline, *notes = say_forecast(forecast, "en").split("\n")
    listed = "".join(f"<li>{note.removeprefix('- ')}</li>" for note in notes)
    return f"<p><b>{headline}</b></p>{table.to_html(index=False, border=0)}<ul>{listed}</ul>"


_SUMMARY = Text(
    en="{place}, {kind:type} of {date:day}: turnout {median:percent}, with 90% probability between "
    "{low:percent} and {high:percent} of {registered:count} registered voters "
    "({model}, {places:count} places, {draws:count} draws).",
    id="{place}, {kind:type} {date:day}: tingkat partisipasi {median:percent}, dengan peluang 90% "
    "antara {low:percent} dan {high:percent} dari {registered:count} pemilih terdaftar "
    "({model}, {places:count} wilayah, {draws:count} simulasi).",
)
_SUMMARY_NARROW = Text(
    en="{place}, {kind:type} of {date:day}: turnout {median:percent}, with 90% probability to "
    "less than 0.1 points, of {registered:count} registered voters ({model}, {places:count} "
    "places, {draws:count} draws).",
    id="{place}, {kind:type} {date:day}: tingkat partisipasi {median:percent} dari "
    "{registered:count} pemilih terdaftar; dengan peluang 90% galatnya kurang dari 0,1 poin "
    "persen ({model}, {places:count} wilayah, {draws:count} simulasi).",
)
_SUMMARY_FIXED = Text(
    en="{place}, {kind:type} of {date:day}: turnout is fixed at {median:percent} of "
    "{registered:count} registered voters ({model}, {places:count} places, {draws:count} "
    "draws).",
    id="{place}, {kind:type} {date:day}: tingkat partisipasi ditetapkan {median:percent} dari "
    "{registered:count} pemilih terdaftar ({model}, {places:count} wilayah, {draws:count} "
    "simulasi).",
)
_SUMMARY_COUNTED = Text(
    en="{place}, {kind:type} of {date:day}: turnout is {median:percent} of {registered:count} "
    "registered voters; {full} ({places:count:place:places}).",
    id="{place}, {kind:type} {date:day}: tingkat partisipasi {median:percent} dari "
    "{registered:count} pemilih terdaftar; {full} ({places:count} wilayah).",
)
