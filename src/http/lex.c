/* lex.c - see lex.h. */
#include "http/lex.h"

#include "base/ascii.h"

const bool lex_token_char[256] = {
	['!'] = 1, ['#'] = 1, ['$'] = 1, ['%'] = 1, ['&'] = 1, ['\''] = 1, ['*'] = 1, ['+'] = 1,
	['-'] = 1, ['.'] = 1, ['^'] = 1, ['_'] = 1, ['`'] = 1, ['|'] = 1, ['~'] = 1,
	['0' ... '9'] = 1, ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1,
};

bool lex_is_token(struct str s)
{
	return s.n > 0 && lex_token(s) == s.n;
}

/* "0.5" is 500; three decimals at most (RFC 9110 section 12.4.2). */
static int quality_of(struct str s)
{
	int q, unit = 100;

	if (!s.n || s.n > 5 || (s.p[0] != '0' && s.p[0] != '1') || (s.n > 1 && s.p[1] != '.'))
		return 0;
	q = (s.p[0] - '0') * 1000;
	for (size_t i = 2; i < s.n; i++, unit /= 10) {
		if (!ascii_is_digit(s.p[i]))
			return 0;
		q += (s.p[i] - '0') * unit;
	}
	return q > 1000 ? 0 : q;
}

bool lex_quality(struct str *rest, struct str *word, int *quality)
{
	struct str element, params, param;

	while (rest->n) {
		element = lex_trim(str_cut(*rest, ',', rest));
		if (!element.n)
			continue;
		*word = lex_trim(str_cut(element, ';', &params));
		*quality = 1000;
		while (params.n) {
			param = lex_trim(str_cut(params, ';', &params));
			if (param.n >= 2 && (param.p[0] | 0x20) == 'q' && param.p[1] == '=')
				*quality = quality_of(str_skip(param, 2));
		}
		return true;
	}
	return false;
}
