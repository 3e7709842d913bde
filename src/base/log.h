/* log.h - what the operator reads: one line an event on standard error.
 *
 * "2031-02-03T04:05:06Z warn  site 12: ..." Who reads what does not stand
 * here. Any thread.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/attrs.h"

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

/* What is lower than `from` is not written from now on; at first everything is. */
void log_level(enum log_level from);

/* One line, written at once, so that those of several threads do not mix. What would end it or
 * command a terminal becomes a blank or "?". A text of more than 4 KiB is left out; that nothing
 * can be written is not told. */
void log_line(enum log_level level, const char *fmt, ...) PRINTF(2, 3);

#define log_info(...)  log_line(LOG_INFO, __VA_ARGS__)
#define log_warn(...)  log_line(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)

#endif
