#!/bin/sh
# Prepares the Python environment in .venv from uv.lock; `make setup` runs it.
#
# Needs only a Python >= 3.11. uv is taken from PATH, else installed into .uv/. Python itself is never downloaded.
# Quick when nothing changed: .venv/.setup holds what the environment was made from.

set -eu
cd "$(dirname "$0")/.."

say() { printf '==> %s\n' "$*"; }
fail() {
    printf '\nSetup cannot go on: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# Prints the interpreter itself: a shim in front of it (pyenv) may lead elsewhere later.
real_path() {
    "$1" -c 'import sys; print(getattr(sys, "_base_executable", "") or sys.executable)'
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not a Python 3.11 or newer that runs." \
            "Name another, for example: make setup PYTHON=python3.12"
        real_path "$PYTHON"
        return
    fi
    for candidate in python3 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then
            real_path "$candidate"
            return
        fi
    done
    fail "no Python 3.11 or newer was found (tried python3, python3.13, python3.12, python3.11)." \
        "Debian 12, Ubuntu 24.04 or newer:  sudo apt install python3 python3-venv" \
        "Fedora:                            sudo dnf install python3" \
        "macOS:                             brew install python@3.13" \
        "Or name one:                       make setup PYTHON=/path/to/python3.12"
}

# The lock file's format needs a uv from 2025 on; an older one is passed over.
usable_uv() {
    "$1" --version 2>/dev/null | "$python" -c '
import re, sys
found = re.match(r"uv (\d+)\.(\d+)", sys.stdin.read())
sys.exit(not found or (int(found[1]), int(found[2])) < (0, 6))' 2>/dev/null
}

find_uv() {
    if usable_uv uv; then
        uv=uv
        return
    fi
    uv=.uv/bin/uv
    usable_uv "$uv" && return
    say "Installing uv, the tool that installs everything else, into .uv (once)"
    rm -rf .uv
    if "$python" -m venv .uv >/dev/null 2>&1 && .uv/bin/python -m pip install --quiet uv; then
        return
    fi
    # Debian keeps venv in a package of its own; a plain pip can do without it.
    rm -rf .uv
    if "$python" -m pip --version >/dev/null 2>&1 && "$python" -m pip install --quiet --target .uv uv; then
        usable_uv "$uv" && return
    fi
    rm -rf .uv
    if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        fail "uv could not be installed, because this Python ($python) has neither venv nor pip." \
            "Debian or Ubuntu:  sudo apt install python3-venv" \
            "Or install uv yourself: see docs.astral.sh/uv"
    fi
    fail "uv could not be installed into .uv; what pip said is above." \
        "The usual cause is no network, or a proxy that pip does not know (HTTPS_PROXY)." \
        "Or install uv yourself: see docs.astral.sh/uv"
}

# uv gives up where it can keep nothing of what it downloads: the user of a service has no home to write to.
find_cache() {
    [ -z "${UV_CACHE_DIR:-}" ] || return 0
    cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
    if [ -z "$cache" ] || ! mkdir -p "$cache/uv" 2>/dev/null || ! [ -w "$cache/uv" ]; then
        export UV_CACHE_DIR=.uv/cache
    fi
}

fingerprint() {
    cat pyproject.toml uv.lock scripts/setup.sh | cksum
    pwd
    echo "${PYTHON:-}"
}

stamp=.venv/.setup
if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ]; then
    exit 0
fi
[ -w . ] || fail "the user $(id -un) may not write to $(pwd)." "Copy the project to a folder of your own."

python=$(find_python)
say "Using $("$python" --version) ($python)"
find_uv
find_cache
say "Installing what answerback needs into .venv (the first time takes a minute)"
rm -f "$stamp"
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv "$python" scripts/shortly.py \
    "$uv" sync --locked --all-groups --all-extras --python "$python" || fail \
    "uv could not install the packages; what it said is above." \
    "No network or a proxy: set HTTPS_PROXY and try again; what was downloaded is kept." \
    "The lock file does not fit: after changing pyproject.toml run '$uv lock'." \
    "Something else: remove .venv and try again."
if [ -n "${PYTHONDONTWRITEBYTECODE:-}" ]; then
    # Every process would compile everything anew, some seconds each: here Python keeps nothing by itself.
    say "Compiling, as PYTHONDONTWRITEBYTECODE keeps Python from doing it on the way"
    .venv/bin/python -m compileall -q -j 0 .venv/lib src >/dev/null || true
fi
fingerprint >"$stamp"
say "Ready. Try: make demo"
