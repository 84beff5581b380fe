# Thin: everything is done by tools/bootstrap.py, which Windows uses too (make.cmd).
#
#   make run                      set up, build the warehouse, serve the map on localhost
#   make test ARGS="-k areas"     arguments go through
#   make run PYTHON=python3.12    another Python

USABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
PYTHON ?= $(shell for name in python3 python python3.14 python3.13 python3.12 python3.11; do \
	$$name -c '$(USABLE)' 2>/dev/null && echo $$name && exit; done; echo python3)
ARGS ?=

.PHONY: run test lint bench

run test lint bench:
	@$(PYTHON) tools/bootstrap.py $@ $(ARGS)
