/* site_schema.h - the steps of site.db, put together from the folders that own the tables.
 *
 * A released step is never changed; a folder's next step is added at the end.
 */
#ifndef APP_SITE_SCHEMA_H
#define APP_SITE_SCHEMA_H

#include "store/schema.h"

extern const struct schema_step site_schema_steps[];
extern const struct gen_tables site_schema_tables[];

#endif
