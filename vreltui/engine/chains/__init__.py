"""Small Markov chains in continuous time: what they do in the long run, by a time, and at last.

Rates are exact fractions, balls, balls with derivatives, or symbols; each file asks one question of
a :class:`~vreltui.engine.chains.chain.Chain` and says which of these it takes.
"""
