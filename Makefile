# make run    build and open the playground       make test   set up and run every test
# make lint   format and dependency checks        make help   the whole list

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PREFIX ?= /usr/local
DESTDIR ?=
BENCH ?=
PEERS ?=
SWIFT ?= swift

BINARY := .build/release/diptych
SHARE := $(DESTDIR)$(PREFIX)/share
SOURCES := $(shell find Package.swift Plugins Sources models/catalog.yaml themes prompts 2> /dev/null)
BUILD_PACKAGES := libncursesw5-dev libcurl4-openssl-dev libssl-dev
TEST_PACKAGES := tmux
TEST_BUILD := .build-tests
MODELS := smollm2-135m-instruct gemma3-270m qwen2.5-coder-0.5b-instruct qwen2.5-coder-1.5b-instruct

.PHONY: run test soak lint bench example cross peers build install uninstall clean help

run: $(BINARY) ## build, fetch the default pair, open the playground
	@$(BINARY) models pull > /dev/null
	@exec $(BINARY)

# Swift's own libraries are linked in: the program starts faster, takes less memory, and runs where no Swift is.
build: $(BINARY) ## build in release

$(BINARY): $(SOURCES)
	@./.ci/install-packages $(BUILD_PACKAGES)
	$(SWIFT) build -c release --product diptych --static-swift-stdlib
	@touch $@

test: ## set up and run every test (CI=true: a missing model fails)
	@./.ci/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	$(SWIFT) build -c release --build-tests -Xswiftc -enable-testing --scratch-path $(TEST_BUILD)
	@$(TEST_BUILD)/release/diptych models pull $(MODELS) > /dev/null || { \
	    [[ "$${CI:-}" != true ]] && echo "Without all models some tests are skipped." >&2; }
	@./.ci/fetch-encoder || { [[ "$${CI:-}" != true ]] && echo "Without MiniLM its test is skipped." >&2; }
	@./.ci/fetch-schema-suite || { [[ "$${CI:-}" != true ]] && echo "Without the suite its test is skipped." >&2; }
	$(SWIFT) test -c release --skip-build --disable-xctest -Xswiftc -enable-testing --scratch-path $(TEST_BUILD)

soak: ## run the workshop, then attack the loaders with millions of damaged inputs
	@./.ci/run-workshop
	@./Fuzzing/soak

lint: ## check the format and the targets' declared dependencies
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Examples Fuzzing
	@./.ci/install-packages $(BUILD_PACKAGES)
	$(SWIFT) build -c release --build-tests -Xswiftc -enable-testing --scratch-path $(TEST_BUILD) \
	    --explicit-target-dependency-import-check error

example: ## build a package that depends on the library, by path and by tag
	@./Examples/check

cross: ## compile the kernels for 64-bit Arm and test them in an emulator
	@./.ci/install-packages qemu-user libc6-dev-arm64-cross libgcc-12-dev-arm64-cross
	@./Tests/CrossProcessor/check

peers: $(BINARY) ## have other people's programs use the server (PEERS="--seconds 60")
	@$(BINARY) models pull smollm2-135m-instruct > /dev/null
	@./.ci/fetch-encoder
	@./Tests/Peers/check --program $(BINARY) $(PEERS)

bench: $(BINARY) ## compare the speed with other engines (BENCH="--help" lists options)
	@python3 -c "import ensurepip, venv" 2> /dev/null || ./.ci/install-packages python3-venv
	@python3 Benchmarks/bench.py --program $(BINARY) $(BENCH)

install: $(BINARY) ## install into PREFIX (default /usr/local), below DESTDIR if set
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(SHARE)/diptych/models" "$(SHARE)/diptych/themes" \
	    "$(SHARE)/diptych/prompts" "$(SHARE)/man/man1" "$(SHARE)/bash-completion/completions" \
	    "$(SHARE)/zsh/site-functions" "$(SHARE)/fish/vendor_completions.d"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/diptych"
	install -m 644 models/catalog.yaml "$(SHARE)/diptych/models/catalog.yaml"
	install -m 644 themes/*.yaml "$(SHARE)/diptych/themes/"
	install -m 644 prompts/*.yaml "$(SHARE)/diptych/prompts/"
	install -m 644 docs/diptych.1 "$(SHARE)/man/man1/diptych.1"
	$(BINARY) --generate-completion-script bash > "$(SHARE)/bash-completion/completions/diptych"
	$(BINARY) --generate-completion-script zsh > "$(SHARE)/zsh/site-functions/_diptych"
	$(BINARY) --generate-completion-script fish > "$(SHARE)/fish/vendor_completions.d/diptych.fish"

uninstall: ## remove what install put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/diptych" "$(SHARE)/man/man1/diptych.1" \
	    "$(SHARE)/bash-completion/completions/diptych" "$(SHARE)/zsh/site-functions/_diptych" \
	    "$(SHARE)/fish/vendor_completions.d/diptych.fish"
	rm -rf "$(SHARE)/diptych"

clean: ## remove what was built; fetched models stay
	rm -rf .build .build-*

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 18
