/* cmd_theme.h - what the commands about themes share. */
#ifndef CLI_CMD_THEME_H
#define CLI_CMD_THEME_H

#include "cli/call.h"
#include "theme/themes.h"

/* The themes of the call's host, as its folders are now: those of the server that runs in
 * this process, or our own. Without a host (call->data is NULL) those of the program alone.
 * Give back what was borrowed. */
MUST_CHECK bool cmd_theme_borrow(struct call *call, struct themes **ret, struct fail *f);
void cmd_theme_give_back(struct call *call, struct themes *ts);

/* FAIL_NOT_FOUND names the nearest. */
MUST_CHECK bool cmd_theme_find(struct call *call, struct themes *ts, struct str id,
			       struct themes_entry *ret, struct fail *f);

/* Where the theme of that id is, or the folder that `name` is: a word with a slash, or the name
 * of one that is here and holds a theme.ini. */
MUST_CHECK bool cmd_theme_folder(struct call *call, struct themes *ts, struct str name,
				 const char **ret, struct fail *f);

/* Fails: no page is made with a template of that name; the nearest one is named. */
bool cmd_theme_no_template(struct str name, struct fail *f);

/* "TH/screenshot.png" when there is one, else empty. */
struct str cmd_theme_screenshot(struct arena *a, struct str dir);

#endif
