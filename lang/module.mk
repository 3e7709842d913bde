# The catalogs. `make pot` after a message changed in C or in a template, then
# `make po-merge`, then translate; tests/checks/catalogs proves that all was done.
catalogsdir = $(pkgdatadir)/lang
dist_catalogs_DATA = lang/LINGUAS lang/fr.po lang/es.po lang/de.po lang/it.po
EXTRA_DIST += lang/hameau.pot lang/extract lang/README.md lang/GLOSSARY.csv \
	lang/STYLE.fr.md lang/STYLE.es.md lang/STYLE.de.md lang/STYLE.it.md

EXTRA_PROGRAMS += lang/templates
CLEANFILES += lang/templates$(EXEEXT) hameau.pot.new
lang_templates_SOURCES = lang/templates.c
lang_templates_LDADD = src/mustache/libmustache.a $(A_2)

.PHONY: pot pot-check po-merge po-stats
pot: lang/templates$(EXEEXT)
	$(AM_V_GEN)$(srcdir)/lang/extract $(srcdir) lang/templates$(EXEEXT) >hameau.pot.new && \
	mv hameau.pot.new $(srcdir)/lang/hameau.pot

check-local: pot-check
pot-check: lang/templates$(EXEEXT)
	@if ! xgettext --version >/dev/null 2>&1; then \
		echo "pot-check: skipped, gettext is not installed"; exit 0; \
	fi; \
	$(srcdir)/lang/extract $(srcdir) lang/templates$(EXEEXT) >hameau.pot.new && \
	if diff -u $(srcdir)/lang/hameau.pot hameau.pot.new; then rm -f hameau.pot.new; \
	else echo "lang/hameau.pot is not up to date: make pot" >&2; exit 1; fi

po-merge:
	@for lang in fr es de it; do \
		msgmerge --quiet --previous --update --backup=none --add-location=file \
			--sort-by-file $(srcdir)/lang/$$lang.po $(srcdir)/lang/hameau.pot || exit 1; \
	done

po-stats:
	@for lang in fr es de it; do \
		printf '%s: ' $$lang; msgfmt --statistics -o /dev/null $(srcdir)/lang/$$lang.po; \
	done
