"""Makes a typed Python client of the API from its description, by openapi-python-client, which uv fetches.

    sh scripts/client.sh ../answerback_client

It is made and not kept: what is made from a description that is checked in cannot go stale. One of our own tests talks
to the product through it.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from answerback.api.described import FILE

GENERATOR = "openapi-python-client==0.29.1"
"""Not among our own tools: it asks for older versions of what we stand on."""

CONFIG = "package_name_override: answerback_client\npost_hooks: []\n"


def main() -> None:
    """Make it in the folder that is named."""
    make(Path(sys.argv[1]))


def make(folder: Path) -> None:
    """Make the client in this folder, a package of its name. Raises `subprocess.CalledProcessError`."""
    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch) / "config.yml"
        config.write_text(CONFIG, encoding="utf-8")
        asked = ["--path", str(FILE), "--meta", "none", "--config", str(config), "--output-path", str(folder)]
        generate = [uv(), "tool", "run", GENERATOR, "generate", "--overwrite", *asked]
        subprocess.run(generate, check=True, capture_output=True)


def uv() -> str:
    """The uv that `make setup` found or installed; raises `FileNotFoundError`."""
    ours = Path(sys.prefix).parent / ".uv" / "bin" / "uv"
    found = str(ours) if ours.exists() else shutil.which("uv")
    if found is None:
        raise FileNotFoundError("There is no uv. Run make setup in the repository first.")
    return found


if __name__ == "__main__":
    main()
