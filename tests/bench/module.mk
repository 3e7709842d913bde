# Measurements beside other programs; BENCH='--quick render' is handed on.
EXTRA_DIST += tests/bench/README.md tests/bench/run tests/bench/between.c tests/bench/ceiling.c tests/bench/edit.py tests/bench/fair.py tests/bench/hugo.py tests/bench/instructions.py \
	tests/bench/pages.lua tests/bench/posts.py tests/bench/render.py tests/bench/scale.py \
	tests/bench/serve.py tests/bench/tools.py tests/bench/truth tests/bench/truth_reader.py \
	tests/bench/truth_site.py

bench:
	$(top_srcdir)/tests/bench/run $(BENCH)
.PHONY: bench
