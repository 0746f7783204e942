# make test   installs what the tests need and runs them all
# make bench  prints the performance table
# make demo   serves the sample newspaper

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: test check unit race fuzz browser-tools bench demo

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@latest
# A number of runs, not a time: at its deadline go test now and then fails with "context deadline exceeded".
FUZZTIME    ?= 8000x
A11Y        := cmd/broadsheet/testdata/accessibility
export CGO_ENABLED ?= 1

test: browser-tools check unit race fuzz
	@echo "make test: all passed"

# What reads the code without running it.
check:
	@unformatted="$$(gofmt -l .)"; if [ -n "$$unformatted" ]; then echo "not gofmt'ed:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...
	@go run $(GOVULNCHECK) ./... > /tmp/govulncheck.out 2>&1 && cat /tmp/govulncheck.out || { \
	  if grep -q "Vulnerability #" /tmp/govulncheck.out; then cat /tmp/govulncheck.out; exit 1; fi; \
	  echo "govulncheck: its database is not reachable from here; not checked"; }

# Unit, script, house-rule and browser tests.
unit:
	go test -timeout 20m ./...

race:
	go test -race ./db/engine ./db ./web

# Every parser for a short while.
fuzz:
	@for pkg in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "fuzz $$pkg $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$pkg > /tmp/fuzz.out 2>&1 || { cat /tmp/fuzz.out; exit 1; }; \
	  done; done

# A browser, fonts that show Korean, and what reads pages for accessibility, for the browser tests.
browser-tools:
	@command -v chromium >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends chromium; }
	@[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || { apt-get update -q && apt-get install -y -q --no-install-recommends fonts-noto-cjk; }
	@command -v npm >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends nodejs npm; }
	@[ $(A11Y)/node_modules/.package-lock.json -nt $(A11Y)/package-lock.json ] || npm ci --prefix $(A11Y) --ignore-scripts --no-audit --no-fund

# Each figure stands beside a baseline of its own, measured round by round in the same run: medians.
bench:
	go test ./web -run '^$$' -bench . -benchtime 5x
	go test ./db ./db/engine ./moderation/... ./db/ingest ./cmd/broadsheet -run '^$$' -bench .

demo:
	go run ./cmd/broadsheet demo
