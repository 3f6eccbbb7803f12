"""The benchmark: the running product under a storm of calls, beside the floor PostgreSQL itself sets in the same run.

`make bench` runs it. Absolute figures are the machine's; what is worth quoting are the ratios within one run.
"""
