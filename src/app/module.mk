noinst_LIBRARIES += src/app/libapp.a
A_APP += src/app/libapp.a
src_app_libapp_a_SOURCES = \
	src/app/access_line.c src/app/access_line.h src/app/access_log.c \
	src/app/access_log.h src/app/busy.c src/app/busy.h src/app/cached.c \
	src/app/cached.h src/app/config.c src/app/config.h src/app/config_keys.c \
	src/app/config_keys.h src/app/config_text.c src/app/control.c src/app/control.h \
	src/app/control_call.c src/app/control_frame.c src/app/control_frame.h \
	src/app/dispatch.c src/app/dispatch.h src/app/engine.c src/app/engine.h \
	src/app/entrance.c src/app/entrance.h src/app/features.c src/app/features.h \
	src/app/handover.c src/app/handover.h src/app/host.c src/app/host.h \
	src/app/keeper.c src/app/keeper.h src/app/metrics.c src/app/metrics.h \
	src/app/metrics_json.c src/app/metrics_text.c src/app/notice.c src/app/notice.h \
	src/app/operator.c src/app/operator.h src/app/outcome.c src/app/outcome.h \
	src/app/paths.c src/app/paths.h src/app/publish.c src/app/publish.h \
	src/app/pulse.c src/app/pulse.h src/app/purge.c src/app/purge.h src/app/render.c \
	src/app/render.h src/app/render_host.c src/app/render_impl.h \
	src/app/render_sitting.c src/app/render_work.c src/app/send.c src/app/send.h \
	src/app/serve.c src/app/serve.h src/app/share.c src/app/share.h \
	src/app/supervisor.c src/app/supervisor.h src/app/translate.c src/app/translate.h \
	src/app/translate_entry.c src/app/translate_entry.h src/app/translate_save.c \
	src/app/warm.c src/app/warm.h src/app/wording.c src/app/wording.h
unit_tests += src/app/app_test
src_app_app_test_SOURCES = \
	src/app/access_log_test.c src/app/app_test.c src/app/app_test.h \
	src/app/busy_test.c src/app/config_test.c src/app/control_test.c \
	src/app/dispatch_test.c src/app/host_test.c src/app/outcome_test.c \
	src/app/publish_test.c src/app/send_test.c src/app/wording_test.c
src_app_app_test_LDADD = src/app/libapp.a $(A_7) $(CMOCKA_LIBS)
src_app_truth_test_SOURCES = \
	src/app/precise_test.c src/app/truth_crowd_test.c src/app/truth_hand_test.c \
	src/app/truth_host_test.c src/app/truth_look_test.c src/app/truth_test.c \
	src/app/truth_test.h
src_app_truth_test_LDADD = src/app/libapp.a $(A_7) $(CMOCKA_LIBS)
unit_tests += src/app/values_test
src_app_values_test_SOURCES = \
	src/app/values_test.c src/front/square_test.c src/front/square_test.h \
	src/site/village_test.c src/site/village_test.h src/web/show_test.c \
	src/web/show_test.h
src_app_values_test_LDADD = $(A_7) $(CMOCKA_LIBS)
