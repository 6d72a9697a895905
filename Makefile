# The commands of the project; what each does stands in scripts/.
.PHONY: help demo run test check snapshots manual-pictures bench docs assets setup

export LISTEN DATA OUT

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

demo: ## build and serve the demonstration district [LISTEN=127.0.0.1:8080] [DATA=./data]
	@scripts/demo.sh

run: ## serve your own installation from a development build [LISTEN=…] [DATA=…]
	@scripts/run.sh

test: ## everything: format, lints, tests on SQLite and PostgreSQL, HTML, browser journeys
	@scripts/test.sh

check: ## the quick look before a commit: format, lints, house rules
	@scripts/check.sh

snapshots: ## pictures of every page type [OUT=target/snapshots]
	@scripts/snapshots.sh

manual-pictures: ## the pictures of the manual, taken from the demonstration
	@scripts/manual_pictures.sh

bench: ## the benchmarks, side by side with their peers
	@scripts/bench.sh

docs: ## the documentation of the code
	@cargo doc --workspace --no-deps --document-private-items

assets: ## styles and scripts only
	@scripts/setup.sh demo && scripts/assets.sh

setup: ## install what building, testing and measuring need
	@scripts/setup.sh test && scripts/setup.sh bench
