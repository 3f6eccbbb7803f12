"""What answerback requires of the outside: Protocols and plain data, one module per kind of thing."""
