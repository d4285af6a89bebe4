# Each target does the set-up it needs by itself; see scripts/setup.

# Plain "=", so that a HOST or PORT that happens to be in the environment is not taken:
# make run PORT=8001
HOST = 127.0.0.1
PORT = 8000
MANAGE = DEBUG=1 .venv/bin/python manage.py
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help run test bench

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

run: ## Serve the site and its worker with catalogues and demo data on http://127.0.0.1:8000 (HOST=, PORT=)
	@scripts/setup run
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_catalogue
	@SITE_URL=$${SITE_URL:-http://$(HOST):$(PORT)} $(MANAGE) load_demo
	@scripts/serve $(HOST):$(PORT)

test: ## Lint, check and test, on SQLite and on PostgreSQL where it answers (TEST_DATABASE_URL)
	@scripts/setup test
	@scripts/test

bench: ## Measure the speed of the main pages and documents
	@scripts/setup test
	@DEBUG=1 .venv/bin/python -m tests.bench
