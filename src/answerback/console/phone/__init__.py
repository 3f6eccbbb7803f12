"""The phone page: a pretend handset that calls and texts the business through the simulator."""
