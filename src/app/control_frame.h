/* control_frame.h - frames on a socket, and addresses of any length. Private to control. */
#ifndef APP_CONTROL_FRAME_H
#define APP_CONTROL_FRAME_H

#include <sys/socket.h>
#include <sys/un.h>

#include "app/control.h"

bool control_frame_write(int fd, enum control_frame kind, struct str bytes);
/* The frame's bytes take the place of b's; one larger than b's ceiling is refused. */
bool control_frame_read(int fd, enum control_frame *kind, struct buf *b);
void control_frame_timeout(int fd, int seconds);	/* of reads; 0: none */

/* A connection to the server. FAIL_NOT_FOUND: none listens there. */
MUST_CHECK bool control_connect(const char *path, int *ret, struct fail *f);

/* sun_path holds 107 bytes, a data folder's path may be longer: then the address goes
 * through an open descriptor of the folder. */
struct control_address {
	struct sockaddr_un un;
	int dir_fd;
};
MUST_CHECK bool control_address_open(const char *path, struct control_address *ret, struct fail *f);
void control_address_close(struct control_address *a);

#endif
