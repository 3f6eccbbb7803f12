"""The pure core: what should happen. It never reads the clock, the database, the network or chance."""
