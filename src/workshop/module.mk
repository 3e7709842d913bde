noinst_LIBRARIES += src/workshop/libworkshop.a
A_WORKSHOP += src/workshop/libworkshop.a
src_workshop_libworkshop_a_SOURCES = \
	src/workshop/bench.c src/workshop/bench.h src/workshop/forum.c src/workshop/forum.h \
	src/workshop/people.c src/workshop/people.h \
	src/workshop/start.c src/workshop/start.h src/workshop/trouble.c src/workshop/trouble.h \
	src/workshop/workshop.c src/workshop/workshop.h
