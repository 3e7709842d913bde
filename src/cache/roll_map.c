/* roll_map.c - what is kept of a roll that is closed (roll.h).
 *
 * To read on through a roll is a call for each record. The file may be another one when it is
 * opened again, so it is asked who it is, and whether its last record lies where it lay; whoever
 * reads a record proves it anyway.
 */
#include "cache/roll_impl.h"

#include "base/mem.h"

enum { RECORDS_MOST = 4096 };

/* As roll_slot, in two thirds of its memory. */
struct spot {
	uint64_t key;
	uint32_t at, size;
};

struct roll_map {
	uint64_t device, inode;
	uint64_t end, dead;
	size_t n;
	struct spot spots[];		/* the one that lies last comes first */
};

/* Under the lock. */
static void note_spots(const struct roll *p, struct roll_map *m)
{
	for (size_t i = 0; i < p->cap; i++) {
		const struct roll_slot *s = &p->slots[i];
		struct spot spot = { s->key, (uint32_t)s->at, s->size };

		if (!s->size)
			continue;
		if (m->n && m->spots[0].at < spot.at) {
			m->spots[m->n++] = m->spots[0];
			m->spots[0] = spot;
		} else {
			m->spots[m->n++] = spot;
		}
	}
}

struct roll_map *roll_map_of(struct roll *p)
{
	MUTEX_HOLD(&p->lock);
	struct roll_map *m;

	if (!p->n || p->n > RECORDS_MOST || p->end > UINT32_MAX)
		return NULL;
	m = mem_alloc(sizeof *m + p->n * sizeof m->spots[0]);
	m->device = p->device;
	m->inode = p->inode;
	m->end = p->end;
	m->dead = p->dead;
	note_spots(p, m);
	return m;
}

size_t roll_map_bytes(const struct roll_map *m)
{
	return sizeof *m + m->n * sizeof m->spots[0];
}

void roll_map_free(struct roll_map *m)
{
	mem_free(m);
}

static struct roll_slot slot_of(const struct spot *s)
{
	return (struct roll_slot){ s->key, s->at, s->size };
}

bool roll_map_use(struct roll *p, const struct roll_map *m, uint64_t size, roll_read_fn *read)
{
	struct roll_slot last = slot_of(&m->spots[0]);

	if (p->device != m->device || p->inode != m->inode || size < m->end
	    || !roll_slot_is_there(p, &last, read))
		return false;
	for (size_t i = 0; i < m->n; i++) {
		struct roll_slot slot = slot_of(&m->spots[i]);

		roll_put_slot(p, &slot);
	}
	p->end = m->end;
	p->dead = m->dead;
	return true;
}
