/* wide.c - see wide.h. */
#include "base/wide.h"

bool wide_is_used;

#ifdef WIDE

/* Before main(), and so before any thread. */
static __attribute__((constructor)) void ask(void)
{
	__builtin_cpu_init();
	wide_is_used = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")
		       && __builtin_cpu_supports("bmi2");
}

#endif
