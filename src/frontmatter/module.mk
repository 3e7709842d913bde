noinst_LIBRARIES += src/frontmatter/libfrontmatter.a
A_FRONTMATTER += src/frontmatter/libfrontmatter.a
src_frontmatter_libfrontmatter_a_SOURCES = \
	src/frontmatter/frontmatter.c src/frontmatter/frontmatter.h src/frontmatter/pairs.c \
	src/frontmatter/pairs.h src/frontmatter/parse.h src/frontmatter/parse_lines.c \
	src/frontmatter/parse_toml.c src/frontmatter/parse_yaml.c
unit_tests += src/frontmatter/frontmatter_test
src_frontmatter_frontmatter_test_SOURCES = src/frontmatter/frontmatter_test.c
src_frontmatter_frontmatter_test_LDADD = src/frontmatter/libfrontmatter.a $(A_2) $(CMOCKA_LIBS)
