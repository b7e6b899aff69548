# Each line calls the real thing; `make demo` is the place to begin.
BINARY := .build/release/runtally
SOURCES := Package.swift Sources Tests
CORES = $(shell getconf _NPROCESSORS_ONLN)
# What is installed and packed needs no Swift where it runs; SCRATCH is the folder that it is built in.
SCRATCH := .build-dist
STATIC := $(SCRATCH)/runtally
PREFIX ?= /usr/local
ROOT = $(DESTDIR)$(PREFIX)

.PHONY: demo build test thread-sanitizer bench bench-small judges docs lint static install uninstall dist deb packages peers

demo: build
	$(BINARY) demo --output demo

build: packages
	@test -x $(BINARY) || echo "building for the first time: this takes some minutes, once"
	swift build -c release --product runtally

# One test for each core at a time: the clocks of some run on while hundreds of others have the cores.
test: packages
	@.ci/system-packages libxml2-utils sqlite3 unzip curl libicu-dev libyaml-0-2
	swift build --build-tests
	swift test --skip-build --experimental-maximum-parallelization-width $(CORES)

thread-sanitizer: packages
	@.ci/system-packages libxml2-utils sqlite3 unzip curl libicu-dev libyaml-0-2
	swift test --sanitize=thread --scratch-path .build-tsan \
	  --experimental-maximum-parallelization-width $(CORES)

bench: build peers
	Benchmarks/bench

bench-small: build peers
	Benchmarks/smoke

judges: build
	@.ci/system-packages libxml2-utils sqlite3 prometheus chromium libreoffice-calc-nogui poppler-utils
	@python3 -c "import ensurepip, venv" || .ci/system-packages python3-venv
	Tests/Judges/all.sh $(BINARY)

peers:
	@.ci/system-packages sqlite3
	@python3 -c "import ensurepip, venv" || .ci/system-packages python3-venv

docs: packages
	swift build --build-tests
	RUNTALLY_DOCUMENTS=write swift test --skip-build --filter DocumentPartTests

lint:
	swift format lint --strict --recursive --parallel $(SOURCES)

static: packages
	@.ci/system-packages binutils libicu-dev libyaml-0-2
	packaging/build $(SCRATCH)

install: static
	packaging/tree $(STATIC) $(SCRATCH) $(ROOT)

uninstall:
	rm -f $(ROOT)/bin/runtally $(ROOT)/share/bash-completion/completions/runtally \
	  $(ROOT)/share/zsh/site-functions/_runtally $(ROOT)/share/fish/vendor_completions.d/runtally.fish \
	  $(ROOT)/share/man/man1/runtally.1 $(ROOT)/share/man/man1/runtally-*.1 \
	  $(ROOT)/lib/systemd/system/runtally-harvest.* $(ROOT)/lib/systemd/system/runtally-check.* \
	  $(ROOT)/lib/systemd/system/runtally-serve.service
	rm -rf $(ROOT)/share/doc/runtally

dist: static
	packaging/pack $(STATIC) $(SCRATCH) dist

deb: static
	@.ci/system-packages dpkg-dev
	packaging/deb $(STATIC) $(SCRATCH) dist

packages:
	@.ci/system-packages libsqlite3-dev libxml2-dev zlib1g-dev libcurl4-openssl-dev libxlsxwriter-dev
