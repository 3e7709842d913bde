/* compile.h - the inside of the compiler; private to mustache/.
 *
 * compile.c appends the instructions, compile_scan.c finds the tags in the source,
 * compile_message.c reads {{#t}}. A compiler lives on the stack of template_compile() and
 * belongs to its thread alone; the template it makes is not seen by others before it is whole.
 *
 * Positions are bytes from the beginning of the source. Who returns bool has put the fault,
 * with its place, into c->f when it is false.
 */
#ifndef MUSTACHE_COMPILE_H
#define MUSTACHE_COMPILE_H

#include "base/limits.h"
#include "base/vec.h"
#include "mustache/place.h"
#include "mustache/program.h"

struct tag {
	char kind;			/* '\0' for a plain value, '{' also for '&' */
	struct str name;
	size_t start, end;		/* in the source, marks included */
	bool blank_before, blank_after;	/* on its line */
	struct str indent;		/* the blanks before, when there is nothing else */
	size_t next_line;		/* where the text goes on, when blank_after */
};

/* A section, parent or block whose end is still to come. */
struct open {
	enum op_kind kind;
	struct str name;
	uint32_t op;
	size_t start;			/* of the tag, in the source */
	struct place place;
	struct str indent;
	uint32_t text_op;		/* parent: the text before it + 1, or 0 */
};

/* Where a byte stands for who reads the source: both count from 1, columns in characters. */
struct position {
	size_t at, line, column;
};
#define POSITION_START { .line = 1, .column = 1 }

struct compiler {
	struct template *t;
	const struct template_options *options;
	struct fail *f;
	struct str src;			/* in the template's arena, as all names are */
	size_t text_from;		/* literal text not yet appended */
	size_t last_end;		/* end of the tag before */
	struct str left, right;		/* the marks */
	VEC(struct op) ops;
	struct open stack[LIMIT_TEMPLATE_DEPTH];
	unsigned depth;
	struct place place;
	struct position position;	/* of the last instruction */
};

/* --- compile_scan.c --- */

/* Puts "name:line:column: " before the fault; false. */
bool compile_wrong_at(struct compiler *c, size_t pos);
/* Moves `position` forward to the byte `to` of the source, or to its end. */
void compile_locate(const struct compiler *c, struct position *position, size_t to);
/* The next tag at or behind `from`; *found is false at the end of the source. */
MUST_CHECK bool compile_scan(struct compiler *c, size_t from, struct tag *tag, bool *found);
/* Strict names are made of letters, digits, "_", "-" and the bytes of `also`. */
MUST_CHECK bool compile_check_name(struct compiler *c, const struct tag *tag, const char *also);
/* The parts of a dotted name, in the template's arena. */
MUST_CHECK bool compile_path(struct compiler *c, struct str name, size_t pos, struct path *ret);

/* --- compile.c --- */

/* A new instruction for the tag at pos; lent until the next one is appended. */
struct op *compile_op(struct compiler *c, enum op_kind kind, size_t pos);
/* The text before a tag, without the blanks of a line that the tag has for itself. */
MUST_CHECK bool compile_text_before(struct compiler *c, const struct tag *tag, bool own_line);
/* A fault for all but blocks inside {{<parent}}. */
MUST_CHECK bool compile_outside_parent(struct compiler *c, size_t pos);

/* --- compile_message.c --- */

/* Whether the tag opens a message: its name is "t" or "t context", and messages are asked for. */
bool compile_is_message(const struct compiler *c, const struct tag *tag);
/* From the opening tag to {{/t}}. */
MUST_CHECK bool compile_message(struct compiler *c, const struct tag *open);

#endif
