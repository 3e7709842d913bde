# The themes that come with the program, and the texts that theme serve shows them with, whole
# folders: a file more needs no line here.
EXTRA_DIST += themes
themes_dir = $(DESTDIR)$(pkgdatadir)/themes
examples_dir = $(DESTDIR)$(pkgdatadir)/examples

install-data-local:
	cd $(srcdir)/themes && find . -mindepth 2 -type f | while read -r f; do \
		$(MKDIR_P) "$(themes_dir)/$${f%/*}" && $(INSTALL_DATA) "$$f" "$(themes_dir)/$$f" \
			|| exit 1; \
	done
	cd $(srcdir)/examples && find sites workshop -type f | while read -r f; do \
		$(MKDIR_P) "$(examples_dir)/$${f%/*}" && $(INSTALL_DATA) "$$f" "$(examples_dir)/$$f" \
			|| exit 1; \
	done

uninstall-local:
	cd $(srcdir)/themes && find . -mindepth 1 -maxdepth 1 -type d | while read -r d; do \
		rm -rf "$(themes_dir)/$$d"; \
	done
	rm -rf "$(examples_dir)"
	-rmdir "$(themes_dir)" "$(DESTDIR)$(pkgdatadir)" 2>/dev/null

# Pictures of every theme, to be looked at, in screenshots/; themes/*/screenshot.png anew.
.PHONY: screenshots
screenshots: hameau$(EXEEXT)
	HAMEAU=$(abs_builddir)/hameau HAMEAU_SHARE=$(abs_top_srcdir) \
		$(srcdir)/tests/stories/screenshots screenshots --keep
