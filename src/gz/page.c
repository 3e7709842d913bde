/* page.c - pages to gzip (gz.h: gz_page), by ISA-L.
 *
 * Its level 0 writes a repetition as soon as it is found, by a code that was made before: here
 * of how often pages have what (histogram.h). Most pages are in Latin letters, and that code
 * serves them nearly as well as one of their own. Level 1 makes a code for just this text: it
 * takes what is in other letters.
 */
#include <assert.h>
#include <isa-l/igzip_lib.h>
#include "base/mem.h"
#include "gz/gz.h"
#include "gz/histogram.h"
#include "gz/shelf.h"

enum { FRAME = 18, STORED_HEAD = 5 };		/* bytes: round the stream; of a block as it is */
enum { SAMPLE = 16, QUARTERS_MOST = 25 };	/* one byte of so many; its bits, on average */

struct packer {
	struct isal_hufftables code;
	struct isal_zstream stream;
	uint8_t found[ISAL_DEF_LVL1_SMALL];	/* by level 1, until its code is made */
};

static struct shelf packers;

static struct packer *packer_new(void)
{
	struct packer *p = MEM_NEW(struct packer);
	struct isal_huff_histogram *h = MEM_NEW(struct isal_huff_histogram);

	for (int i = 0; i < HISTOGRAM_SYMBOLS; i++)
		h->lit_len_histogram[i] = histogram_symbols[i];
	for (int i = 0; i < HISTOGRAM_DISTANCES; i++)
		h->dist_histogram[i] = histogram_distances[i];
	isal_create_hufftables(&p->code, h);
	mem_free(h);
	return p;
}

/* By a sample. */
static bool suits(const struct isal_hufftables *code, struct str text)
{
	size_t bits = 0, n = 0;

	for (size_t i = 0; i < text.n; i += SAMPLE, n++)
		bits += code->lit_table_sizes[(unsigned char)text.p[i]];
	return bits * 4 <= n * QUARTERS_MOST;
}

/* Returns how many bytes were written. */
static size_t pack(struct packer *p, struct str plain, char *to, size_t room)
{
	struct isal_zstream *s = &p->stream;

	isal_deflate_stateless_init(s);
	if (suits(&p->code, plain))
		s->hufftables = &p->code;
	else
		s->level = 1;
	s->level_buf = p->found;
	s->level_buf_size = sizeof p->found;
	s->gzip_flag = IGZIP_GZIP;
	s->end_of_stream = 1;
	s->next_in = (uint8_t *)plain.p;
	s->avail_in = (uint32_t)plain.n;
	s->next_out = (uint8_t *)to;
	s->avail_out = (uint32_t)room;
	if (isal_deflate_stateless(s) != COMP_OK)
		assert(!"the room is that of the worst case");
	return s->total_out;
}

/* At worst all is stored as it is, in blocks of 64 KiB. Less is never given, because there might
 * then be other bytes of the same page. */
static size_t bound(size_t n)
{
	return FRAME + n + STORED_HEAD * (n / UINT16_MAX + 1);
}

bool gz_page(struct str plain, struct buf *out)
{
	size_t room = bound(plain.n);
	struct packer *p;

	assert(out->max <= UINT32_MAX);
	if (!buf_reserve(out, room))
		return false;
	p = shelf_take(&packers);
	if (!p)
		p = packer_new();
	out->n += pack(p, plain, out->p + out->n, room);
	out->p[out->n] = '\0';
	if (!shelf_give(&packers, p))
		mem_free(p);
	return true;
}
