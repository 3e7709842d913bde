/* confusable.c - see confusable.h: ICU's spoof checker, opened once. */
#include "unicode/confusable.h"
#include <stdatomic.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include "base/utf8.h"
#include "unicode/wide.h"

#define TEXT_MAX 4096		/* names are far shorter */

/* One for the process: it never changes once it is set up. */
static const USpoofChecker *checker(void)
{
	static _Atomic(USpoofChecker *) shared;
	UErrorCode status = U_ZERO_ERROR;
	USpoofChecker *now = atomic_load_explicit(&shared, memory_order_acquire), *made;

	if (now)
		return now;
	made = uspoof_open(&status);
	uspoof_setChecks(made, USPOOF_RESTRICTION_LEVEL | USPOOF_MIXED_NUMBERS, &status);
	uspoof_setRestrictionLevel(made, USPOOF_HIGHLY_RESTRICTIVE);
	if (U_FAILURE(status))
		return NULL;
	if (atomic_compare_exchange_strong(&shared, &now, made))
		return made;
	uspoof_close(made);
	return now;
}

static struct wide casefold(struct arena *a, struct wide w)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *with = unorm2_getNFKCCasefoldInstance(&status);
	struct wide out = wide_room(a, w.n * 18 + 1);	/* NFKC's longest expansion */

	out.n = unorm2_normalize(with, w.p, w.n, out.p, out.n, &status);
	return U_SUCCESS(status) ? out : w;
}

struct str confusable_skeleton(struct arena *a, struct str text)
{
	UErrorCode status = U_ZERO_ERROR;
	struct wide w = casefold(a, wide_of(a, utf8_cut(text, TEXT_MAX))), out;

	out = wide_room(a, w.n * 18 + 1);
	out.n = uspoof_getSkeleton(checker(), 0, w.p, w.n, out.p, out.n, &status);
	if (U_FAILURE(status))
		return arena_str(a, text);
	return wide_str(a, out);
}

bool confusable_is_mixed(struct str text)
{
	UErrorCode status = U_ZERO_ERROR;
	struct str cut = utf8_cut(text, TEXT_MAX);
	int32_t found = uspoof_checkUTF8(checker(), cut.n ? cut.p : "", (int32_t)cut.n, NULL,
					 &status);

	return U_FAILURE(status) || found != 0;
}
