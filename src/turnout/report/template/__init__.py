"""An empty workbook to fill in."""
