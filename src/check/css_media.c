/* css_media.c - see css_media.h. */
#include "check/css_media.h"

#include "check/css_color.h"
#include "check/css_scan.h"

static double pixels(struct str length)
{
	static const struct css_color_word units[] = { { "px", 1 }, { "em", 16 }, { "rem", 16 },
						       { "pt", 4.0 / 3 }, { NULL, 0 } };
	double px;

	return css_color_number(length, 100, units, &px) ? px : 0;
}

/* "width >= 600px", "400px <= width < 700px" */
static bool range_holds(struct str inside, double width)
{
	struct str rest = inside, part;
	double left = width;
	bool holds = true, first = true, less = false, equal = false;

	while (css_scan_part(&rest, ' ', &part)) {
		double value;

		if (part.p[0] == '<' || part.p[0] == '>') {
			less = part.p[0] == '<';
			equal = str_ends(part, STR("="));
			continue;
		}
		value = str_eq(part, STR("width")) ? width : pixels(part);
		if (!first)
			holds = holds && ((less ? left < value : left > value)
					  || (equal && left == value));
		left = value;
		first = false;
	}
	return holds;
}

static bool feature_holds(struct str inside, const struct css_reader *r)
{
	struct str value, name = str_trim(str_cut(inside, ':', &value));

	value = str_trim(value);
	if (str_has_char(inside, '<') || str_has_char(inside, '>'))
		return str_find(inside, STR("width")) < 0 || range_holds(inside, r->width);
	if (str_eq(name, STR("prefers-color-scheme")))
		return str_eq(value, r->dark ? STR("dark") : STR("light"));
	if (str_eq(name, STR("prefers-reduced-motion")))
		return str_eq(value, STR("no-preference"));
	if (str_eq(name, STR("min-width")))
		return r->width >= pixels(value);
	if (str_eq(name, STR("max-width")))
		return r->width <= pixels(value);
	if (str_eq(name, STR("prefers-contrast")) || str_eq(name, STR("forced-colors"))
	    || str_eq(name, STR("prefers-reduced-transparency")))
		return str_eq(value, STR("no-preference")) || str_eq(value, STR("none"));
	return true;
}

static bool query_holds(struct str query, const struct css_reader *r)
{
	bool holds = true, not = false;
	struct str part;

	while (css_scan_part(&query, ' ', &part)) {
		if (str_eq_nocase(part, STR("not")))
			not = true;
		else if (part.p[0] == '(' && part.n > 2)
			holds = holds && feature_holds(str_sub(part, 1, part.n - 1), r);
		else if (str_eq_nocase(part, STR("print")) || str_eq_nocase(part, STR("speech")))
			holds = false;
	}
	return holds != not;
}

bool css_media_holds(struct str list, const struct css_reader *r)
{
	struct str query;

	while (css_scan_part(&list, ',', &query))
		if (query_holds(query, r))
			return true;
	return false;
}
