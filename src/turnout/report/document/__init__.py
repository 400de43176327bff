"""What a report tells, in blocks: the same for the page, the Word document and the PDF."""
