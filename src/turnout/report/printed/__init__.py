"""report.docx and report.pdf: documents to edit, to file and to print."""
