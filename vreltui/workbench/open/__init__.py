"""An open design: its document, history, journal and file, and the analysis in force."""
