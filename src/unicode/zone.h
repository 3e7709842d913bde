/* zone.h - time zones by their names ("Europe/Paris"), from ICU's copy of the
 * IANA data. "UTC" is one. Any thread.
 */
#ifndef UNICODE_ZONE_H
#define UNICODE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

bool zone_exists(const char *zone);

/* Seconds east of UTC that clocks there showed, or will show, at t. A zone that
 * does not exist is UTC. */
int zone_offset(const char *zone, int64_t t);

#endif
