/* modern_module.c - modules. The built-in ones of newer Sass are the global functions of ours
 * under other names; modules of files cannot be had. */
#include "theme/modern_impl.h"

struct member {
	const char *module, *name;
	const char *ours;	/* NULL: the same name */
};

static const struct member members[] = {
	{ "math", "div", "(" }, { "math", "ceil", NULL }, { "math", "floor", NULL },
	{ "math", "round", NULL }, { "math", "abs", NULL }, { "math", "max", NULL },
	{ "math", "min", NULL }, { "math", "percentage", NULL }, { "math", "random", NULL },
	{ "math", "unit", NULL }, { "math", "compatible", "comparable" },
	{ "math", "is-unitless", "unitless" },
	{ "math", "$pi", "3.1415926536" }, { "math", "$e", "2.7182818285" },
	{ "color", "red", NULL }, { "color", "green", NULL }, { "color", "blue", NULL },
	{ "color", "hue", NULL }, { "color", "saturation", NULL }, { "color", "lightness", NULL },
	{ "color", "alpha", NULL }, { "color", "opacity", NULL }, { "color", "mix", NULL },
	{ "color", "invert", NULL }, { "color", "grayscale", NULL },
	{ "color", "complement", NULL }, { "color", "ie-hex-str", NULL },
	{ "color", "adjust", "adjust-color" }, { "color", "scale", "scale-color" },
	{ "color", "change", "change-color" },
	{ "list", "append", NULL }, { "list", "index", NULL }, { "list", "join", NULL },
	{ "list", "length", NULL }, { "list", "nth", NULL }, { "list", "set-nth", NULL },
	{ "list", "zip", NULL }, { "list", "is-bracketed", NULL },
	{ "list", "separator", "list-separator" },
	{ "map", "get", "map-get" }, { "map", "has-key", "map-has-key" },
	{ "map", "keys", "map-keys" }, { "map", "merge", "map-merge" },
	{ "map", "remove", "map-remove" }, { "map", "values", "map-values" },
	{ "string", "quote", NULL }, { "string", "unquote", NULL },
	{ "string", "unique-id", NULL }, { "string", "index", "str-index" },
	{ "string", "insert", "str-insert" }, { "string", "length", "str-length" },
	{ "string", "slice", "str-slice" }, { "string", "to-lower-case", NULL },
	{ "string", "to-upper-case", NULL },
	{ "selector", "is-superselector", NULL }, { "selector", "simple-selectors", NULL },
	{ "selector", "append", "selector-append" }, { "selector", "extend", "selector-extend" },
	{ "selector", "nest", "selector-nest" }, { "selector", "parse", "selector-parse" },
	{ "selector", "replace", "selector-replace" }, { "selector", "unify", "selector-unify" },
	{ "meta", "call", NULL }, { "meta", "content-exists", NULL },
	{ "meta", "feature-exists", NULL }, { "meta", "function-exists", NULL },
	{ "meta", "get-function", NULL }, { "meta", "global-variable-exists", NULL },
	{ "meta", "inspect", NULL }, { "meta", "keywords", NULL },
	{ "meta", "mixin-exists", NULL }, { "meta", "type-of", NULL },
	{ "meta", "variable-exists", NULL },
};

static bool is_builtin(struct str module)
{
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		if (str_eq(module, str_of(members[i].module)))
			return true;
	return false;
}

static struct str module_of(const struct modern *m, struct str name)
{
	for (size_t i = m->n_aliases; i > 0; i--)
		if (str_eq(m->aliases[i - 1].name, name))
			return m->aliases[i - 1].module;
	return is_builtin(name) ? name : STR_NONE;
}

/* "math.div(" or "math.$pi"; "map.area" is an element with a class. */
bool modern_is_module(const struct modern *m, size_t at, size_t *dot)
{
	size_t end;

	*dot = scss_name(m->s, at);
	if (*dot == at || *dot + 1 >= m->s.n || m->s.p[*dot] != '.'
	    || !module_of(m, str_sub(m->s, at, *dot)).n)
		return false;
	end = scss_name(m->s, *dot + 1);
	return end > *dot + 1 && (m->s.p[*dot + 1] == '$' || (end < m->s.n && m->s.p[end] == '('));
}

/* math.div(a, b) -> (a/b). What is more than one word gets brackets of its own. */
static bool divide(struct modern *m, size_t at, const struct modern_call *c)
{
	struct modern_range args[MODERN_ARGS], all = { c->open + 1, c->close };
	size_t n;

	if (!modern_split(m, all, ',', args, &n) || n != 2 || args[0].from == args[0].to
	    || args[1].from == args[1].to)
		return fail(m->f, FAIL_INVALID, "math.div takes two numbers") || modern_refuse(m,
			at);
	if (!modern_walk(m, all.from, all.to))
		return false;
	modern_replace(m, at, c->open, STR(""));
	for (size_t i = 0; i < 2; i++) {
		size_t end = scss_token(m->s, args[i].from);

		if (end >= args[i].to)
			continue;
		modern_open(m, args[i].from, STR("("));
		modern_close(m, args[i].to, STR(")"));
	}
	modern_replace(m, args[0].to, args[1].from, STR("/"));
	return true;
}

static bool call(struct modern *m, size_t at, const struct modern_call *c, const char *ours)
{
	if (ours && ours[0] == '(')
		return divide(m, at, c);
	if (ours) {
		modern_replace(m, at, c->open, str_of(ours));
		return modern_walk(m, c->open + 1, c->close);
	}
	modern_replace(m, at, c->at, STR(""));
	return modern_function(m, c);
}

bool modern_member(struct modern *m, size_t at, size_t dot, size_t *end)
{
	struct modern_call c = { .at = dot + 1, .open = scss_name(m->s, dot + 1) };
	struct str name = str_sub(m->s, c.at, c.open);
	struct str module = module_of(m, str_sub(m->s, at, dot));

	for (size_t i = 0; i < ARRAY_LEN(members); i++) {
		if (!str_eq(name, str_of(members[i].name))
		    || !str_eq(module, str_of(members[i].module)))
			continue;
		*end = c.open;
		if (name.p[0] == '$') {
			modern_replace(m, at, c.open, str_of(members[i].ours));
			return true;
		}
		c.close = scss_close(m->s, c.open);
		*end = c.close + 1;
		m->broken = m->broken || c.close >= m->s.n;
		return m->broken || call(m, at, &c, members[i].ours);
	}
	return fail(m->f, FAIL_INVALID, "%.*s.%.*s is not known to this Sass",
		    STR_ARG(str_sub(module, 0, 40)), STR_ARG(str_sub(name, 0, 40)))
		|| modern_refuse(m, at);
}

static bool refuse_file(struct modern *m, size_t at, struct str rule, struct str url)
{
	return fail(m->f, FAIL_INVALID, "this Sass has no modules; write @import \"%.*s\" in place"
		    " of %.*s", STR_ARG(str_sub(url, 0, 100)), STR_ARG(rule)) || modern_refuse(m,
		    at);
}

bool modern_use(struct modern *m, size_t at, size_t to)
{
	size_t name = scss_name(m->s, at), from = scss_space(m->s, name), end = scss_quiet(m->s,
		from);
	struct str rule = str_sub(m->s, at, name), url, rest, alias;

	if (end <= from || scss_is_comment(m->s, from) || end > to)
		return refuse_file(m, at, rule, STR("..."));
	url = str_sub(m->s, from + 1, end - 1);
	if (!str_starts(url, STR("sass:")) || str_eq(rule, STR("@forward")))
		return refuse_file(m, at, rule, url);
	url = str_skip(url, 5);
	rest = str_trim(str_sub(m->s, end, to));
	alias = str_starts(rest, STR("as ")) ? str_trim(str_skip(rest, 3)) : url;
	if (!is_builtin(url) || (rest.n && alias.p == url.p) || scss_name(alias, 0) != alias.n
	    || !alias.n || m->n_aliases == MODERN_ALIASES)
		return fail(m->f, FAIL_INVALID,
			"of modules this Sass understands sass:color, sass:list,"
			    " sass:map, sass:math, sass:meta, sass:selector and sass:string,"
			    	    " with \"as"
			    " NAME\" or without") || modern_refuse(m, at);
	m->aliases[m->n_aliases++] = (struct modern_alias){ alias, url };
	modern_replace(m, at, to < m->s.n && m->s.p[to] == ';' ? to + 1 : to, STR(""));
	return true;
}
