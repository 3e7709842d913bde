/* test.h - what every unit test includes: cmocka and our own assertions. */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
/* cmocka's macro fail() would hide our function of that name. */
#undef fail
#undef fail_msg
#define fail_msg(...) \
	do { \
		print_error("ERROR: " __VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)
#include "base/fail.h"
#include "base/str.h"

#define assert_str_eq(a, b) \
	do { \
		struct str a_ = (a), b_ = (b); \
		if (!str_eq(a_, b_)) \
			fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARG(a_), STR_ARG(b_)); \
	} while (0)

/* The call must succeed; otherwise its failure is printed. */
#define assert_ok(call, f) \
	do { \
		if (!(call)) \
			fail_msg("%s: %s", #call, (f)->text); \
	} while (0)

/* The call must fail with the code. */
#define assert_fails(call, f, expected) \
	do { \
		if (call) \
			fail_msg("%s did not fail", #call); \
		if ((f)->code != (expected)) \
			fail_msg("%s: %s, not %s: %s", #call, fail_code_name((f)->code), \
				 fail_code_name(expected), (f)->text); \
	} while (0)

#endif
