"""A choice as a structure of independent parts, of which each instance can be asked about.

A :mod:`program <vreltui.engine.program>` merges what looks alike; here every node that can fail
keeps a place of its own, so that one instance can be varied alone and can stand in a set.
"""
