/* config_keys.c - every key of hameau.ini, in the order of the sample file. */
#include "app/config_keys.h"

#include "app/config.h"
#include "base/attrs.h"

#define AT(field) .offset = offsetof(struct config, field)

const struct config_key config_keys[] = {
	{ "host", "base", CONFIG_DOMAIN, "localhost", AT(base), .restart = true,
	  .help = N_("The domain under which sites get their names: NAME.base. It shows the front"
		     " page itself.") },
	{ "host", "title", CONFIG_TEXT, "", AT(title),
	  .help = N_("What the front page calls the host; empty: the base domain.") },
	{ "host", "lang", CONFIG_LANG, "en", AT(lang),
	  .help = N_("The language of the front page for readers who ask for none that we have.") },
	{ "host", "listen", CONFIG_LISTEN, "127.0.0.1:8080", AT(listen), .restart = true,
	  .help = N_("ADDRESS:PORT or unix:/PATH to listen on; may be given several times. :80 is"
		     " every address of the machine.") },
	{ "host", "socket_mode", CONFIG_MODE, "0660", AT(socket_mode), 0600, 0777, .restart = true,
	  .help = N_("The mode of the Unix sockets that are listened on: who may connect.") },
	{ "host", "metrics", CONFIG_LOCAL, "", AT(metrics), .restart = true,
	  .help = N_("ADDRESS:PORT or unix:/PATH for the operator: /metrics for Prometheus, /ask"
		     " for certificates on demand, /health. Loopback or a private network; empty:"
		     " none.") },
	{ "host", "scheme", CONFIG_CHOICE, "http", AT(scheme), .choices = "http https",
	  .restart = true,
	  .help = N_("How readers reach the host: https when a proxy before it speaks TLS.") },
	{ "host", "port", CONFIG_NUMBER, "0", AT(port), 0, 65535, .restart = true,
	  .help = N_("The port in the addresses of pages; 0: that of the first listener with http,"
		     " 443 with https.") },
	{ "host", "contact", CONFIG_TEXT, "", AT(contact),
	  .help = N_("A mail address or URL where readers reach the operator; error pages and the"
		     " legal notice show it.") },
	{ "host", "operator", CONFIG_TEXT, "", AT(operator),
	  .help = N_("For the legal notice: the person or association that runs the host.") },
	{ "host", "address", CONFIG_TEXT, "", AT(address),
	  .help = N_("For the legal notice: the operator's postal address.") },
	{ "host", "responsible", CONFIG_TEXT, "", AT(responsible),
	  .help = N_("For the legal notice: who answers for what the host itself publishes, where"
		     " a law wants a name.") },
	{ "host", "place", CONFIG_TEXT, "", AT(place),
	  .help = N_("For the legal notice: where the machine stands, and whose it is.") },

	{ "server", "loops", CONFIG_NUMBER, "0", AT(loops), 0, 256, .restart = true,
	  .help = N_("Threads that move bytes; 0: one a processor.") },
	{ "server", "connections", CONFIG_NUMBER, "10000", AT(connections), 16, 1000000,
	  .restart = true,
	  .help = N_("Connections open at once; the longest idle is closed for a new one.") },
	{ "server", "connections_per_address", CONFIG_NUMBER, "256", AT(per_address), 0, 1000000,
	  .restart = true,
	  .help = N_("Of them, how many one address may hold; 0: any number. Proxies and the"
		     " machine itself are not counted.") },
	{ "server", "body_memory", CONFIG_SIZE, "256M", AT(body_memory), 1024 * 1024, 1LL << 40,
	  .restart = true,
	  .help = N_("Memory for the bodies of all requests that are being read; more is 503.") },
	{ "server", "min_rate", CONFIG_NUMBER, "1024", AT(min_rate), 0, 1 << 30, .restart = true,
	  .help = N_("Bytes a second that a reader or writer must manage in the long run.") },
	{ "server", "head_timeout", CONFIG_TIME, "10s", AT(head_timeout), 1, 600, .restart = true,
	  .help = N_("Time for a request's head to arrive.") },
	{ "server", "body_timeout", CONFIG_TIME, "60s", AT(body_timeout), 1, 3600, .restart = true,
	  .help = N_("Time without a byte of the body.") },
	{ "server", "idle_timeout", CONFIG_TIME, "60s", AT(idle_timeout), 1, 3600, .restart = true,
	  .help = N_("Time a connection may wait for its next request.") },
	{ "server", "write_timeout", CONFIG_TIME, "30s", AT(write_timeout), 1, 3600,
	  .restart = true, .help = N_("Time without a byte taken by the reader.") },
	{ "server", "drain_timeout", CONFIG_TIME, "20s", AT(drain_timeout), 0, 600, .restart = true,
	  .help = N_("Time that running requests get when the server is told to stop.") },
	{ "server", "proxies", CONFIG_NETWORKS, "", AT(proxies), .restart = true,
	  .help = N_("Addresses and networks (10.0.0.0/8) of proxies that are believed what they"
		     " say of the reader.") },
	{ "server", "proxy_fields", CONFIG_CHOICE, "x-forwarded", AT(proxy_fields),
	  .choices = "x-forwarded forwarded", .restart = true,
	  .help = N_("In which fields they say it: X-Forwarded-For and X-Forwarded-Proto, or"
		     " Forwarded. The others are the reader's own words.") },
	{ "server", "proxy_protocol", CONFIG_SENDERS, "", AT(introducers), .restart = true,
	  .help = N_("Addresses and networks, and unix for Unix sockets, whose connections have to"
		     " begin with the PROXY protocol (version 1 or 2).") },
	{ "server", "hsts", CONFIG_BOOL, "no", AT(hsts), .restart = true,
	  .help = N_("Tell browsers that came by https (a proxy says so) to use nothing else for a"
		     " year.") },

	{ "cache", "memory", CONFIG_SIZE, "64M", AT(cache_memory), 1024 * 1024, 1LL << 40,
	  .restart = true, .help = N_("Memory for finished pages.") },
	{ "cache", "disk", CONFIG_BOOL, "yes", AT(cache_disk), .restart = true,
	  .help = N_("Keep finished pages on the disk, too: for the next start, and for those that"
		     " memory has no room for.") },
	{ "cache", "names", CONFIG_NUMBER, "16384", AT(registry_places), 64, 1 << 24,
	  .restart = true, .help = N_("Host names kept in memory.") },

	{ "work", "page_workers", CONFIG_NUMBER, "0", AT(page_workers), 0, 256, .restart = true,
	  .help = N_("Threads that render pages; 0: by the number of processors.") },
	{ "work", "queue", CONFIG_NUMBER, "1024", AT(queue), 16, 1000000, .restart = true,
	  .help = N_("Requests that may wait for a worker; more are answered 503.") },
	{ "work", "queue_of_site", CONFIG_NUMBER, "256", AT(queue_of_site), 1, 100000,
	  .restart = true,
	  .help = N_("Requests that may wait for one site; more are answered 503.") },
	{ "work", "readers_of_site", CONFIG_NUMBER, "4", AT(readers_of_site), 1, 64,
	  .restart = true,
	  .help = N_("Pages of one site rendered at the same time; fewer while other sites want"
		     " theirs.") },
	{ "work", "open_sites", CONFIG_NUMBER, "200", AT(open_sites), 4, 20000, .restart = true,
	  .help = N_("Site databases kept open: about 100 KiB and 3 file descriptors each.") },

	{ "limits", "body", CONFIG_SIZE, "1M", AT(max_body), 1024, 1LL << 32,
	  .help = N_("The longest body of a request that nothing asked to be longer.") },
	{ "limits", "undelete_days", CONFIG_NUMBER, "30", AT(undelete_days), 0, 3650,
	  .help = N_("Days in which a deleted site can be brought back, before it may be"
		     " purged.") },
	{ "limits", "durable", CONFIG_BOOL, "yes", AT(durable), .restart = true,
	  .help = N_("Wait for the disk before a change is acknowledged; no: faster imports, and a"
		     " power cut may lose the last changes.") },

	{ "log", "access", CONFIG_TEXT, "", AT(access_log),
	  .help = N_("A file that gets a line for each request; relative to the host's folder,"
		     " opened anew at each reload. Empty: nobody writes down who reads what.") },
	{ "log", "access_format", CONFIG_CHOICE, "json", AT(access_format),
	  .choices = "json logfmt", .help = N_("How its lines are written.") },
	{ "log", "access_address", CONFIG_CHOICE, "none", AT(access_address),
	  .choices = "none network full",
	  .help = N_("What they tell of a reader's address: nothing, its network, or all of it.") },

	{ "paths", "themes", CONFIG_FOLDER, "", AT(themes), .restart = true,
	  .help = N_("A folder with more themes, looked at before those of the program.") },
	{ "paths", "lang", CONFIG_FOLDER, "", AT(lang_dir),
	  .help = N_("The folder of the catalogs, in place of that of the program.") },

	{ "themes", "trusted", CONFIG_TEXT, "", AT(trusted_themes), .restart = true,
	  .help = N_("Themes, by their ids, that may bring scripts and load pictures, fonts and"
		     " styles from elsewhere. What such a theme does to readers is the host's to"
		     " answer for.") },
};

const size_t config_keys_count = sizeof config_keys / sizeof config_keys[0];

_Static_assert(sizeof config_keys / sizeof config_keys[0] <= CONFIG_KEYS_MAX, "see struct reading");
