"""The host names we answer to: those of the environment, and those agencies have set for their people."""

from collections.abc import Iterator


class Hosts(list[str]):
    """Django's list of allowed hosts, with the agencies' behind it; asked anew at every look."""

    def __iter__(self) -> Iterator[str]:
        """Ours first, so that a database that does not answer costs nobody who comes by them."""
        yield from super().__iter__()
        from answerback.store.queries import agencies  # noqa: PLC0415  tables exist only once settings were read

        yield from agencies.domains()
