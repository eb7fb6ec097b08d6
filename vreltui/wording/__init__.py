"""Facts in words: the only room that writes English about what the analysis found."""
