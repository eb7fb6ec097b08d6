"""Parts of a screen, each drawn line by line so that a change sends only the lines it touches."""
