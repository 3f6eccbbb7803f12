# What everybody needs, in one word each. `make help` lists it.
# Say which Python to use with `make setup PYTHON=python3.12`; otherwise the first one that is new enough is taken.

PYTHON ?=
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench train eval screenshots

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

setup: ## Prepare the Python environment in .venv (quick when nothing changed)
	@sh scripts/setup.sh

demo: setup ## See a missed call become a text, a conversation and a booked job
	@.venv/bin/answerback demo

test: setup ## Run the tests
	@.venv/bin/pytest -n auto --dist worksteal

check: setup ## Check format, style, types and import rules
	@echo "==> Format" && .venv/bin/ruff format --check .
	@echo "==> Style" && .venv/bin/ruff check .
	@echo "==> Types" && .venv/bin/mypy
	@echo "==> Import rules" && .venv/bin/lint-imports

screenshots: setup ## Take pictures of every page, wide and narrow, light and dark, on one contact sheet
	@.venv/bin/python -m scripts.screenshots

bench: setup ## Measure a storm of missed calls against the running product
	@.venv/bin/python -m answerback.testing.bench

train: setup ## Train the reader's heads anew from training/texts (minutes) and print the model card
	@sh scripts/train.sh

eval: setup ## Measure the reader on held-out texts; with LABELS=file on a business's corrections
	@.venv/bin/python -m training.evaluate $(LABELS)
