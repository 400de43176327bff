"""Cells to values: numbers, dates and texts, a column at a time."""
