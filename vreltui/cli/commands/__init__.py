"""The sub-commands, one a file; the file's name is the command's."""
