/* lines.c - see lines.h. */
#include "http/lines.h"

uint64_t lines_odd_last(const char *head, const char *end, const char *at)
{
	char copy[LINES_STEP] = { 0 };
	size_t left = (size_t)(end - at);

	if (end - head >= LINES_STEP)
		return lines_odd(end - LINES_STEP) & ~(uint64_t)0 << (LINES_STEP - left);
	memcpy(copy, at, left);
	return lines_odd(copy) << (LINES_STEP - left);
}
