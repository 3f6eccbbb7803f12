"""YAML read and written by libyaml, which takes a tenth of the time, and by PyYAML where that one tells more."""

from contextlib import suppress
from typing import Any

import yaml

MOST_OPENED, LONGEST_LINE = 1_000, 4_000
"""A file with more brackets or a longer line may be nested so deep that the quick parser, which is C and counts no
levels, runs out of stack."""


def composed(text: str) -> yaml.Node | None:
    """The file's nodes. What the quick parser refuses is read once more by the one whose faults are told; it is also
    asked of no file with a tab, which it takes where the other does not.
    """
    longest = max(map(len, text.splitlines()), default=0)
    if "\t" not in text and text.count("[") + text.count("{") < MOST_OPENED and longest < LONGEST_LINE:
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=_LOADER)
    return yaml.compose(text, Loader=yaml.SafeLoader)


# Where PyYAML was built without libyaml only the slow ones are there.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def dumped(values: dict[str, Any]) -> str:
    """These values as YAML, in their order."""
    written: str = yaml.dump(values, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=110)
    return written
