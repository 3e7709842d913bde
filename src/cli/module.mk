noinst_LIBRARIES += src/cli/libcli.a
A_CLI += src/cli/libcli.a
src_cli_libcli_a_SOURCES = \
	src/cli/call.c src/cli/call.h src/cli/choice.c src/cli/choice.h src/cli/cli.c \
	src/cli/cli.h src/cli/cmd_cache.c src/cli/cmd_doctor.c src/cli/cmd_export.c \
	src/cli/cmd_help.c src/cli/cmd_import.c src/cli/cmd_init.c src/cli/cmd_lang.c \
	src/cli/cmd_lang.h src/cli/cmd_lang_check.c src/cli/cmd_lang_stats.c \
	src/cli/cmd_post.c src/cli/cmd_post.h src/cli/cmd_post_edit.c src/cli/cmd_post_merge.c src/cli/cmd_post_merge.h src/cli/cmd_post_list.c \
	src/cli/cmd_post_save.c src/cli/cmd_render.c src/cli/cmd_serve.c src/cli/cmd_site.c \
	src/cli/cmd_site_import.c src/cli/cmd_site_list.c src/cli/cmd_site_table.c \
	src/cli/cmd_site_table.h src/cli/cmd_theme.c src/cli/cmd_theme.h \
	src/cli/cmd_theme_bench.c src/cli/cmd_theme_check.c src/cli/cmd_theme_context.c \
	src/cli/cmd_theme_install.c src/cli/cmd_theme_new.c src/cli/cmd_theme_override.c \
	src/cli/cmd_theme_serve.c src/cli/cmd_theme_show.c src/cli/cmd_theme_values.c \
	src/cli/cmd_top.c src/cli/cmd_word.c src/cli/command.c src/cli/command.h \
	src/cli/doctor.h src/cli/doctor_machine.c src/cli/each_site.c src/cli/each_site.h \
	src/cli/help.c src/cli/help.h src/cli/help_completion.c src/cli/help_man.c \
	src/cli/help_settings.c src/cli/parse.c src/cli/parse.h src/cli/remote.c \
	src/cli/remote.h src/cli/stage.c src/cli/stage.h src/cli/terminal.c \
	src/cli/terminal.h src/cli/top.c src/cli/top.h src/cli/writing.c src/cli/writing.h
unit_tests += src/cli/cli_test
src_cli_cli_test_SOURCES = \
	src/cli/cli_test.c src/cli/cli_test.h src/cli/help_test.c src/cli/language_test.c \
	src/cli/parse_test.c src/cli/remote_test.c src/cli/top_test.c
src_cli_cli_test_LDADD = src/cli/libcli.a $(A_8) $(CMOCKA_LIBS)

bin_PROGRAMS += hameau
hameau_SOURCES = src/main.c
hameau_LDADD = $(A_9)

# Made by the program itself from its table of commands.
hameau.1: hameau$(EXEEXT)
	$(AM_V_GEN)LC_ALL=C ./hameau$(EXEEXT) help --man > $@.tmp && mv $@.tmp $@
hameau.bash: hameau$(EXEEXT)
	$(AM_V_GEN)LC_ALL=C ./hameau$(EXEEXT) help --completion bash > $@.tmp && mv $@.tmp $@
_hameau: hameau$(EXEEXT)
	$(AM_V_GEN)LC_ALL=C ./hameau$(EXEEXT) help --completion zsh > $@.tmp && mv $@.tmp $@
hameau.fish: hameau$(EXEEXT)
	$(AM_V_GEN)LC_ALL=C ./hameau$(EXEEXT) help --completion fish > $@.tmp && mv $@.tmp $@
hameau.service: src/cli/hameau.service.in Makefile
	$(AM_V_GEN)sed 's|@bindir[@]|$(bindir)|g' $(srcdir)/src/cli/hameau.service.in > $@.tmp && mv $@.tmp $@

man1_MANS = hameau.1
bashcompdir = $(datadir)/bash-completion/completions
zshcompdir = $(datadir)/zsh/site-functions
fishcompdir = $(datadir)/fish/vendor_completions.d
systemdunitdir = $(prefix)/lib/systemd/system
zshcomp_DATA = _hameau
fishcomp_DATA = hameau.fish
systemdunit_DATA = hameau.service
dist_systemdunit_DATA = src/cli/hameau.socket
proxiesdir = $(docdir)/proxies
dist_proxies_DATA = doc/proxies/Caddyfile doc/proxies/haproxy.cfg doc/proxies/haproxy-tcp.cfg \
	doc/proxies/nginx.conf
bashcomp_DATA = hameau.bash
CLEANFILES += hameau.1 hameau.bash _hameau hameau.fish hameau.service
EXTRA_DIST += src/cli/hameau.service.in
