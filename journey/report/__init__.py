"""One result as a document: HTML, a part of a page, Markdown, DOCX or PDF."""
