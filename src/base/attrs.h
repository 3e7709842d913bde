/* attrs.h - the few compiler attributes the house uses, under plain names.
 *
 * CLEANUP(fn)   fn(&variable) runs when the variable goes out of scope. This is
 *               why the code has no goto: what a block opens, the block closes.
 * MUST_CHECK    the result of the function may not be ignored.
 * PRINTF(f, a)  argument f is a printf format, arguments from a on belong to it.
 */
#ifndef BASE_ATTRS_H
#define BASE_ATTRS_H

#define CLEANUP(fn)  __attribute__((cleanup(fn)))
#define MUST_CHECK   __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define FORMAT_ARG(n) __attribute__((format_arg(n)))
#define UNUSED       __attribute__((unused))
#define NORETURN     __attribute__((noreturn))
#define NOINLINE     __attribute__((noinline))	/* rarely called, from where each step counts */
#define ALWAYS_INLINE inline __attribute__((always_inline))	/* in the innermost loop */
#define LIKELY(x)    __builtin_expect(!!(x), 1)
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Marks a sentence for the catalogs where it stands in a table; the reader of
 * the table looks it up. N_ costs nothing at run time. */
#define N_(s) s

#endif
