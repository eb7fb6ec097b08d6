"""The TOML text of a design file: where everything stands in it, and how an edit gets into it."""
