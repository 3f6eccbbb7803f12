"""What a reply says. Pure and offline: words in, a `Reading` out. It decides nothing."""
