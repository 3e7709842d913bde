noinst_LIBRARIES += src/feeds/libfeeds.a
A_FEEDS += src/feeds/libfeeds.a
src_feeds_libfeeds_a_SOURCES = \
	src/feeds/atom.c src/feeds/channel.c src/feeds/channel.h src/feeds/entries.c \
	src/feeds/entries.h src/feeds/feeds.c src/feeds/feeds.h src/feeds/jsonfeed.c \
	src/feeds/rss.c src/feeds/sitemap.c src/feeds/sitemap.h
unit_tests += src/feeds/feeds_test
src_feeds_feeds_test_SOURCES = src/feeds/feeds_test.c src/web/show_test.c src/web/show_test.h
src_feeds_feeds_test_LDADD = src/feeds/libfeeds.a $(A_6) $(CMOCKA_LIBS)
