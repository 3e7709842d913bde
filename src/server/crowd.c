/* crowd.c - see crowd.h. */
#include "server/crowd.h"

#include <netinet/in.h>
#include <string.h>

#include "base/digest.h"
#include "base/str.h"

void crowd_init(struct crowd *c)
{
	c->seed = rand_u64();
}

/* The bytes that tell one reader from another; none for this machine. */
static struct str identity(const struct sockaddr_storage *from)
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)from;
	const struct sockaddr_in *in = (const struct sockaddr_in *)from;
	const unsigned char *v4 = NULL;

	if (from->ss_family == AF_INET)
		v4 = (const unsigned char *)&in->sin_addr;
	else if (from->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr))
		v4 = in6->sin6_addr.s6_addr + 12;
	if (v4)
		return v4[0] == 127 ? STR_NONE : str_from((const char *)v4, 4);
	if (from->ss_family != AF_INET6 || IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr))
		return STR_NONE;
	return str_from((const char *)in6->sin6_addr.s6_addr, 8);
}

static _Atomic uint32_t *place(struct crowd *c, uint64_t key, int row)
{
	return &c->places[row][(row ? key >> 32 : key) % CROWD_PLACES];
}

bool crowd_enter(struct crowd *c, const struct sockaddr_storage *from, unsigned most,
		 uint64_t *key)
{
	struct str who = identity(from);
	uint32_t a, b;

	*key = 0;
	if (!who.n || !most)
		return true;
	*key = str_hash(who, c->seed) | 1;
	a = atomic_fetch_add(place(c, *key, 0), 1);
	b = atomic_fetch_add(place(c, *key, 1), 1);
	if ((a < b ? a : b) < most)
		return true;
	crowd_leave(c, *key);
	*key = 0;
	return false;
}

void crowd_leave(struct crowd *c, uint64_t key)
{
	if (!key)
		return;
	atomic_fetch_sub(place(c, key, 0), 1);
	atomic_fetch_sub(place(c, key, 1), 1);
}
