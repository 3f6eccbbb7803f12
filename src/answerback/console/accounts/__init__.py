"""Who works here: the people of a business, how they come in, and what was written down about them."""
