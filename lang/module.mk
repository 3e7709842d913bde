# The catalogs. `make pot` after a message changed in C or in a template, then
# `make po-merge`, then translate; tests/checks/catalogs proves that all was done.
catalogsdir = $(pkgdatadir)/lang
dist_catalogs_DATA = lang/LINGUAS lang/fr.po lang/es.po lang/de.po lang/it.po \
	lang/fr.operator.po lang/es.operator.po lang/de.operator.po lang/it.operator.po
EXTRA_DIST += lang/hameau.pot lang/operator.pot lang/DOMAINS lang/extract lang/README.md lang/GLOSSARY.csv \
	lang/STYLE.fr.md lang/STYLE.es.md lang/STYLE.de.md lang/STYLE.it.md

EXTRA_PROGRAMS += lang/templates
CLEANFILES += lang/templates$(EXEEXT)
lang_templates_SOURCES = lang/templates.c
lang_templates_LDADD = src/mustache/libmustache.a $(A_2)

.PHONY: pot pot-check po-merge po-stats
pot: lang/templates$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) pot.new && \
	$(srcdir)/lang/extract $(srcdir) lang/templates$(EXEEXT) pot.new && \
	mv pot.new/hameau.pot pot.new/operator.pot $(srcdir)/lang/ && rmdir pot.new

check-local: pot-check
pot-check: lang/templates$(EXEEXT)
	@if ! xgettext --version >/dev/null 2>&1; then \
		echo "pot-check: skipped, gettext is not installed"; exit 0; \
	fi; \
	$(MKDIR_P) pot.new && $(srcdir)/lang/extract $(srcdir) lang/templates$(EXEEXT) pot.new && \
	for domain in hameau operator; do \
		diff -u $(srcdir)/lang/$$domain.pot pot.new/$$domain.pot || \
			{ echo "lang/$$domain.pot is not up to date: make pot" >&2; exit 1; }; \
	done; rm -rf pot.new

po-merge:
	@for lang in fr es de it; do for domain in hameau operator; do \
		po=$$lang.$$domain; test $$domain = operator || po=$$lang; \
		msgmerge --quiet --previous --update --backup=none --add-location=file \
			--sort-by-file $(srcdir)/lang/$$po.po $(srcdir)/lang/$$domain.pot || exit 1; \
	done; done

po-stats:
	@for po in $(srcdir)/lang/*.po; do \
		printf '%s: ' $$po; msgfmt --statistics -o /dev/null $$po; \
	done
