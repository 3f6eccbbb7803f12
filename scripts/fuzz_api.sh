#!/bin/sh
# Asks every operation of the API many times, about things that exist, what its description allows and what it does not: `sh scripts/fuzz_api.sh 100`.
set -eu
cd "$(dirname "$0")/.."
EXAMPLES="${1:-50}" .venv/bin/pytest -q tests/api/test_description.py
