"""Spaces of variants: what is left to choose, what of it is hopeless and why, what is best."""
