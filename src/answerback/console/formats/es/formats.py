"""Numbers as in the United States and Mexico (CLDR: es-US, es-MX), `1,234.5`, as money is; Django's are Spain's."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
