/* format_test.c - dates, zones, numbers, order and languages. */
#include "base/date.h"
#include "base/test.h"
#include "unicode/dateformat.h"
#include "unicode/language.h"
#include "unicode/number.h"
#include "unicode/unicode_test.h"
#include "unicode/zone.h"

#define NNBSP "\xE2\x80\xAF"

static int64_t at(int year, int month, int day, int hour, int minute)
{
	struct date d = { .year = year, .month = month, .day = day, .hour = hour,
			  .minute = minute };

	return date_unix(&d, 0);
}

static void date_is_written_as_natives_write_it(void **state)
{
	struct arena *a = *state;
	int64_t third = at(2031, 2, 3, 14, 5);
	static const struct {
		const char *lang, *text;
	} rows[] = {
		{ "en", "3 February 2031" }, { "fr", "3 février 2031" },
		{ "es", "3 de febrero de 2031" }, { "de", "3. Februar 2031" },
		{ "it", "3 febbraio 2031" }, { "en-US", "February 3, 2031" },
		{ "fr-CH", "3 février 2031" }, { "nonsense", "3 February 2031" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_str_eq(date_format(a, str_of(rows[i].lang), "UTC", third, DATE_LONG),
			      str_of(rows[i].text));
}

static void first_of_a_month_has_its_mark(void **state)
{
	struct arena *a = *state;
	int64_t first = at(2031, 5, 1, 9, 30);

	assert_str_eq(date_format(a, STR("fr"), NULL, first, DATE_LONG), STR("1er mai 2031"));
	assert_str_eq(date_format(a, STR("it"), NULL, first, DATE_LONG), STR("1º maggio 2031"));
	assert_str_eq(date_format(a, STR("fr"), NULL, first, DATE_DAY), STR("1er mai"));
	assert_str_eq(date_format(a, STR("fr"), NULL, first, DATE_FULL), STR("jeudi 1er mai 2031"));
	assert_str_eq(date_format(a, STR("fr"), NULL, first, DATE_SHORT), STR("01/05/2031"));
	assert_str_eq(date_format(a, STR("fr"), NULL, first, DATE_MONTH), STR("mai 2031"));
	assert_str_eq(date_format(a, STR("es"), NULL, first, DATE_LONG), STR("1 de mayo de 2031"));
	assert_str_eq(date_format(a, STR("de"), NULL, first, DATE_LONG), STR("1. Mai 2031"));
	assert_str_eq(date_format(a, STR("fr"), NULL, at(2031, 5, 11, 0, 0), DATE_LONG),
		      STR("11 mai 2031"));
}

static void every_form_is_there_in_every_language(void **state)
{
	struct arena *a = *state;
	int64_t t = at(2031, 2, 3, 14, 5);
	static const struct {
		const char *lang;
		const char *forms[DATE_FORMS];
	} rows[] = {
		{ "en", { [DATE_SHORT] = "03/02/2031", [DATE_MEDIUM] = "3 Feb 2031",
			  [DATE_FULL] = "Monday, 3 February 2031",
			  [DATE_TIME] = "3 February 2031 at 14:05", [DATE_CLOCK] = "14:05",
			  [DATE_DAY] = "3 February", [DATE_MONTH] = "February 2031",
			  [DATE_MONTH_NAME] = "February", [DATE_YEAR] = "2031" } },
		{ "fr", { [DATE_SHORT] = "03/02/2031", [DATE_MEDIUM] = "3 févr. 2031",
			  [DATE_FULL] = "lundi 3 février 2031",
			  [DATE_TIME] = "3 février 2031 à 14:05", [DATE_CLOCK] = "14:05",
			  [DATE_DAY] = "3 février", [DATE_MONTH] = "février 2031",
			  [DATE_MONTH_NAME] = "février", [DATE_YEAR] = "2031" } },
		{ "es", { [DATE_SHORT] = "03/02/2031", [DATE_MEDIUM] = "3 feb 2031",
			  [DATE_FULL] = "lunes, 3 de febrero de 2031",
			  [DATE_TIME] = "3 de febrero de 2031, 14:05", [DATE_CLOCK] = "14:05",
			  [DATE_DAY] = "3 de febrero", [DATE_MONTH] = "febrero de 2031",
			  [DATE_MONTH_NAME] = "febrero", [DATE_YEAR] = "2031" } },
		{ "de", { [DATE_SHORT] = "03.02.2031", [DATE_MEDIUM] = "03.02.2031",
			  [DATE_FULL] = "Montag, 3. Februar 2031",
			  [DATE_TIME] = "3. Februar 2031 um 14:05", [DATE_CLOCK] = "14:05",
			  [DATE_DAY] = "3. Februar", [DATE_MONTH] = "Februar 2031",
			  [DATE_MONTH_NAME] = "Februar", [DATE_YEAR] = "2031" } },
		{ "it", { [DATE_SHORT] = "03/02/2031", [DATE_MEDIUM] = "3 feb 2031",
			  [DATE_FULL] = "lunedì 3 febbraio 2031",
			  [DATE_TIME] = "3 febbraio 2031 alle ore 14:05", [DATE_CLOCK] = "14:05",
			  [DATE_DAY] = "3 febbraio", [DATE_MONTH] = "febbraio 2031",
			  [DATE_MONTH_NAME] = "febbraio", [DATE_YEAR] = "2031" } },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t k = DATE_SHORT; k < DATE_FORMS; k++)
			assert_str_eq(date_format(a, str_of(rows[i].lang), "UTC", t,
						  (enum date_form)k), str_of(rows[i].forms[k]));
}

static void date_falls_on_the_day_of_its_zone(void **state)
{
	struct arena *a = *state;
	int64_t t = at(2031, 1, 31, 23, 30);

	assert_str_eq(date_format(a, STR("fr"), "Europe/Paris", t, DATE_LONG),
		      STR("1er février 2031"));
	assert_str_eq(date_format(a, STR("fr"), "America/New_York", t, DATE_TIME),
		      STR("31 janvier 2031 à 18:30"));
	assert_str_eq(date_format(a, STR("en"), "UTC", INT64_MAX, DATE_YEAR), STR("9999"));
	assert_str_eq(date_format(a, STR("en"), "UTC", INT64_MIN, DATE_YEAR), STR("1"));
}

static void zone_knows_summer(void **state)
{
	(void)state;
	assert_int_equal(zone_offset("Europe/Paris", at(2031, 1, 15, 0, 0)), 3600);
	assert_int_equal(zone_offset("Europe/Paris", at(2031, 7, 15, 0, 0)), 7200);
	assert_int_equal(zone_offset("America/New_York", at(2031, 7, 15, 0, 0)), -4 * 3600);
	assert_int_equal(zone_offset("Asia/Kathmandu", 0), 5 * 3600 + 1800);
	assert_int_equal(zone_offset("UTC", 0), 0);
	assert_int_equal(zone_offset("Nowhere/Land", 0), 0);
	assert_int_equal(zone_offset(NULL, 0), 0);
}

static void zone_exists_by_its_name_only(void **state)
{
	(void)state;
	assert_true(zone_exists("Europe/Madrid"));
	assert_true(zone_exists("UTC"));
	assert_false(zone_exists("Europe/Atlantis"));
	assert_false(zone_exists("GMT+3:17"));
	assert_false(zone_exists("Etc/Unknown"));
	assert_false(zone_exists(""));
	assert_false(zone_exists("\xC3\xA9"));
	assert_false(zone_exists(NULL));
}

static void number_is_grouped_as_the_language_does(void **state)
{
	struct arena *a = *state;

	assert_str_eq(number_format(a, STR("en"), 12345), STR("12,345"));
	assert_str_eq(number_format(a, STR("fr"), 12345), STR("12" NNBSP "345"));
	assert_str_eq(number_format(a, STR("de"), 12345), STR("12.345"));
	assert_str_eq(number_format(a, STR("es"), 1234), STR("1234"));
	assert_str_eq(number_format(a, STR("es"), 12345), STR("12.345"));
	assert_str_eq(number_format(a, STR("it"), 12345), STR("12.345"));
	assert_str_eq(number_format(a, STR("en"), 0), STR("0"));
	assert_str_eq(number_format(a, STR("en"), -5), STR("-5"));
	assert_str_eq(number_format(a, STR("en"), INT64_MIN), STR("-9,223,372,036,854,775,808"));
}

static void language_has_a_name_in_every_language(void **state)
{
	struct arena *a = *state;

	assert_str_eq(language_name(a, STR("de"), STR("fr")), STR("allemand"));
	assert_str_eq(language_name(a, STR("fr"), STR("fr")), STR("français"));
	assert_str_eq(language_title(a, STR("fr"), STR("fr")), STR("Français"));
	assert_str_eq(language_title(a, STR("es"), STR("es")), STR("Español"));
	assert_str_eq(language_title(a, STR("it"), STR("it")), STR("Italiano"));
	assert_str_eq(language_title(a, STR("de"), STR("de")), STR("Deutsch"));
	assert_str_eq(language_title(a, STR("en"), STR("en")), STR("English"));
	assert_str_eq(language_name(a, STR("!"), STR("fr")), STR("!"));
}

static void language_valid_wants_a_language_that_exists(void **state)
{
	struct arena *a = *state;

	assert_true(language_valid(STR("fr")));
	assert_true(language_valid(STR("de-AT")));
	assert_true(language_valid(STR("zh-Hant-TW")));
	assert_true(language_valid(STR("pcd")));
	assert_false(language_valid(STR("")));
	assert_false(language_valid(STR("xx")));
	assert_false(language_valid(STR("french language")));
	assert_false(language_valid(STR("fr-")));
	assert_false(language_valid(STR("fr\0x")));
	assert_false(language_valid(STR("../fr")));
	assert_str_eq(language_canonical(a, STR("FR_fr")), STR("fr-FR"));
	assert_str_eq(language_canonical(a, STR("?")), STR(""));
}

static void language_of_arabic_runs_from_the_right(void **state)
{
	(void)state;
	assert_true(language_is_rtl(STR("ar")));
	assert_true(language_is_rtl(STR("he")));
	assert_false(language_is_rtl(STR("fr")));
	assert_false(language_is_rtl(STR("")));
}

#define WITH_ARENA(t) cmocka_unit_test_setup_teardown(t, test_arena_make, test_arena_free)

int format_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(date_is_written_as_natives_write_it),
		WITH_ARENA(first_of_a_month_has_its_mark),
		WITH_ARENA(every_form_is_there_in_every_language),
		WITH_ARENA(date_falls_on_the_day_of_its_zone),
		WITH_ARENA(zone_knows_summer),
		WITH_ARENA(zone_exists_by_its_name_only),
		WITH_ARENA(number_is_grouped_as_the_language_does),
		WITH_ARENA(language_has_a_name_in_every_language),
		WITH_ARENA(language_valid_wants_a_language_that_exists),
		WITH_ARENA(language_of_arabic_runs_from_the_right),
	};

	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
