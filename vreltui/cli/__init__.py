"""The command line: sub-commands that read arguments, call below, and print."""
