noinst_LIBRARIES += src/cache/libcache.a
A_CACHE += src/cache/libcache.a
src_cache_libcache_a_SOURCES = \
	src/cache/disk.c src/cache/disk.h src/cache/disk_impl.h src/cache/entry.c \
	src/cache/entry.h src/cache/memory.c src/cache/memory.h src/cache/note.c \
	src/cache/record.c src/cache/record.h src/cache/roll.c src/cache/roll.h \
	src/cache/roll_impl.h src/cache/roll_map.c src/cache/roll_rewrite.c src/cache/rolls.c src/cache/rolls.h \
	src/cache/statics.c src/cache/statics.h src/cache/statics_name.c \
	src/cache/statics_sweep.c
unit_tests += src/cache/cache_test
src_cache_cache_test_SOURCES = \
	src/cache/cache_test.c src/cache/cache_test.h src/cache/disk_damage_test.c \
	src/cache/disk_test.c src/cache/disk_test.h src/cache/entry_test.c \
	src/cache/memory_test.c src/cache/record_test.c src/cache/roll_test.c \
	src/cache/statics_test.c
src_cache_cache_test_LDADD = src/cache/libcache.a $(A_3) $(CMOCKA_LIBS)
