/* placeholder.c - see placeholder.h: the grammar of printf's directives (C11 7.21.6.1,
 * with POSIX's positions), and that of {names}. */
#include "lang/placeholder.h"

#include <string.h>
#include "base/ascii.h"

/* One directive, taken apart. */
struct directive {
	unsigned position;		/* n of %n$, 0: none */
	char length;			/* h l L(ll) j z t D(L) or 0 */
	char conversion;
	unsigned stars;			/* width and precision taken from arguments */
};

static char at(struct str s, size_t i)
{
	return i < s.n ? s.p[i] : '\0';
}

static size_t read_number(struct str s, size_t i, unsigned *ret)
{
	*ret = 0;
	for (; ascii_is_digit(at(s, i)) && *ret < 1000; i++)
		*ret = *ret * 10 + (unsigned)(s.p[i] - '0');
	return i;
}

static size_t read_width(struct str s, size_t i, struct directive *d)
{
	unsigned ignored;

	if (at(s, i) != '*')
		return read_number(s, i, &ignored);
	d->stars++;
	return i + 1;
}

static size_t read_length(struct str s, size_t i, struct directive *d)
{
	char c = at(s, i);

	if (!c || !strchr("hlLjzt", c))
		return i;
	d->length = c == 'L' ? 'D' : c;
	if ((c == 'h' || c == 'l') && at(s, i + 1) == c) {
		d->length = c == 'l' ? 'L' : 'h';
		return i + 2;
	}
	return i + 1;
}

/* i stands behind the "%"; returns the place behind the directive. */
static size_t read_directive(struct str s, size_t i, struct directive *d)
{
	unsigned number;
	size_t behind = read_number(s, i, &number);

	memset(d, 0, sizeof *d);
	if (number && at(s, behind) == '$') {
		d->position = number;
		i = behind + 1;
	}
	while (at(s, i) && strchr("-+ #0'I", at(s, i)))
		i++;
	i = read_width(s, i, d);
	if (at(s, i) == '.')
		i = read_width(s, i + 1, d);
	i = read_length(s, i, d);
	d->conversion = at(s, i);
	return i + 1;
}

/* The type letter of a directive's argument; 0: not one that we let through. */
static char type_of(const struct directive *d)
{
	switch (d->conversion) {
	case 'd': case 'i': case 'o': case 'u': case 'x': case 'X':
		return d->length == 'D' ? 0 : d->length && d->length != 'h' ? d->length : 'i';
	case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A':
		return d->length == 'D' ? 'D' : d->length && d->length != 'l' ? 0 : 'd';
	case 'c':
		return d->length ? 0 : 'i';
	case 's': case 'p':
		return d->length ? 0 : d->conversion;
	default:
		return 0;
	}
}

static bool put_type(struct placeholders *p, unsigned position, char type)
{
	if (position >= PLACEHOLDER_ARGS || type == 0)
		return false;
	if (p->type[position] && p->type[position] != type)
		return false;
	p->type[position] = type;
	if (position >= p->count)
		p->count = (unsigned char)(position + 1);
	return true;
}

static bool put_directive(struct placeholders *p, const struct directive *d, bool *positional)
{
	unsigned next = p->count;

	if (next == 0)
		*positional = d->position > 0;
	if (*positional != (d->position > 0) || (d->position && d->stars))
		return false;		/* glibc and others disagree on such mixtures */
	for (unsigned i = 0; i < d->stars; i++)
		if (!put_type(p, next++, 'i'))
			return false;
	return put_type(p, d->position ? d->position - 1 : next, type_of(d));
}

bool placeholders_of(struct str format, struct placeholders *ret)
{
	struct placeholders p = { 0 };
	struct directive d;
	bool positional = false;

	for (size_t i = 0; i < format.n;) {
		if (format.p[i++] != '%')
			continue;
		if (at(format, i) == '%') {
			i++;
			continue;
		}
		i = read_directive(format, i, &d);
		if (!put_directive(&p, &d, &positional))
			return false;
	}
	for (unsigned i = 0; i < p.count; i++)
		if (!p.type[i])
			return false;	/* a gap: printf could not know how wide it is */
	*ret = p;
	return true;
}

bool placeholders_fit(const struct placeholders *want, struct str text, bool fewer)
{
	struct placeholders has;

	if (!placeholders_of(text, &has) || has.count > want->count)
		return false;
	if (!fewer && has.count != want->count)
		return false;
	return memcmp(has.type, want->type, has.count) == 0;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ascii_is_digit(c) || c == '_' ||
	       c == '.';
}

struct str placeholder_next_name(struct str s, size_t *from)
{
	for (size_t i = *from; i < s.n; i++) {
		size_t end = i + 1;

		if (s.p[i] != '{')
			continue;
		while (end < s.n && is_name_char(s.p[end]))
			end++;
		if (at(s, end) != '}' || end == i + 1)
			continue;
		*from = end + 1;
		return str_sub(s, i + 1, end);
	}
	*from = s.n;
	return STR_NONE;
}

static bool has_name(struct str s, struct str name)
{
	struct str found;
	size_t i = 0;

	while ((found = placeholder_next_name(s, &i)).n)
		if (str_eq(found, name))
			return true;
	return false;
}

static bool has_all_names(struct str s, struct str of)
{
	struct str name;
	size_t i = 0;

	while ((name = placeholder_next_name(of, &i)).n)
		if (!has_name(s, name))
			return false;
	return true;
}

bool placeholder_names_fit(struct str id, struct str text, bool fewer)
{
	return has_all_names(id, text) && (fewer || has_all_names(text, id));
}
