"""`make bench`: prints one table; `--json` prints the same for machines. Runs for some minutes."""

import argparse
from pathlib import Path

from answerback.testing.bench.product import running


def main() -> None:
    """Start the product and measure it."""
    wanted = _arguments()
    with running(quiet=False) as product:
        from answerback.testing.bench import figures  # noqa: PLC0415  Django is set up by `running`

        figures.run(product, wanted)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Benchmark of the running product. Quote ratios, not absolutes.")
    parser.add_argument("--calls", type=int, default=2000, help="callers in a storm")
    parser.add_argument("--rounds", type=int, default=3, help="storms; medians are shown")
    parser.add_argument("--leads", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="leads already there")
    parser.add_argument(
        "--kills", type=int, default=0, help="storms with random SIGKILLs of web, worker and PostgreSQL"
    )
    parser.add_argument("--node-red", type=Path, metavar="FOLDER", help="where Node-RED is installed: a second peer")
    parser.add_argument("--json", action="store_true", help="print everything as JSON at the end")
    return parser.parse_args()


if __name__ == "__main__":
    main()
