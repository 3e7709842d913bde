/* idn.h - domain names in people's letters and in the DNS's (UTS 46, non-transitional).
 *
 * "Müller.example" is "xn--mller-kva.example" on the wire. Names are checked as
 * registries do: no empty labels, 63 bytes a label, 253 in all, letters digits and
 * hyphens in ASCII, bidirectional and joiner rules. Any thread.
 */
#ifndef UNICODE_IDN_H
#define UNICODE_IDN_H

#include "base/arena.h"
#include "base/fail.h"

#define IDN_MAX 253

/* Lower-case ASCII, without the final dot that a complete name may have. */
MUST_CHECK bool idn_to_ascii(struct arena *a, struct str name, struct str *ret, struct fail *f);

/* As people read it. What cannot be shown safely stays as it is written in the DNS. */
struct str idn_to_unicode(struct arena *a, struct str name);

#endif
