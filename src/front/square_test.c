/* square_test.c - see square_test.h. */
#include "front/square_test.h"

#include <stdlib.h>

int square_set_up(void **state)
{
	struct square *s = calloc(1, sizeof *s);
	void *part;

	if (show_set_up(&part) != 0)
		return -1;
	s->show = part;
	if (village_set_up(&part) != 0)
		return -1;
	s->village = part;
	*state = s;
	return 0;
}

int square_tear_down(void **state)
{
	struct square *s = *state;
	void *show = s->show, *village = s->village;

	free(s);
	return show_tear_down(&show) | village_tear_down(&village);
}

struct ctx *square_begin(struct square *s, const char *lang, const char *query)
{
	struct show *x = s->show;

	s->tx = (struct host_tx)HOST_TX_NONE;
	assert_ok(registry_begin(s->village->registry, TX_READ, &s->tx, &x->f), &x->f);
	s->cx = (struct ctx){
		.arena = x->a, .tx = s->tx.tx, .theme = x->theme, .scheme = STR("https"),
		.origin = STR("https://test.example"), .path = STR("/"), .query = str_of(query),
		.zone = "UTC", .lang = str_of(lang),
		.catalog = catalogs_find(x->catalogs, str_of(lang)),
	};
	s->cx.settings.title = STR("The host");
	return &s->cx;
}

void square_end(struct square *s)
{
	registry_end(&s->tx);
}
