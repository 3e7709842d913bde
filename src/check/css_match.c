/* css_match.c - see css_match.h. A selector is read from its right end: the last compound
 * must be the element's, what stands before is sought among those around it. */
#include "check/css_match.h"

#include "check/css_scan.h"

enum { DEPTH = 12 };

struct match {
	bool focus;
	int depth;
};

static bool match_list(const struct html_node *n, struct str list, struct match m);
static bool match_complex(const struct html_node *n, struct str selector, struct match m);

static bool is_name(char x)
{
	return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9')
	       || x == '-' || x == '_' || x == '\\' || (x & 0x80);
}

static struct str take_name(struct str *rest)
{
	struct str all = *rest;
	size_t n = 0;

	while (n < all.n && is_name(all.p[n]))
		n++;
	*rest = str_skip(all, n);
	return str_sub(all, 0, n);
}

/* "(...)" at the front, without its brackets. */
static struct str take_brackets(struct str *rest)
{
	size_t at = 1;
	struct str inside;

	for (int open = 1; at < rest->n && open; at++)
		open += (rest->p[at] == '(') - (rest->p[at] == ')');
	inside = str_sub(*rest, 1, at - 1);
	*rest = str_skip(*rest, at);
	return str_trim(inside);
}

static bool has_word(struct str list, struct str word)
{
	while (list.n) {
		struct str part = str_cut(list, ' ', &list);

		if (part.n && str_eq(str_trim(part), word))
			return true;
	}
	return false;
}

/* --- parts of a compound --- */

static bool match_attr(const struct html_node *n, struct str inside)
{
	struct str name = take_name(&inside), value, have;
	char op = inside.n ? inside.p[0] : '\0', key[64];

	if (name.n >= sizeof key)
		return false;
	for (size_t i = 0; i <= name.n; i++)
		key[i] = i < name.n ? name.p[i] : '\0';
	have = html_tree_attr(n, key);
	if (!op || !have.p)
		return have.p != NULL;
	value = str_trim(str_skip(inside, op == '=' ? 1 : 2));
	if (str_ends(value, STR(" i")) || str_ends(value, STR(" s")))
		value = str_trim(str_sub(value, 0, value.n - 2));
	if (value.n > 1 && (value.p[0] == '"' || value.p[0] == '\''))
		value = str_sub(value, 1, value.n - 1);
	switch (op) {
	case '=': return str_eq(have, value);
	case '^': return value.n && str_starts(have, value);
	case '$': return value.n && str_ends(have, value);
	case '*': return value.n && str_find(have, value) >= 0;
	case '~': return has_word(have, value);
	case '|': return str_eq(have, value) || (str_starts(have, value) && have.n > value.n
						 && have.p[value.n] == '-');
	default: return false;
	}
}

static const struct html_node *sibling(const struct html_node *n, bool before, bool of_type)
{
	struct str name = n->name;

	do
		n = before ? n->prev : n->next;
	while (n && (!n->name.n || (of_type && !str_eq(n->name, name))));
	return n;
}

static int place_of(const struct html_node *n, bool from_end, bool of_type)
{
	int place = 1;

	while ((n = sibling(n, !from_end, of_type)))
		place++;
	return place;
}

/* "2n+1", "odd", "3" */
static bool match_nth(int place, struct str formula)
{
	int64_t a = 0, b = 0;
	struct str tail, head;

	if (str_eq(formula, STR("odd")))
		return place % 2 == 1;
	if (str_eq(formula, STR("even")))
		return place % 2 == 0;
	if (str_to_i64(formula, &b))
		return place == b;
	head = str_trim(str_cut(formula, 'n', &tail));
	tail = str_trim(tail);
	if (str_starts(tail, STR("+")))
		tail = str_trim(str_skip(tail, 1));
	if (!str_to_i64(head, &a))
		a = str_eq(head, STR("-")) ? -1 : 1;
	if (tail.n && !str_to_i64(tail, &b))
		return false;
	return a ? (place - b) % a == 0 && (place - b) / a >= 0 : place == b;
}

static bool has_inside(const struct html_node *n, struct str list, struct match m)
{
	struct str part;

	while (css_scan_part(&list, ',', &part)) {
		bool child = str_starts(part, STR(">"));

		part = child ? str_trim(str_skip(part, 1)) : part;
		for (struct html_node *x = html_tree_next(n, n); x; x = html_tree_next(x, n))
			if (x->name.n && (!child || x->parent == n) && match_complex(x, part, m))
				return true;
	}
	return false;
}

static bool is_link(const struct html_node *n)
{
	return html_tree_is(n, "a") && html_tree_attr(n, "href").p;
}

static bool is_empty(const struct html_node *n)
{
	return !n->first;
}

static bool match_function(const struct html_node *n, struct str name, struct str inside,
			   struct match m)
{
	m.depth++;
	if (str_eq(name, STR("not")))
		return !match_list(n, inside, m);
	if (str_eq(name, STR("is")) || str_eq(name, STR("where")) || str_eq(name, STR("matches")))
		return match_list(n, inside, m);
	if (str_eq(name, STR("has")))
		return has_inside(n, inside, m);
	if (str_eq(name, STR("nth-child")))
		return match_nth(place_of(n, false, false), inside);
	if (str_eq(name, STR("nth-last-child")))
		return match_nth(place_of(n, true, false), inside);
	if (str_eq(name, STR("nth-of-type")))
		return match_nth(place_of(n, false, true), inside);
	return str_eq(name, STR("dir")) && str_eq(inside, STR("ltr"));
}

static bool match_word(const struct html_node *n, struct str name, struct match m)
{
	if (str_eq(name, STR("root")))
		return html_tree_is(n, "html");
	if (str_eq(name, STR("first-child")))
		return !sibling(n, true, false);
	if (str_eq(name, STR("last-child")))
		return !sibling(n, false, false);
	if (str_eq(name, STR("only-child")))
		return !sibling(n, true, false) && !sibling(n, false, false);
	if (str_eq(name, STR("first-of-type")))
		return !sibling(n, true, true);
	if (str_eq(name, STR("last-of-type")))
		return !sibling(n, false, true);
	if (str_eq(name, STR("empty")))
		return is_empty(n);
	if (str_eq(name, STR("link")) || str_eq(name, STR("any-link")))
		return is_link(n);
	if (str_eq(name, STR("focus")) || str_eq(name, STR("focus-visible")))
		return m.focus;
	return str_eq(name, STR("enabled")) || str_eq(name, STR("read-write"));
}

static bool match_pseudo(const struct html_node *n, struct str *rest, struct match m)
{
	struct str name;

	*rest = str_skip(*rest, 1);
	if (str_starts(*rest, STR(":")))
		return false;			/* a pseudo-element */
	name = take_name(rest);
	if (rest->n && rest->p[0] == '(')
		return match_function(n, name, take_brackets(rest), m);
	return match_word(n, name, m);
}

static bool match_compound(const struct html_node *n, struct str rest, struct match m)
{
	if (!n->name.n || m.depth > DEPTH)
		return false;
	while (rest.n) {
		struct str name;
		ptrdiff_t end;

		switch (rest.p[0]) {
		case '*':
			rest = str_skip(rest, 1);
			break;
		case '.':
		case '#':
			name = str_skip(rest, 1);
			name = take_name(&name);
			if (rest.p[0] == '.' ? !has_word(html_tree_attr(n, "class"), name)
					     : !str_eq(html_tree_attr(n, "id"), name))
				return false;
			rest = str_skip(rest, name.n + 1);
			break;
		case '[':
			end = str_find_char(rest, ']');
			if (end < 0 || !match_attr(n, str_trim(str_sub(rest, 1, (size_t)end))))
				return false;
			rest = str_skip(rest, (size_t)end + 1);
			break;
		case ':':
			if (!match_pseudo(n, &rest, m))
				return false;
			break;
		default:
			name = take_name(&rest);
			if (!name.n || !str_eq_nocase(n->name, name))
				return false;
		}
	}
	return true;
}

/* --- several compounds --- */

static bool is_space(char x)
{
	return x == ' ' || x == '\n' || x == '\t';
}

/* Cuts the last compound off; *op is what stands before it: ' ', '>', '+', '~', or 0. */
static struct str last_compound(struct str *selector, char *op)
{
	size_t at = selector->n;
	int depth = 0;
	struct str last;

	while (at > 0) {
		char x = selector->p[at - 1];

		depth += (x == ')' || x == ']') - (x == '(' || x == '[');
		if (!depth && (is_space(x) || x == '>' || x == '+' || x == '~'))
			break;
		at--;
	}
	last = str_skip(*selector, at);
	*op = '\0';
	while (at > 0 && (is_space(selector->p[at - 1]) || selector->p[at - 1] == '>'
			  || selector->p[at - 1] == '+' || selector->p[at - 1] == '~')) {
		char x = selector->p[--at];

		*op = is_space(x) && *op ? *op : is_space(x) ? ' ' : x;
	}
	*selector = str_sub(*selector, 0, at);
	return last;
}

static bool match_before(const struct html_node *n, struct str before, char op, struct match m)
{
	m.depth++;
	if (op == '>')
		return n->parent && match_complex(n->parent, before, m);
	if (op == '+' || op == '~') {
		while ((n = sibling(n, true, false))) {
			if (match_complex(n, before, m))
				return true;
			if (op == '+')
				return false;
		}
		return false;
	}
	while ((n = n->parent))
		if (match_complex(n, before, m))
			return true;
	return false;
}

static bool match_complex(const struct html_node *n, struct str selector, struct match m)
{
	struct str last;
	char op;

	selector = str_trim(selector);
	if (!selector.n || m.depth > DEPTH)
		return false;
	last = last_compound(&selector, &op);
	return match_compound(n, last, m) && (!op || match_before(n, selector, op, m));
}

static bool match_list(const struct html_node *n, struct str list, struct match m)
{
	struct str part;

	while (css_scan_part(&list, ',', &part))
		if (match_complex(n, part, m))
			return true;
	return false;
}

bool css_match(const struct html_node *n, struct str selector, bool focus)
{
	return match_complex(n, selector, (struct match){ focus, 0 });
}

/* --- weight --- */

static unsigned heaviest(struct str list)
{
	unsigned most = 0;
	struct str part;

	while (css_scan_part(&list, ',', &part)) {
		unsigned w = css_match_weight(part);

		most = w > most ? w : most;
	}
	return most;
}

/* Behind a colon: the pseudo-class and what is in its brackets. */
static unsigned pseudo_weight(struct str *rest)
{
	bool element = str_starts(*rest, STR("::"));
	struct str name, inside;

	*rest = str_skip(*rest, element ? 2 : 1);
	name = take_name(rest);
	if (!rest->n || rest->p[0] != '(')
		return element ? 1 : 1 << 10;
	inside = take_brackets(rest);
	if (str_eq(name, STR("where")))
		return 0;
	if (str_eq(name, STR("is")) || str_eq(name, STR("not")) || str_eq(name, STR("has")))
		return heaviest(inside);
	return 1 << 10;
}

unsigned css_match_weight(struct str rest)
{
	unsigned sum = 0;

	while (rest.n) {
		char x = rest.p[0];

		if (x == ':') {
			sum += pseudo_weight(&rest);
			continue;
		}
		if (x == '#')
			sum += 1 << 20;
		else if (x == '.' || x == '[')
			sum += 1 << 10;
		if (x == '[') {
			ptrdiff_t end = str_find_char(rest, ']');

			rest = end < 0 ? STR_NONE : str_skip(rest, (size_t)end + 1);
			continue;
		}
		if (x == '.' || x == '#')
			rest = str_skip(rest, 1);
		else if (is_name(x))
			sum += 1;
		if (rest.n && is_name(rest.p[0]))
			take_name(&rest);
		else if (x != '.' && x != '#')
			rest = str_skip(rest, 1);
	}
	return sum;
}
