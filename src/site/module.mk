noinst_LIBRARIES += src/site/libsite.a
A_SITE += src/site/libsite.a
src_site_libsite_a_SOURCES = \
	src/site/due.h src/site/due_store.c src/site/host_store.c src/site/host_store.h \
	src/site/known.c src/site/known.h src/site/maker.c src/site/maker.h \
	src/site/manage.c src/site/manage.h src/site/mark.c src/site/mark.h \
	src/site/mould.c src/site/mould.h src/site/name.c src/site/name.h \
	src/site/newest.h src/site/newest_store.c src/site/registry.c \
	src/site/registry.h src/site/settings.c src/site/settings.h \
	src/site/settings_store.c src/site/site.c src/site/site.h
unit_tests += src/site/site_test
src_site_site_test_SOURCES = \
	src/site/maker_test.c src/site/manage_test.c src/site/name_test.c \
	src/site/registry_test.c src/site/settings_test.c src/site/site_test.c \
	src/site/village_test.c src/site/village_test.h
src_site_site_test_LDADD = src/site/libsite.a $(A_3) $(CMOCKA_LIBS)
