/* cmd_lang.h - what the commands for translators share. */
#ifndef CLI_CMD_LANG_H
#define CLI_CMD_LANG_H

#include "cli/call.h"
#include "translate/po_folder.h"
#include "translate/text_folder.h"

/* The folder, read. A language named that has no catalog there is refused. */
MUST_CHECK bool cmd_lang_load(struct call *call, struct po_folder *ret, struct fail *f);

/* Whether the language of the file was named, or none was. */
bool cmd_lang_wants(const struct call *call, const struct po_folder_file *file);

/* The same for a language of long texts; English, which the others are compared with, always. */
bool cmd_lang_wants_text(const struct call *call, struct str lang);

#endif
