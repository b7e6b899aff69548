# Each line calls the real thing; `make demo` is the place to begin.
BINARY := .build/release/runtally
SOURCES := Package.swift Sources sql reports Tests
PREFIX ?= /usr/local
ROOT = $(DESTDIR)$(PREFIX)

.PHONY: demo build test bench bench-small judges lint install uninstall dist packages peers

demo: build
	$(BINARY) demo --output demo

build: packages
	@test -x $(BINARY) || echo "building for the first time: this takes about five minutes on two cores, once"
	swift build -c release --product runtally

test: packages
	@.ci/system-packages libxml2-utils sqlite3
	swift build --build-tests
	swift test

bench: build peers
	Benchmarks/bench

bench-small: build peers
	Benchmarks/smoke

judges: build
	@.ci/system-packages libxml2-utils sqlite3 prometheus chromium
	@python3 -c "import ensurepip, venv" || .ci/system-packages python3-venv
	Tests/Judges/all.sh $(BINARY)

peers:
	@.ci/system-packages sqlite3
	@python3 -c "import ensurepip, venv" || .ci/system-packages python3-venv

lint:
	swift format lint --strict --recursive --parallel $(SOURCES)

install: build
	install -d $(ROOT)/bin
	install -m 755 $(BINARY) $(ROOT)/bin/runtally
	.ci/completions $(BINARY) $(ROOT)/share

uninstall:
	rm -f $(ROOT)/bin/runtally $(ROOT)/share/bash-completion/completions/runtally \
	  $(ROOT)/share/zsh/site-functions/_runtally $(ROOT)/share/fish/vendor_completions.d/runtally.fish

dist: packages
	.ci/dist

packages:
	@.ci/system-packages libsqlite3-dev libxml2-dev zlib1g-dev libcurl4-openssl-dev
