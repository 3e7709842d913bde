/* plurals.c - see plurals.h. After the plural rules of gettext's manual and of CLDR, with
 * the form for fractions and for round millions left out: a catalog counts whole things. */
#include "translate/plurals.h"

#define SLAVIC "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && " \
	"(n%100<10 || n%100>=20) ? 1 : 2);"
#define CZECH "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);"

static const struct {
	const char *rule;
	const char *languages;		/* a space before and behind each */
} RULES[] = {
	{ "nplurals=1; plural=0;", " ja ko zh vi th id ms lo my km bo dz su jv yo ig wo " },
	{ "nplurals=2; plural=(n > 1);",
	  " fr pt-BR br oc wa am hi bn gu kn fa hy kab ln mg pa zu ti tl fil ak " },
	{ "nplurals=2; plural=(n != 1);",
	  " en de es it nl sv da nb nn no fi et hu el pt ca gl eu eo af bg sq sw tr az ka kk ky"
	  " uz tk tt ku ast an fo fur fy ia is lb ml mr mn nah ne nap om or pap pms ps rm sc"
	  " sco sd si so ta te ug ur vec xh ckb he io qps " },
	{ SLAVIC, " ru uk be sr hr bs sh " },
	{ CZECH, " cs sk " },
	{ "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
	  " pl szl csb " },
	{ "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);", " ro mo " },
	{ "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1"
	  " : 2);", " lt " },
	{ "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);", " lv " },
	{ "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);", " mk " },
	{ "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
	  " sl hsb dsb " },
	{ "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4);", " ga " },
	{ "nplurals=4; plural=(n==1 || n==11 ? 0 : n==2 || n==12 ? 1 : n>2 && n<20 ? 2 : 3);",
	  " gd " },
	{ "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
	  " cy " },
	{ "nplurals=4; plural=(n==1 ? 0 : n==0 || (n%100>1 && n%100<11) ? 1 :"
	  " n%100>10 && n%100<20 ? 2 : 3);", " mt " },
	{ "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
	  " n%100>=11 ? 4 : 5);", " ar " },
};

static bool has_word(struct str words, struct str word)
{
	while (words.n)
		if (str_eq_nocase(str_cut(words, ' ', &words), word))
			return true;
	return false;
}

const char *plurals_of(struct str lang)
{
	while (lang.n) {
		ptrdiff_t hyphen = str_rfind_char(lang, '-');

		for (size_t i = 0; i < ARRAY_LEN(RULES); i++)
			if (has_word(str_of(RULES[i].languages), lang))
				return RULES[i].rule;
		lang = str_sub(lang, 0, hyphen < 0 ? 0 : (size_t)hyphen);
	}
	return NULL;
}
