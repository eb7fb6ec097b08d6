"""Exact numbers from a tree: structure, decision diagrams, probabilities, derivatives."""
