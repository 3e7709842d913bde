/* choice.h - settings as an operator types them, checked against what the host has.
 *
 * site/ knows keys and types; which themes there are, and which options and presets a
 * theme has, only the host knows. Everything is checked before anything is changed.
 */
#ifndef CLI_CHOICE_H
#define CLI_CHOICE_H

#include "cli/call.h"
#include "site/manage.h"

/* KEY=VALUE taken apart. */
MUST_CHECK bool choice_split(struct str text, struct manage_setting *ret, struct fail *f);

/* site: whose theme the options belong to unless the list has another; NULL: a new one. */
MUST_CHECK bool choice_check(struct call *call, const struct site *site,
			     const struct manage_setting *list, size_t n, struct fail *f);

#endif
