#!/bin/sh
# Trains the reader's heads; `make train` runs it. numpy is needed for this alone, so it is kept out of .venv.

set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .uv/bin/uv)
PYTHONPATH=src:. OMP_NUM_THREADS=1 UV_PYTHON_DOWNLOADS=never "$uv" run --quiet --no-project --isolated \
    --python .venv/bin/python --with 'numpy==2.4.*' --with tzdata python -m training.train "$@"
