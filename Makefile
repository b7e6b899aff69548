# Each line calls the real thing; `make demo` is the place to begin.
BINARY := .build/release/runtally
SOURCES := Package.swift Sources sql reports Tests
PREFIX ?= /usr/local

.PHONY: demo build test bench bench-small judges lint install packages peers

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
	install -d $(PREFIX)/bin
	install -m 755 $(BINARY) $(PREFIX)/bin/runtally

packages:
	@.ci/system-packages libsqlite3-dev libxml2-dev zlib1g-dev
