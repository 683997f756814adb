"""Pages: from computed boards to Markdown and downloads, as {path: text}. Words come last here."""
