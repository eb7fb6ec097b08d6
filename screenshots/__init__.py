"""Pictures of the program, made from the running program."""
