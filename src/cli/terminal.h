/* terminal.h - the person at this process's own standard streams.
 *
 * A struct call_io that writes to them, draws progress on a terminal once the work
 * takes longer than two seconds, reads answers, and knows Ctrl-C: the first one asks
 * the command to stop where it is safe, the second ends the process.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <signal.h>

#include "cli/call.h"

extern const struct call_io terminal_io;

void terminal_catch_interrupts(void);
void terminal_heed_interrupts(void);	/* those that came while they were held back, too */
int terminal_interrupt(void);		/* the signal that came; SIGPIPE: nobody reads; 0: none */
bool terminal_can_ask(void);		/* standard input and error are terminals */
void terminal_clear_progress(void);	/* before the last words */

#endif
