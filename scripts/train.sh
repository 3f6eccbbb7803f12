#!/bin/sh
# Trains the reader's heads; `make train` runs it. numba and jax are needed for this alone: they stay out of .venv.

set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .uv/bin/uv)
PYTHONPATH=src:. OMP_NUM_THREADS=1 UV_PYTHON_DOWNLOADS=never "$uv" run --quiet --no-project --isolated \
    --python .venv/bin/python --with 'numpy==2.4.*' --with 'numba==0.68.*' \
    --with 'jax==0.10.*' --with tzdata python -m training.train "$@"
