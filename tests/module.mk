# What is proved about the whole tree: tests/checks at every `make check`; each fuzz
# target over its seeds and kept crashes; with --enable-fuzzers the targets themselves.
# Stories (tests/stories) start the program and are run by tests/run.

checks = tests/checks/layers tests/checks/fences tests/checks/names tests/checks/headers \
	tests/checks/style tests/checks/catalogs
if HAVE_PYTHON
TESTS += $(checks)
endif
# fences and names look into the archives.
tests/checks/fences.log tests/checks/names.log: $(noinst_LIBRARIES)

fuzz_targets = \
	tests/fuzz/fuzz_chunked tests/fuzz/fuzz_css tests/fuzz/fuzz_entry \
	tests/fuzz/fuzz_forwarded tests/fuzz/fuzz_csv \
	tests/fuzz/fuzz_frontmatter tests/fuzz/fuzz_gz \
	tests/fuzz/fuzz_html tests/fuzz/fuzz_image tests/fuzz/fuzz_introduction tests/fuzz/fuzz_manifest \
	tests/fuzz/fuzz_markdown tests/fuzz/fuzz_markup tests/fuzz/fuzz_mustache tests/fuzz/fuzz_pack \
	tests/fuzz/fuzz_modern \
	tests/fuzz/fuzz_po tests/fuzz/fuzz_query tests/fuzz/fuzz_request \
	tests/fuzz/fuzz_save \
	tests/fuzz/fuzz_text tests/fuzz/fuzz_translate
if FUZZERS
EXTRA_PROGRAMS += $(fuzz_targets)
replay =
fuzz_ldflags = -fsanitize=fuzzer,address,undefined
else
check_PROGRAMS += $(fuzz_targets)
TESTS += $(fuzz_targets)
replay = tests/fuzz/replay.c
fuzz_ldflags =
endif
.PHONY: fuzzers
fuzzers: $(fuzz_targets)

tests_fuzz_fuzz_chunked_SOURCES = tests/fuzz/fuzz_chunked.c $(replay)
tests_fuzz_fuzz_chunked_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_chunked_LDADD = $(A_3)
tests_fuzz_fuzz_css_SOURCES = tests/fuzz/fuzz_css.c $(replay)
tests_fuzz_fuzz_css_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_css_LDADD = $(A_7)
tests_fuzz_fuzz_html_SOURCES = tests/fuzz/fuzz_html.c $(replay)
tests_fuzz_fuzz_html_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_html_LDADD = $(A_7)
tests_fuzz_fuzz_csv_SOURCES = tests/fuzz/fuzz_csv.c $(replay)
tests_fuzz_fuzz_csv_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_csv_LDADD = $(A_1)
tests_fuzz_fuzz_entry_SOURCES = tests/fuzz/fuzz_entry.c $(replay)
tests_fuzz_fuzz_entry_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_entry_LDADD = $(A_4)
tests_fuzz_fuzz_forwarded_SOURCES = tests/fuzz/fuzz_forwarded.c $(replay)
tests_fuzz_fuzz_forwarded_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_forwarded_LDADD = $(A_3)
tests_fuzz_fuzz_frontmatter_SOURCES = tests/fuzz/fuzz_frontmatter.c $(replay)
tests_fuzz_fuzz_frontmatter_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_frontmatter_LDADD = $(A_3)
tests_fuzz_fuzz_gz_SOURCES = tests/fuzz/fuzz_gz.c $(replay)
tests_fuzz_fuzz_gz_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_gz_LDADD = $(A_3)
tests_fuzz_fuzz_image_SOURCES = tests/fuzz/fuzz_image.c $(replay)
tests_fuzz_fuzz_image_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_image_LDADD = $(A_3)
tests_fuzz_fuzz_introduction_SOURCES = tests/fuzz/fuzz_introduction.c $(replay)
tests_fuzz_fuzz_introduction_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_introduction_LDADD = $(A_3)
tests_fuzz_fuzz_manifest_SOURCES = tests/fuzz/fuzz_manifest.c $(replay)
tests_fuzz_fuzz_manifest_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_manifest_LDADD = $(A_4)
tests_fuzz_fuzz_markdown_SOURCES = tests/fuzz/fuzz_markdown.c $(replay)
tests_fuzz_fuzz_markdown_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_markdown_LDADD = $(A_3)
tests_fuzz_fuzz_markup_SOURCES = tests/fuzz/fuzz_markup.c $(replay)
tests_fuzz_fuzz_markup_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_markup_LDADD = src/web/libweb.a $(A_5)
tests_fuzz_fuzz_modern_SOURCES = tests/fuzz/fuzz_modern.c $(replay)
tests_fuzz_fuzz_modern_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_modern_LDADD = $(A_4)
tests_fuzz_fuzz_mustache_SOURCES = tests/fuzz/fuzz_mustache.c $(replay)
tests_fuzz_fuzz_mustache_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_mustache_LDADD = $(A_3)
tests_fuzz_fuzz_pack_SOURCES = tests/fuzz/fuzz_pack.c $(replay)
tests_fuzz_fuzz_pack_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_pack_LDADD = $(A_3)
tests_fuzz_fuzz_po_SOURCES = tests/fuzz/fuzz_po.c $(replay)
tests_fuzz_fuzz_po_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_po_LDADD = $(A_3)
tests_fuzz_fuzz_query_SOURCES = tests/fuzz/fuzz_query.c $(replay)
tests_fuzz_fuzz_query_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_query_LDADD = $(A_3)
tests_fuzz_fuzz_request_SOURCES = tests/fuzz/fuzz_request.c $(replay)
tests_fuzz_fuzz_request_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_request_LDADD = $(A_3)

tests_fuzz_fuzz_save_SOURCES = tests/fuzz/fuzz_save.c $(replay)
tests_fuzz_fuzz_save_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_save_LDADD = src/transfer/libtransfer.a $(A_6)
tests_fuzz_fuzz_text_SOURCES = tests/fuzz/fuzz_text.c $(replay)
tests_fuzz_fuzz_text_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_text_LDADD = $(A_7)
tests_fuzz_fuzz_translate_SOURCES = tests/fuzz/fuzz_translate.c $(replay)
tests_fuzz_fuzz_translate_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_translate_LDADD = $(A_7)

EXTRA_DIST += README.md CHANGELOG.md LICENSE doc src/LAYERS .ci/run \
	$(checks) tests/checks/tree.py tests/run tests/debian.sh tests/tsan.supp tests/stories tests/fuzz \
	tests/data examples
