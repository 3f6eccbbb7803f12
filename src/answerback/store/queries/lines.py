"""The lines of a business with their connections, for the page that sets them up."""

from answerback.store import models


def lines_of(business: int) -> tuple[models.Line, ...]:
    """Every line with its connection, oldest connection first."""
    rows = models.Line.objects.filter(business_id=business).select_related("connection")
    return tuple(rows.order_by("connection_id", "id"))
