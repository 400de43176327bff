"""Linear effects: what is known of a place and a contest beside its past turnout."""
