# The catalogs. `make pot` after a message changed in C or in a template, then
# `make po-merge`, then translate; tests/checks/catalogs proves that all was done.
catalogsdir = $(pkgdatadir)/lang
dist_catalogs_DATA = lang/LINGUAS lang/fr.po lang/es.po lang/de.po lang/it.po \
	lang/fr.operator.po lang/es.operator.po lang/de.operator.po lang/it.operator.po \
	lang/hameau.pot lang/operator.pot lang/GLOSSARY.csv lang/STYLE.en.md lang/STYLE.fr.md lang/STYLE.es.md \
	lang/STYLE.de.md lang/STYLE.it.md
textsdir = $(catalogsdir)/texts
dist_texts_DATA = lang/texts/legal.en.md lang/texts/legal.fr.md lang/texts/legal.es.md \
	lang/texts/legal.de.md lang/texts/legal.it.md lang/texts/help.en.md \
	lang/texts/help.fr.md lang/texts/help.es.md lang/texts/help.de.md lang/texts/help.it.md
EXTRA_DIST += lang/DOMAINS lang/README.md

.PHONY: pot pot-check po-merge po-stats
pot: hameau$(EXEEXT)
	$(AM_V_GEN)./hameau$(EXEEXT) lang extract $(srcdir) >/dev/null

check-local: pot-check
pot-check: hameau$(EXEEXT)
	@LC_ALL=C ./hameau$(EXEEXT) lang extract --check $(srcdir) >/dev/null

po-merge: hameau$(EXEEXT)
	@./hameau$(EXEEXT) lang merge --dir $(srcdir)/lang

po-stats: hameau$(EXEEXT)
	@./hameau$(EXEEXT) lang stats --dir $(srcdir)/lang
