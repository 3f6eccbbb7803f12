"""Small files of the var folder that are written once and then only read: the secret, the demo's password."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def keep_once(path: Path, text: str) -> str:
    """What this file of the var folder keeps, readable by us alone; `text` where it keeps nothing yet."""
    if not path.exists():
        make_var_folder(path.parent)
        _write_once(path, text)
    return path.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Write the file whole or not at all; where another process of ours was faster, its file stays."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # readable by us alone
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()


def make_var_folder(folder: Path) -> None:
    """Make the var folder where it is missing, so that the database's own account may pass through it under any
    umask.
    """
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
