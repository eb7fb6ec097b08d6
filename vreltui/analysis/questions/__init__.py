"""One file for each question that an architect asks of a choice; each answers with plain facts."""
