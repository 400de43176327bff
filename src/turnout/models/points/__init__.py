"""Models that put a point on every place and learn from the past how far such points are off."""
