"""Files to checked tables: sheets, columns, numerals and dates in; findings and tables out."""

from turnout.reading.crosswalk import load_crosswalk, read_crosswalk
from turnout.reading.outreach import load_outreach, read_outreach
from turnout.reading.reading import Reading
from turnout.reading.results import load_counted, load_results, read_results
from turnout.reading.roll import load_roll, read_roll

__all__ = [
    "Reading",
    "load_counted",
    "load_crosswalk",
    "load_outreach",
    "load_results",
    "load_roll",
    "read_crosswalk",
    "read_outreach",
    "read_results",
    "read_roll",
]
