/* json.h - writing JSON (RFC 8259) into a buf. Reading it is jansson's work.
 *
 * A writer keeps the commas right:
 *	struct json j = { &b };
 *	json_open(&j, '{'); json_key(&j, "name"); json_str(&j, s); json_close(&j, '}');
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

struct json {
	struct buf *b;
	bool comma;		/* the next value needs one before it */
};

void json_open(struct json *j, char bracket);		/* '{' or '[' */
void json_close(struct json *j, char bracket);		/* '}' or ']' */
void json_key(struct json *j, const char *key);
void json_str(struct json *j, struct str s); /* invalid UTF-8 becomes U+FFFD; < is \u003c */
bool json_is_plain(struct str s);			/* it stands between quotes as it is */
void json_i64(struct json *j, int64_t v);
void json_bool(struct json *j, bool v);
void json_none(struct json *j);
void json_raw(struct json *j, struct str s);		/* a ready JSON value */

/* key and value at once */
void json_put_str(struct json *j, const char *key, struct str s);
void json_put_i64(struct json *j, const char *key, int64_t v);
void json_put_bool(struct json *j, const char *key, bool v);

#endif
