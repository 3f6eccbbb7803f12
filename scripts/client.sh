#!/bin/sh
# Makes a typed Python client of the API from its description: `sh scripts/client.sh FOLDER`. It needs httpx and attrs.
set -eu
target="${1:?Say where the client shall go, such as: sh scripts/client.sh ../answerback_client}"
cd "$(dirname "$0")/.."
exec .venv/bin/python -m answerback.testing.client "$target"
