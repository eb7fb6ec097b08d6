"""The terminal application, on Textual. It draws what the workbench knows, and asks it to change.

No arithmetic and no file access happen here.
"""
