/* zone.c - see zone.h: one ICU calendar per zone, asked for its offsets. */
#include "unicode/zone.h"
#include <stdio.h>
#include <string.h>
#include <unicode/ucal.h>
#include "unicode/spare.h"

#define ZONE_NAME_MAX 64

/* ICU's names are UTF-16; those of zones are ASCII. False: no zone is called so. */
static bool zone_widen(const char *zone, UChar out[ZONE_NAME_MAX + 1])
{
	size_t n = zone ? strlen(zone) : 0;

	if (n == 0 || n > ZONE_NAME_MAX)
		return false;
	for (size_t i = 0; i <= n; i++) {
		if ((unsigned char)zone[i] >= 0x80)
			return false;
		out[i] = (UChar)zone[i];
	}
	return true;
}

bool zone_exists(const char *zone)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar name[ZONE_NAME_MAX + 1], canonical[ZONE_NAME_MAX + 1];
	UBool is_system = 0;

	if (!zone_widen(zone, name) || strcmp(zone, "Etc/Unknown") == 0)
		return false;
	ucal_getCanonicalTimeZoneID(name, -1, canonical, ZONE_NAME_MAX, &is_system, &status);
	return U_SUCCESS(status) && is_system;
}

static void calendar_close(void *calendar)
{
	ucal_close(calendar);
}

static struct spare *calendar_take(const char *zone)
{
	UErrorCode status = U_ZERO_ERROR;
	char key[SPARE_KEY];
	UChar name[ZONE_NAME_MAX + 1];
	UCalendar *calendar;
	struct spare *s;

	if (!zone_widen(zone, name))
		return NULL;
	snprintf(key, sizeof key, "zone/%s", zone);
	s = spare_take(key);
	if (s)
		return s;
	if (!zone_exists(zone))
		return NULL;
	calendar = ucal_open(name, -1, "en_GB", UCAL_GREGORIAN, &status);
	return U_SUCCESS(status) ? spare_new(key, calendar, calendar_close) : NULL;
}

int zone_offset(const char *zone, int64_t t)
{
	UErrorCode status = U_ZERO_ERROR;
	CLEANUP(spare_givep) struct spare *s = NULL;
	int32_t raw, summer;

	if (!zone || strcmp(zone, "UTC") == 0)
		return 0;
	s = calendar_take(zone);
	if (!s)
		return 0;
	ucal_setMillis(s->object, (UDate)t * 1000.0, &status);
	raw = ucal_get(s->object, UCAL_ZONE_OFFSET, &status);
	summer = ucal_get(s->object, UCAL_DST_OFFSET, &status);
	return U_SUCCESS(status) ? (raw + summer) / 1000 : 0;
}
