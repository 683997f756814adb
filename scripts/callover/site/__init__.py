"""The way out: the one writer, and the publisher that hands its pages to MkDocs."""
