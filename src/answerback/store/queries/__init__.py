"""How the tables are asked: set statements for the hot path, guarded reads for people. Transactions are
`workflow`'s.
"""
