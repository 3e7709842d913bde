/* query.c - from the values that name a thing to the key of its counter. */
#include "store/query.h"

#include <assert.h>
#include <stdarg.h>
#include "store/lite.h"

#define MIX 0x9e3779b97f4a7c15u

uint64_t lite_value_int(int64_t v)
{
	uint64_t h = (uint64_t)v + MIX;

	h = (h ^ (h >> 31)) * 0xbf58476d1ce4e5b9u;
	return h ^ (h >> 29);
}

uint64_t lite_value_str(struct str s)
{
	return str_hash(s, MIX);
}

/* In the order of their places: (1, 2) is not (2, 1). */
static uint64_t key_add(uint64_t key, uint64_t value)
{
	key = (key ^ value) * MIX;
	return key ^ (key >> 32);
}

uint64_t lite_key(const struct gen_use *use, const uint64_t *values)
{
	const unsigned char at[] = { use->param, use->param2, use->param3 };
	uint64_t key = 0;

	for (size_t i = 0; i < ARRAY_LEN(at) && at[i]; i++)
		key = key_add(key, values[at[i] - 1]);
	return key;
}

uint64_t query_key(const char *types, ...)
{
	uint64_t key = 0;
	va_list ap;

	va_start(ap, types);
	for (; *types; types++) {
		switch (*types) {
		case 'i':
			key = key_add(key, lite_value_int(va_arg(ap, int64_t)));
			break;
		case 'd':
			key = key_add(key, lite_value_int(va_arg(ap, int)));
			break;
		case 's':
		case 'S':
		case 'b':
			key = key_add(key, lite_value_str(va_arg(ap, struct str)));
			break;
		default:
			assert(*types == 'n' && "an unknown letter");
			key = key_add(key, lite_value_str(STR_NONE));
		}
	}
	va_end(ap);
	return key;
}
