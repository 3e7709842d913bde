/* crowd.h - how many connections each address has open.
 *
 * A table of fixed size for all loops: two counters stand for an address, and the
 * smaller one is believed, so that a stranger rarely and an empty house never pays
 * for another. An IPv6 reader is his /64. Any thread, no lock.
 */
#ifndef SERVER_CROWD_H
#define SERVER_CROWD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#define CROWD_PLACES 8192

struct crowd {
	uint64_t seed;			/* nobody outside chooses whom he shares a place with */
	_Atomic uint32_t places[2][CROWD_PLACES];
};

void crowd_init(struct crowd *c);

/* One more from this address; false: that would be more than `most`. *key is for
 * crowd_leave(). The machine's own addresses are not counted (*key 0). */
bool crowd_enter(struct crowd *c, const struct sockaddr_storage *from, unsigned most,
		 uint64_t *key);
void crowd_leave(struct crowd *c, uint64_t key);	/* 0 is fine */

#endif
