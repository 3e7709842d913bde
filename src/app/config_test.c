/* config_test.c - hameau.ini is read as its sample says. */
#include "app/app_test.h"
#include "app/config.h"

static struct config *read(const char *text)
{
	struct config *c;
	struct fail f = FAIL_INIT;

	assert_ok(config_parse(str_of(text), "hameau.ini", &c, &f), &f);
	return c;
}

static void refused(const char *text, const char *why)
{
	struct fail f = FAIL_INIT;
	struct config *c;

	assert_false(config_parse(str_of(text), "hameau.ini", &c, &f));
	assert_string_equal(f.text, why);
}

static void an_empty_file_gives_the_defaults(void **state)
{
	CLEANUP(config_unrefp) struct config *c = read("");

	(void)state;
	assert_str_eq(c->base, STR("localhost"));
	assert_int_equal(c->listen.n, 1);
	assert_str_eq(c->listen.p[0], STR("127.0.0.1:8080"));
	assert_int_equal(c->cache_memory, 64 * MIB);
	assert_int_equal(c->head_timeout, 10);
	assert_true(c->cache_disk);
}

static void the_sample_reads_as_the_defaults(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CONFIG);
	CLEANUP(config_unrefp) struct config *usual = read(""), *sample = NULL, *bare = NULL;
	CLEANUP(buf_release) struct buf used = BUF(LIMIT_CONFIG), keys = BUF(LIMIT_CONFIG);

	(void)state;
	config_sample(&b, STR("Été.example"), NULL);
	sample = read(b.p);
	assert_str_eq(sample->base, STR("xn--t-9fab.example"));
	/* Each commented line, taken into use, says the default. */
	for (size_t i = 0; i < b.n; i++)
		if (!(b.p[i] == ';' && b.p[i + 1] != ' ' && (i == 0 || b.p[i - 1] == '\n')))
			buf_addc(&used, b.p[i]);
	bare = read(used.p);
	config_restart_keys(bare, sample, &keys);
	assert_int_equal(keys.n, 0);
	config_restart_keys(usual, sample, &keys);
	assert_str_eq(buf_str(&keys), STR("[host] base"));
	assert_int_equal(bare->max_body, usual->max_body);
}

static void listeners_are_gathered_and_take_the_place_of_the_default(void **state)
{
	CLEANUP(config_unrefp) struct config *c =
		read("[host]\nlisten = [::]:80, 127.0.0.1:81\nlisten = unix:/run/hameau.sock\n");
	struct str address;
	uint16_t port;

	(void)state;
	assert_int_equal(c->listen.n, 3);
	assert_true(config_split_listen(c->listen.p[0], &address, &port));
	assert_str_eq(address, STR("::"));
	assert_int_equal(port, 80);
	assert_true(config_split_listen(c->listen.p[2], &address, &port));
	assert_str_eq(address, STR("/run/hameau.sock"));
	assert_false(config_split_listen(STR("::1:80"), &address, &port));
	assert_false(config_split_listen(STR("127.0.0.1:65536"), &address, &port));
	assert_false(config_split_listen(STR("127.0.0.1"), &address, &port));
}

static void a_wrong_key_is_told_with_its_line_and_the_nearest_key(void **state)
{
	(void)state;
	refused("[host]\nbse = x\n",
		"hameau.ini:2: unknown key \"bse\" in [host]; did you mean \"base\"?");
	refused("[paths]\n\nthemes = /dev/null\n",
		"hameau.ini:3: themes: \"/dev/null\" is no folder");
	refused("[cache]\n\nzzzzzzz = 1\n", "hameau.ini:3: unknown key \"zzzzzzz\" in [cache]");
	refused("[host]\ntitle = a\ntitle = b\n",
		"hameau.ini:3: the key \"title\" is given a second time");
}

static void an_address_is_listened_on_once(void **state)
{
	CLEANUP(config_unrefp) struct config *c = read("[host]\nlisten = [::1]:0 [::1]:0\n");

	(void)state;
	assert_int_equal(c->listen.n, 2);
	refused("[host]\nlisten = :80 unix:/run/a\nlisten = 127.0.0.1:80\nlisten = [::1]:80, :80\n",
		"hameau.ini:4: listen: \":80\" stands there a second time; leave one of them out");
	refused("[host]\nlisten = unix:/a unix:/a\n", "hameau.ini:2: listen:"
		" \"unix:/a\" stands there a second time; leave one of them out");
	refused("[host]\nlisten = 127.0.0.1:80 localhost:80\n", "hameau.ini:2: listen:"
		" \"localhost:80\" stands there a second time; leave one of them out");
	refused("[host]\nmetrics = [::1]:80\nmetrics = [::1]:80\n", "hameau.ini:3: metrics:"
		" \"[::1]:80\" stands there a second time; leave one of them out");
}

static void all_mistakes_are_told_at_once(void **state)
{
	(void)state;
	refused("[host]\nscheme = ftp\nport = 65536\n[cache]\nmemory = 10\nlisten = 1\n",
		"hameau.ini:2: scheme: \"ftp\" is none of: http https\n"
		"hameau.ini:3: port: \"65536\" should be a whole number from 0 to 65535\n"
		"hameau.ini:5: memory: 10 is not between 1048576 and 1099511627776\n"
		"hameau.ini:6: unknown key \"listen\" in [cache]");
}

static void proxies_are_addresses_and_networks(void **state)
{
	CLEANUP(config_unrefp) struct config *c = read("[server]\nproxies = 127.0.0.1 ::1\n"
						       "proxies = 10.0.0.0/8\n");

	(void)state;
	assert_int_equal(c->proxies.n, 3);
	assert_str_eq(c->proxies.p[2], STR("10.0.0.0/8"));
	refused("[server]\nproxies = localhost\n",
		"hameau.ini:2: proxies: \"localhost\" is no address and no network, as 127.0.0.1,"
		" ::1"
		" and 10.0.0.0/8 are");
}

static struct str origin(struct arena *a, const char *text)
{
	CLEANUP(config_unrefp) struct config *c = read(text);

	return config_origin(a, c, STR("x.y"));
}

static void the_port_of_addresses_is_that_of_the_first_listener(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)state;
	assert_str_eq(origin(a, ""), STR("http://x.y:8080"));
	assert_str_eq(origin(a, "[host]\nlisten = [::]:80\n"), STR("http://x.y"));
	assert_str_eq(origin(a, "[host]\nport = 81\n"), STR("http://x.y:81"));
	assert_str_eq(origin(a, "[host]\nscheme = https\n"), STR("https://x.y"));
	assert_str_eq(origin(a, "[host]\nscheme = https\nport = 8443\n"), STR("https://x.y:8443"));
}

static void a_base_with_a_port_is_refused(void **state)
{
	struct fail f = FAIL_INIT;
	struct config *c;

	(void)state;
	assert_fails(config_parse(STR("[host]\nbase = localhost:8080\n"), "x", &c, &f), &f,
		     FAIL_INVALID);
	assert_fails(config_parse(STR("[host]\nlisten = localhost\n"), "x", &c, &f), &f,
		     FAIL_INVALID);
}

int config_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_file_gives_the_defaults),
		cmocka_unit_test(the_sample_reads_as_the_defaults),
		cmocka_unit_test(listeners_are_gathered_and_take_the_place_of_the_default),
		cmocka_unit_test(a_wrong_key_is_told_with_its_line_and_the_nearest_key),
		cmocka_unit_test(an_address_is_listened_on_once),
		cmocka_unit_test(all_mistakes_are_told_at_once),
		cmocka_unit_test(the_port_of_addresses_is_that_of_the_first_listener),
		cmocka_unit_test(a_base_with_a_port_is_refused),
		cmocka_unit_test(proxies_are_addresses_and_networks),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
