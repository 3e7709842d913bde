/* name.c - the rules for names. What another site holds is host_store's to know. */
#include "site/name.h"

#include <stdatomic.h>

#include "base/limits.h"
#include "unicode/confusable.h"
#include "unicode/idn.h"

/* Names that readers or mail servers would take for the host itself, that a standard
 * gives a meaning, or that the host will want one day. */
static const char *const reserved[] = {
	"abuse", "account", "accounts", "admin", "administrator", "administration", "api",
	"assets", "auth", "autoconfig", "autodiscover", "backup", "billing", "broadcasthost",
	"cdn", "cname", "dashboard", "db", "desk", "dev", "dns", "email", "ftp", "git", "hameau",
	"help", "host", "hosting", "hostmaster", "http", "https", "id", "imap", "invalid",
	"invoice", "isatap", "jabber", "legal", "local", "localdomain", "localhost", "login",
	"logout", "mail", "mailer-daemon", "mailman", "manage", "moderation", "moderator",
	"monitor", "mta-sts", "mx", "mx1", "mx2", "no-reply", "noc", "nobody", "noreply", "ns",
	"ns0", "ns1", "ns2", "ns3", "ns4", "null", "oauth", "official", "openid", "openpgpkey",
	"operator", "payment", "payments", "pop", "pop3", "postmaster", "privacy", "proxy",
	"register", "root", "rss", "search", "secure", "security", "server", "settings", "signin",
	"signup", "smtp", "ssh", "ssl", "staff", "stage", "staging", "static", "status",
	"support", "sys", "system", "tls", "update", "updates", "upload", "uploads", "usenet",
	"uucp", "vpn", "webmail", "webmaster", "wpad", "www", "www1", "www2", "xmpp",
};

static bool check_shape(struct str ascii, struct fail *f)
{
	if (ascii.n < 2)
		return fail(f, FAIL_INVALID, "a name has at least two letters or digits");
	if (ascii.n > LIMIT_NAME)
		return fail(f, FAIL_TOO_LARGE,
			    "the name is longer than the %d letters that DNS allows", LIMIT_NAME);
	for (size_t i = 0; i < ascii.n; i++) {
		char c = ascii.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return fail(f, FAIL_INVALID,
				    "a name consists of letters, digits and hyphens");
	}
	if (ascii.p[0] == '-' || ascii.p[ascii.n - 1] == '-')
		return fail(f, FAIL_INVALID, "a name neither begins nor ends with a hyphen");
	if (ascii.n > 3 && ascii.p[2] == '-' && ascii.p[3] == '-'
	    && !str_starts(ascii, STR("xn--")))
		return fail(f, FAIL_INVALID,
			    "a name has no two hyphens at its third and fourth place");
	return true;
}

bool name_key(struct arena *a, struct str given, struct str *ret, struct fail *f)
{
	struct str ascii;

	given = str_trim(given);
	if (!given.n)
		return fail(f, FAIL_INVALID, "the name is empty");
	if (str_has_char(given, '.'))
		return fail(f, FAIL_INVALID, "\"%.*s\" is a domain; a name has no dot",
			    STR_ARG(given));
	if (!idn_to_ascii(a, given, &ascii, f) || !check_shape(ascii, f))
		return fail_in(f, "%.*s", STR_ARG(given));
	*ret = ascii;
	return true;
}

/* What reserved names look like: ICU takes half a millisecond for all of them, and they are
 * compared with each name that is given. */
struct looks {
	struct arena *arena;
	struct str of[ARRAY_LEN(reserved)];
};

static struct looks *looks_new(void)
{
	struct arena *a = arena_new(0);
	struct looks *l = ARENA_NEW(a, struct looks);

	l->arena = a;
	for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
		l->of[i] = confusable_skeleton(a, str_of(reserved[i]));
	return l;
}

/* One for the process: it never changes once it is made. */
static const struct looks *reserved_looks(void)
{
	static _Atomic(struct looks *) shared;
	struct looks *now = atomic_load_explicit(&shared, memory_order_acquire), *made;

	if (now)
		return now;
	made = looks_new();
	if (atomic_compare_exchange_strong(&shared, &now, made))
		return made;
	arena_free(made->arena);
	return now;
}

static bool check_reserved(const struct name *name, struct fail *f)
{
	const struct looks *looks = reserved_looks();

	for (size_t i = 0; i < ARRAY_LEN(reserved); i++) {
		if (str_eq(str_of(reserved[i]), name->ascii))
			return fail(f, FAIL_CONFLICT, "the name \"%s\" is reserved for the host",
				    reserved[i]);
		if (str_eq(looks->of[i], name->skeleton))
			return fail(f, FAIL_CONFLICT,
				    "the name \"%.*s\" looks like the reserved name"
				    " \"%s\"",
				    STR_ARG(name->shown), reserved[i]);
	}
	return true;
}

bool name_parse(struct arena *a, struct str given, struct name *ret, struct fail *f)
{
	struct name name;

	if (!name_key(a, given, &name.ascii, f))
		return false;
	name.shown = idn_to_unicode(a, name.ascii);
	if (confusable_is_mixed(name.shown))
		return fail(f, FAIL_INVALID,
			    "the name \"%.*s\" mixes letters of different scripts that"
			    " look alike",
			    STR_ARG(name.shown));
	name.skeleton = confusable_skeleton(a, name.shown);
	if (!check_reserved(&name, f))
		return false;
	*ret = name;
	return true;
}

struct str name_below(struct str host, struct str base)
{
	struct str name;

	if (host.n <= base.n + 1 || !str_ends(host, base) || host.p[host.n - base.n - 1] != '.')
		return STR_NONE;
	name = str_sub(host, 0, host.n - base.n - 1);
	return str_has_char(name, '.') ? STR_NONE : name;
}

static bool is_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static bool check_labels(struct str domain, struct fail *f)
{
	struct str rest = domain, label;

	do {
		label = str_cut(rest, '.', &rest);
		if (!label.n || label.n > 63)
			return fail(f, FAIL_INVALID,
				    "each part between the dots has 1 to 63 letters");
		for (size_t i = 0; i < label.n; i++) {
			char c = label.p[i];

			if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
				return fail(f, FAIL_INVALID, "a domain consists of letters, digits,"
					    " hyphens and dots");
		}
	} while (rest.p);
	if (is_number(label))
		return fail(f, FAIL_INVALID, "an address in numbers is no domain");
	return true;
}

bool name_domain(struct arena *a, struct str given, struct str base, struct str *ret,
		 struct fail *f)
{
	struct str ascii;

	given = str_trim(given);
	if (str_ends(given, STR(".")))
		given.n--;
	if (str_has_char(given, '/') || str_has_char(given, ':'))
		return fail(f, FAIL_INVALID,
			    "\"%.*s\" is not a domain: it stands without scheme, port"
			    " and path here",
			    STR_ARG(given));
	if (!str_has_char(given, '.'))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a domain: it has no dot",
			    STR_ARG(given));
	if (!idn_to_ascii(a, given, &ascii, f))
		return false;
	if (ascii.n > LIMIT_HOST || !check_labels(ascii, f))
		return ascii.n > LIMIT_HOST
			? fail(f, FAIL_TOO_LARGE, "a domain has at most %d letters", LIMIT_HOST)
			: fail_in(f, "%.*s", STR_ARG(given));
	if (str_eq(ascii, base) || (ascii.n > base.n && str_ends(ascii, base)
				    && ascii.p[ascii.n - base.n - 1] == '.'))
		return fail(f, FAIL_CONFLICT,
			    "\"%.*s\" belongs to the host; sites below %.*s are named"
			    " with create and rename",
			    STR_ARG(given), STR_ARG(base));
	*ret = ascii;
	return true;
}
