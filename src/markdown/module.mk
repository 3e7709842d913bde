noinst_LIBRARIES += src/markdown/libmarkdown.a
A_MARKDOWN += src/markdown/libmarkdown.a
src_markdown_libmarkdown_a_SOURCES = \
	src/markdown/markdown.c src/markdown/markdown.h src/markdown/md_blocks.c \
	src/markdown/md_blocks.h src/markdown/md_cell.c src/markdown/md_document.c \
	src/markdown/md_emit.c src/markdown/md_emit.h src/markdown/md_guard.c \
	src/markdown/md_guard.h src/markdown/md_html.c src/markdown/md_html.h \
	src/markdown/md_inline.c src/markdown/md_lines.c src/markdown/md_lines.h \
	src/markdown/md_links.c src/markdown/md_links.h src/markdown/md_marks.c \
	src/markdown/md_marks.h src/markdown/md_mem.c src/markdown/md_mem.h \
	src/markdown/md_notes.c src/markdown/md_notes.h src/markdown/md_reader.c \
	src/markdown/md_reader.h src/markdown/md_smart.c src/markdown/md_smart.h \
	src/markdown/md_strike.c src/markdown/md_strike.h src/markdown/md_survey.c \
	src/markdown/md_survey.h src/markdown/md_table.c src/markdown/md_table.h \
	src/markdown/md_tags.c src/markdown/md_tags.h src/markdown/md_toc.c \
	src/markdown/md_url.c src/markdown/md_url.h src/markdown/md_words.c \
	src/markdown/md_words.h
unit_tests += src/markdown/markdown_test
src_markdown_markdown_test_SOURCES = \
	src/markdown/markdown_test.c src/markdown/markdown_test.h \
	src/markdown/safety_test.c src/markdown/spec_test.c
src_markdown_markdown_test_LDADD = src/markdown/libmarkdown.a $(A_2) $(CMOCKA_LIBS)
EXTRA_PROGRAMS += src/markdown/shapes
src_markdown_shapes_SOURCES = src/markdown/shapes.c
src_markdown_shapes_LDADD = src/markdown/libmarkdown.a $(A_2)
