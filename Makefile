# untrail: build, test, measure. Works on a fresh Debian 12 with a Swift 6.3 toolchain; on macOS with Homebrew.

PREFIX ?= /usr/local
# One file that needs no Swift on the machine it runs on; Apple's systems have Swift already.
STATIC = $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
BUILD = swift build -c release $(STATIC) --product untrail
UNTRAIL = .build/release/untrail

.PHONY: demo build test lint format bench fuzz mutants samples golden screenshots man install deps deps-test deps-bench clean

## Installs what is missing, builds, and looks at samples/. Findings are what it is for: status 1 is no error here.
demo: deps build
	$(UNTRAIL) scan samples || test $$? -eq 1

build: deps
	$(BUILD)

## Builds and passes the tests. The test runner's own summary comes last.
test: deps deps-test
	swift build --build-tests
	swift test --disable-xctest --skip-build

lint:
	swift format lint --recursive --strict Package.swift Plugins Sources Tests Fuzz

format:
	swift format format --in-place --recursive Package.swift Plugins Sources Tests Fuzz

## Ratios against ExifTool, exiv2 and file, all in one run.
bench: deps deps-bench build
	scripts/bench.py --untrail $(UNTRAIL)

## Fuzzes every reader and the wire format, SECONDS each, with the address sanitizer.
SECONDS ?= 60
fuzz: deps
	scripts/fuzz $(SECONDS)

## Changes real files at random and looks at all of them.
mutants: build
	scripts/mutants.py --untrail $(UNTRAIL)

## Makes samples/ anew.
samples: deps-bench
	scripts/install-packages libheif-examples imagemagick
	scripts/make-samples.py

## Writes the expected reports of the samples anew. Look at the difference before you commit it.
golden: deps
	swift build
	scripts/make-golden .build/debug/untrail

## Looks at the HTML report in Chromium, and writes docs/images anew.
screenshots: build
	scripts/screenshots --untrail $(UNTRAIL)

## Manual pages, and completions for bash, zsh and fish, all from the program. They have the day of the last commit.
MANUAL = .build/manual
man: build
	rm -rf $(MANUAL)
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null) scripts/make-manual.py $(UNTRAIL) $(MANUAL)

SHARE = $(DESTDIR)$(PREFIX)/share
install: man
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	    $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -m 755 $(UNTRAIL) $(DESTDIR)$(PREFIX)/bin/untrail
	install -m 644 $(MANUAL)/man1/*.1 $(SHARE)/man/man1
	install -m 644 $(MANUAL)/bash/untrail $(SHARE)/bash-completion/completions/untrail
	install -m 644 $(MANUAL)/zsh/_untrail $(SHARE)/zsh/site-functions/_untrail
	install -m 644 $(MANUAL)/fish/untrail.fish $(SHARE)/fish/vendor_completions.d/untrail.fish

deps:
	@scripts/install-packages libexif-dev libmagic-dev libxml2-dev zlib1g-dev libbrotli-dev libturbojpeg0-dev libsodium-dev \
	    libarchive-dev nettle-dev libsqlite3-dev pkg-config

deps-test:
	@scripts/install-packages python3-jsonschema python3-yaml python3-html5lib libxml2-utils strace util-linux mandoc \
	    mat2 libimage-exiftool-perl ffmpeg qpdf attr

deps-bench:
	@scripts/install-packages libimage-exiftool-perl exiv2 file strace mediainfo mat2

clean:
	rm -rf .build
