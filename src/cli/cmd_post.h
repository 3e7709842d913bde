/* cmd_post.h - what the commands of texts share. */
#ifndef CLI_CMD_POST_H
#define CLI_CMD_POST_H

#include "cli/writing.h"
#include "transfer/save.h"

/* "published", "draft", "scheduled": for --json. */
const char *cmd_post_status_name(enum post_status status);
/* The same, or that it is a page, in the caller's language. */
const char *cmd_post_state(const struct call *call, enum post_kind kind, enum post_status status);

/* Key and date, RFC 3339 in the site's time; null for 0. */
void cmd_post_json_date(struct json *j, const char *key, int64_t t, const char *zone);

/* An argument or option that names a text: "/rain/". */
MUST_CHECK bool cmd_post_address(struct call *call, struct str asked, struct str *ret,
				 struct fail *f);

/* Saves and says what came of it; name stands for the text in complaints. */
MUST_CHECK bool cmd_post_put(struct call *call, struct writing *w, const struct save_text *text,
			     struct str name, struct fail *f);

#endif
