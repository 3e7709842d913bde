/* program.h - the instructions of a compiled template; private to mustache/.
 *
 * A flat array: an instruction with a body is followed by it and says where it ends.
 * All strings live in the template's arena.
 */
#ifndef MUSTACHE_PROGRAM_H
#define MUSTACHE_PROGRAM_H

#include "base/ref.h"
#include "mustache/template.h"

enum op_kind {
	OP_TEXT,
	OP_VALUE,
	OP_RAW,
	OP_SECTION,
	OP_INVERTED,
	OP_PARTIAL,
	OP_PARENT,	/* its body holds overrides only, each an OP_BLOCK */
	OP_BLOCK,
	OP_MESSAGE,
};

struct name {
	struct str s;
	uint32_t hash;
};

struct path {		/* n == 0: the thing itself, {{.}} */
	struct name *names;
	uint32_t n;
};

struct message_arg {
	struct str name;	/* as in the placeholder */
	struct path path;
	bool raw;
};

struct message {
	const char *context;
	const char *id;
	struct message_arg *args;
	size_t n_args;
};

/* Where an override can be put: what its literal text leaves possible. */
enum fits { FITS_TEXT = 0, FITS_RCDATA = 1, FITS_ATTRIBUTE = 2 };

struct op {
	enum op_kind kind;
	bool bol;		/* text: begins a line of the source */
	bool own_line;		/* the tag stood alone on its line, which is gone */
	bool fresh;		/* block: the body begins on a line of its own, unindented */
	bool url;		/* value: the place wants an address */
	bool override;		/* block in a parent */
	unsigned char fits;	/* override: what it fits (bits); other block: what is needed */
	uint32_t end;		/* behind the last instruction of the body */
	uint32_t line, column;
	struct str text;	/* literal, or the name as written */
	struct str indent;	/* partial, parent, block: before each line */
	uint32_t hash;		/* block: of its name */
	struct path path;
	const struct message *message;
};

struct template {
	struct ref ref;
	struct arena *arena;
	const char *name;
	bool strict;
	struct op *ops;
	uint32_t n;
};

/* Takes the common indentation of its lines from the body ops[from..to) and returns it;
 * `otherwise` is the answer for a body without lines. */
struct str program_unindent(struct template *t, struct op *ops, uint32_t from, uint32_t to,
			    struct str otherwise);

#endif
