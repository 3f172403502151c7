"""From made dispatches to files: PDF, scans, Word files, text."""
