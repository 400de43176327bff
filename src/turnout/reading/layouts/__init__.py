"""Grids to blocks: where a table stands in a sheet, and how it is laid out."""
