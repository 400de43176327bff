"""Files to checked tables: sheets, columns, numerals and dates in; findings and tables out."""
