/* template.h - Mustache templates: compiled once, rendered often, from any thread.
 *
 * The whole core specification and inheritance ({{<parent}}, {{$block}}); no lambdas,
 * no dynamic names. A compiled template is immutable and refcounted. Other templates
 * (partials, parents) are found by name when it is rendered, because which one a name
 * means depends on the theme that uses it.
 *
 * `messages`: {{#t}}Read more{{/t}} is a message for the catalogs. White space in it is
 * folded, {{name}} and {{{name}}} inside become placeholders, so the message id of
 * {{#t}}By {{author.name}}{{/t}} is "By {author.name}". {{#t menu}}Home{{/t}} has the
 * context "menu". The translation is text: it is escaped, and so are the values put in,
 * except for {{{name}}} of type html.
 *
 * `strict` (themes of strangers): the engine escapes by type and place, and what cannot
 * be made safe that way does not compile. No {{=<% %>=}}. {{{x}}} only between tags, and
 * x must be html when rendered. {{x}} between tags and in quoted attributes; an attribute
 * that holds an address takes url values only (any text behind a literal "#"). No tags in
 * <script>, <style>, on...=, style=, comments or unquoted attributes. Sections end in the
 * same place of the HTML as they begin. A template that is not there, which is nothing by
 * the specification, is an error.
 *
 * `closed` (strict, and not trusted by the operator): closed.h refuses literal HTML that runs,
 * embeds or loads anything that is not the site's.
 *
 * Messages begin with "name:line:column: " (columns count characters).
 */
#ifndef MUSTACHE_TEMPLATE_H
#define MUSTACHE_TEMPLATE_H

#include "mustache/value.h"
#include "base/fail.h"

struct template;

struct template_options {
	bool strict;
	bool messages;
	bool closed;		/* with strict: no scripts, frames, nothing from elsewhere */
};

/* The source is copied; more than LIMIT_TEMPLATE is refused. */
MUST_CHECK bool template_compile(struct str source, const char *name,
				 const struct template_options *options, struct template **ret,
				 struct fail *f);
struct template *template_ref(struct template *t);
void template_unref(struct template *t);		/* NULL is fine */
void template_unrefp(struct template **t);		/* for CLEANUP */
const char *template_name(const struct template *t);

/* Where a rendering finds the rest of the world. Any member may be NULL or 0. */
struct render_env {
	void *arg;
	/* The template of that name, lent for as long as the rendering takes, or NULL. */
	const struct template *(*find)(void *arg, struct str name);
	/* The translation, or msgid itself. context may be NULL. Lent as above. */
	const char *(*translate)(void *arg, const char *context, const char *msgid);
	size_t nodes;		/* most instructions to run; 0: one million */
	size_t *ran;		/* gets how many were run; or NULL */
};

/* Appends to out, whose ceiling is the budget for output. What was appended before a
 * failure stays there. */
MUST_CHECK bool template_render(const struct template *t, const struct value *root,
				const struct render_env *env, struct buf *out, struct fail *f);

/* What a template mentions, in the order of its source: for the extraction of messages,
 * for checks of names, and for a caller who wants to know what is worth loading. */
enum template_use_kind {
	TEMPLATE_VALUE,		/* {{x}} */
	TEMPLATE_HTML,		/* {{{x}}} or {{&x}} */
	TEMPLATE_SECTION,	/* {{#x}} */
	TEMPLATE_INVERTED,	/* {{^x}} */
	TEMPLATE_PARTIAL,	/* {{>x}} */
	TEMPLATE_PARENT,	/* {{<x}} */
	TEMPLATE_BLOCK,		/* {{$x}} that may be overridden */
	TEMPLATE_OVERRIDE,	/* {{$x}} inside {{<parent}} */
	TEMPLATE_MESSAGE,	/* {{#t}}; its values follow as uses of their own */
};

struct template_use {
	enum template_use_kind kind;
	struct str name;	/* dotted, as written; of a message: its id */
	const char *context;	/* of a message, or NULL */
	bool url;		/* a value that stands for an address */
	int line, column;
	const struct template_use *in;	/* the section, parent or block around it, or NULL */
};

/* Calls fn for every use; false from fn ends it. The use and those around it are lent for
 * the call. */
void template_each_use(const struct template *t,
		       bool (*fn)(void *arg, const struct template_use *use), void *arg);
/* Whether the template itself (not its partials) says {{x}}, {{#x}}, {{x.y}} ... */
bool template_mentions(const struct template *t, struct str name);

#endif
