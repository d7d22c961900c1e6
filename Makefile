# make run     install, make the sample campaigns, open the dashboard
# make test    install, then run every test
# make check   only the quick ones: style, types, architecture
# make fire    put the record under fire, then change every byte of a sealed document; takes over an hour
# make bench   simulate campaigns, measure intake, checks, engines, pages, proof, 1e5 to 1e7 rows; ROWS="giant 1e7 1e8"
# make clean   forget everything that was made

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check fire bench clean

run: .venv/ran
	$(BIN)/python -m checks.samples
	$(BIN)/python -m dashboard

test: .venv/tested
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/benched .venv/peers
	$(BIN)/python -m tests.bench.simulation
	$(BIN)/python -m tests.bench $(ROWS)

fire: .venv/tested
	$(BIN)/python -m tests.fire
	CANDOR_FLIPS=0 $(BIN)/python -m pytest -n 0 tests/review/test_seal.py -k no_byte_outside

clean:
	rm -rf .venv var build *.egg-info

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Candor needs Python 3.11 or newer; name one with: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv .venv

.venv/ran: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/tested: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ .venv/ran

.venv/benched: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@ .venv/ran

.venv/peers: tests/bench/peers.txt | .venv/bin/python
	$(BIN)/python -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/bench/peers.txt
	touch $@
