"""A simple reference for designs under edits: nested dicts, changed in place, read with tomllib.

It shares nothing with the program: what an edit does is written down once more, as plainly as can
be, from what the help and the documents say that it does.
"""
