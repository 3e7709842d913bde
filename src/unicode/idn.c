/* idn.c - see idn.h: ICU's UTS 46, with its error bits said in words. */
#include "unicode/idn.h"
#include <stdatomic.h>
#include <unicode/uidna.h>
#include "base/utf8.h"

/* In letters a name may be longer than in the DNS, but not without end. */
#define IDN_INPUT_MAX (4 * IDN_MAX)

static const struct {
	uint32_t bits;
	const char *why;
} REASONS[] = {
	{ UIDNA_ERROR_EMPTY_LABEL, N_("\"%s\" is no domain name: a part of it is empty") },
	{ UIDNA_ERROR_LABEL_TOO_LONG,
	  N_("\"%s\" is no domain name: a part of it is longer than 63 bytes") },
	{ UIDNA_ERROR_DOMAIN_NAME_TOO_LONG,
	  N_("\"%s\" is no domain name: it is longer than 253 bytes") },
	{ UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4,
	  N_("\"%s\" is no domain name: a part of it begins or ends with a hyphen, or has two "
	     "in third place") },
	{ UIDNA_ERROR_LEADING_COMBINING_MARK,
	  N_("\"%s\" is no domain name: a part of it begins with a combining mark") },
	{ UIDNA_ERROR_DISALLOWED,
	  N_("\"%s\" is no domain name: it holds a character that domains may not have") },
	{ UIDNA_ERROR_PUNYCODE | UIDNA_ERROR_INVALID_ACE_LABEL | UIDNA_ERROR_LABEL_HAS_DOT,
	  N_("\"%s\" is no domain name: a part that begins with xn-- is not well formed") },
	{ UIDNA_ERROR_BIDI,
	  N_("\"%s\" is no domain name: it mixes writing directions against the rules") },
	{ UIDNA_ERROR_CONTEXTJ,
	  N_("\"%s\" is no domain name: an invisible joiner stands where it may not") },
};

/* One for the process: it never changes once it is open. */
static const UIDNA *idna(void)
{
	static _Atomic(UIDNA *) shared;
	UErrorCode status = U_ZERO_ERROR;
	UIDNA *now = atomic_load_explicit(&shared, memory_order_acquire), *made;

	if (now)
		return now;
	made = uidna_openUTS46(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
			       UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
			       &status);
	if (U_FAILURE(status))
		return NULL;
	if (atomic_compare_exchange_strong(&shared, &now, made))
		return made;
	uidna_close(made);
	return now;
}

static bool fail_because(uint32_t errors, struct str name, struct fail *f)
{
	char shown[IDN_MAX + 1] = "";
	struct str cut = utf8_cut(name, IDN_MAX);

	for (size_t i = 0; i < cut.n; i++)
		shown[i] = (unsigned char)cut.p[i] < 0x20 ? '?' : cut.p[i];
	for (size_t i = 0; i < ARRAY_LEN(REASONS); i++)
		if (errors & REASONS[i].bits)
			return fail(f, FAIL_INVALID, REASONS[i].why, shown);
	return fail(f, FAIL_INVALID, "\"%s\" is no domain name", shown);
}

bool idn_to_ascii(struct arena *a, struct str name, struct str *ret, struct fail *f)
{
	UErrorCode status = U_ZERO_ERROR;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	char out[IDN_INPUT_MAX + 1];
	int32_t n;

	if (str_ends(name, STR(".")))
		name.n--;
	if (name.n == 0)
		return fail(f, FAIL_INVALID, "a domain name is missing");
	if (!utf8_valid(name))
		return fail(f, FAIL_INVALID, "a domain name is not valid UTF-8");
	if (name.n > IDN_INPUT_MAX)
		return fail_because(UIDNA_ERROR_DOMAIN_NAME_TOO_LONG, name, f);

	n = uidna_nameToASCII_UTF8(idna(), name.p, (int32_t)name.n, out, sizeof out, &info,
				   &status);
	if (status == U_BUFFER_OVERFLOW_ERROR)
		return fail_because(UIDNA_ERROR_DOMAIN_NAME_TOO_LONG, name, f);
	if (U_FAILURE(status))
		return fail_because(0, name, f);
	if (info.errors || n == 0 || out[n - 1] == '.')
		return fail_because(info.errors ? info.errors : UIDNA_ERROR_EMPTY_LABEL, name, f);
	if (n > IDN_MAX)
		return fail_because(UIDNA_ERROR_DOMAIN_NAME_TOO_LONG, name, f);
	*ret = arena_str(a, str_from(out, (size_t)n));
	return true;
}

struct str idn_to_unicode(struct arena *a, struct str name)
{
	UErrorCode status = U_ZERO_ERROR;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	char out[IDN_INPUT_MAX * 4];
	int32_t n;

	if (str_find(name, STR("xn--")) < 0 || name.n > IDN_INPUT_MAX)
		return arena_str(a, name);
	n = uidna_nameToUnicodeUTF8(idna(), name.p, (int32_t)name.n, out, sizeof out, &info,
				    &status);
	if (U_FAILURE(status) || info.errors)
		return arena_str(a, name);
	return arena_str(a, str_from(out, (size_t)n));
}
