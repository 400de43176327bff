"""The night of the count: a forecast again whenever the count changes, its history, its page."""
