"""How numbers are written where Django's own word for a language is not that of our readers."""
