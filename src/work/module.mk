noinst_LIBRARIES += src/work/libwork.a
A_WORK += src/work/libwork.a
src_work_libwork_a_SOURCES = \
	src/work/cond.c src/work/cond.h src/work/flight.c src/work/flight.h \
	src/work/lane.c src/work/lane.h src/work/mutex.c src/work/mutex.h \
	src/work/pool.c src/work/pool.h src/work/thread.c src/work/thread.h \
	src/work/turn.c src/work/turn.h
unit_tests += src/work/work_test
src_work_work_test_SOURCES = \
	src/work/flight_test.c src/work/lane_test.c src/work/mutex_test.c \
	src/work/pool_test.c src/work/thread_test.c src/work/turn_test.c \
	src/work/work_test.c src/work/work_test.h
src_work_work_test_LDADD = src/work/libwork.a $(A_1) $(CMOCKA_LIBS)
