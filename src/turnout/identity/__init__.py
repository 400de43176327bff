"""Which rows speak of the same place, and how the names of places vary."""
