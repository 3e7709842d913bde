/* doctor.h - what the parts of hameau doctor share. */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include "cli/call.h"

enum doctor_level { DOCTOR_FINE, DOCTOR_WARNING, DOCTOR_ERROR };

struct doctor {
	struct call *call;
	bool quick;
	int64_t sites, total, warnings, errors;
	struct json json;
};

/* One finding: a sentence that says what to do. */
void doctor_tell(struct doctor *d, enum doctor_level level, const char *fmt, ...) PRINTF(3, 4);

/* Everything but databases: the machine, the folder, configuration, themes, catalogs. */
void doctor_machine(struct doctor *d);

#endif
