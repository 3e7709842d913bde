/* outcome.c - see outcome.h. */
#include "app/outcome.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/notice.h"
#include "base/date.h"
#include "base/log.h"
#include "work/mutex.h"

enum { TOLD = 64, TOLD_AGAIN_S = 600 };

/* The sentences told last, by their hash: a new one takes the place of the oldest. */
static struct told {
	uint64_t what;
	int64_t at;
} told[TOLD];
static struct mutex told_lock = MUTEX_INIT(MUTEX_LEAF);

bool outcome_is_news(const char *text, int64_t now)
{
	uint64_t what = str_hash(str_of(text), 0) | 1;
	struct told *oldest = told;

	MUTEX_HOLD(&told_lock);
	for (size_t i = 0; i < TOLD; i++) {
		if (told[i].what == what && llabs(now - told[i].at) < TOLD_AGAIN_S)
			return false;		/* a clock may be put back, too */
		if (told[i].what == what || (oldest->what != what && told[i].at < oldest->at))
			oldest = &told[i];
	}
	*oldest = (struct told){ what, now };
	return true;
}

int outcome_status(enum fail_code code)
{
	switch (code) {
	case FAIL_NOT_FOUND:
		return 404;
	case FAIL_GONE:
		return 410;
	case FAIL_TOO_LARGE:
		return 413;
	case FAIL_BUSY:
		return 503;
	default:
		return 500;
	}
}

/* Another line in this minute? */
static bool may_name(int64_t now)
{
	static int64_t minute;
	static int named;

	MUTEX_HOLD(&told_lock);
	if (now / 60 != minute) {
		minute = now / 60;
		named = 0;
	}
	return named++ < OUTCOME_NAMED;
}

void outcome_tell(const struct request *rq, const char *why)
{
	int64_t now = date_now();
	char id[80];

	snprintf(id, sizeof id, "%.*s", STR_ARG(rq->id));
	if (outcome_is_news(why, now))
		log_error("%s%s%s%s", rq->id.n ? "request " : "", id, rq->id.n ? ": " : "", why);
	else if (rq->id.n && may_name(now))
		log_error("request %s: again %.60s", id, why);
}

void outcome_reply(struct host *h, const struct request *rq, const struct fail *why,
		   struct reply *ret)
{
	int status = outcome_status(why->code);

	/* A reader sent nothing that could be too large: the page became it. */
	if (status == 413 && (rq->method == HTTP_GET || rq->method == HTTP_HEAD))
		status = 500;
	if (status >= 500)
		outcome_tell(rq, why->text);
	*ret = REPLY(status);
	notice_reply(h, rq, status, status == 503 ? STR("Retry-After: 5\r\n") : STR(""), ret);
}
