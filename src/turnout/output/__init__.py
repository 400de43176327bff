"""The gate for what goes out: files, tables, pages, workbooks and the terminal, written here."""
