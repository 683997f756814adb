# Thin aliases: everything here also works without make, as `python3 scripts/bootstrap.py <name>`.
# Extra arguments go through ARGS: make test ARGS="-k periods"
PYTHON ?= python3
ARGS ?=
BOOTSTRAP = @$(PYTHON) scripts/bootstrap.py

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: site test check serve bench audit lint lock sbom clean help

site:
	$(BOOTSTRAP) site -- $(ARGS)

test:
	$(BOOTSTRAP) test -- $(ARGS)

check:
	$(BOOTSTRAP) check -- $(ARGS)

serve:
	$(BOOTSTRAP) serve -- $(ARGS)

bench:
	$(BOOTSTRAP) bench -- $(ARGS)

audit:
	$(BOOTSTRAP) audit -- $(ARGS)

lint:
	$(BOOTSTRAP) lint

lock:
	$(BOOTSTRAP) lock

sbom:
	$(BOOTSTRAP) sbom -- $(ARGS)

clean:
	$(BOOTSTRAP) clean

help:
	$(BOOTSTRAP) help
