"""What a reader has to know of a forecast: how it was made, and notes in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from turnout.language import Language, Text


@dataclass(frozen=True)
class Note:
    """Something the reader of a forecast has to know, in both languages."""

    text: Text
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: Language = "en") -> str:
        """Return the note in language `lang`."""
        return self.text.say(lang, **self.values)


@dataclass(frozen=True)
class About:
    """How a forecast was made.

    Parameters
    ----------
    model
        Name of the model.
    seed
        Seed of the draws; None when it was not set.
    notes
        What the reader has to know.
    diagnostics
        Figures of the fit, such as ``effective_sample_size``.
    what_if
        What was supposed: then this is no forecast, and every output says so.
    in_doubt
        That figures are in doubt, or that places are missing: it stands beside every headline.
    source
        Where the data come from and who answers for the forecast, in the user's words: it stands
        below every figure.
    """

    model: str
    seed: int | None = None
    notes: tuple[Note, ...] = ()
    diagnostics: Mapping[str, float] = field(default_factory=dict)
    what_if: tuple[Note, ...] = ()
    in_doubt: tuple[Note, ...] = ()
    source: str = ""

    def say_what_if(self, lang: Language = "en") -> str:
        """Return what was supposed, as titles name it; blank for a forecast.

        Examples
        --------
        >>> about = About("own", what_if=(Note(Text(en="total 65%", id="total 65%")),))
        >>> about.say_what_if(), About("own").say_what_if()
        ('WHAT IF total 65% (no forecast)', '')
        """
        if not self.what_if:
            return ""
        supposed = "; ".join(note.say(lang) for note in self.what_if)
        return _SUPPOSED.say(lang, supposed=supposed)


_SUPPOSED = Text(en="WHAT IF {supposed} (no forecast)", id="ANDAIKAN {supposed} (bukan prakiraan)")
