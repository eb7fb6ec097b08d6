"""Whole screens: the design, help, a list to pick from, the start, a text to write."""
