/* speak.c - see speak.h. */
#include "lang/speak.h"

static _Thread_local const struct catalog *now;

/* What strerror() says of the common errors, which fail_errno() looks up here. */
UNUSED static const char *const system_texts[] = {
	N_("No such file or directory"),
	N_("Permission denied"),
	N_("Operation not permitted"),
	N_("File exists"),
	N_("Not a directory"),
	N_("Is a directory"),
	N_("Directory not empty"),
	N_("No space left on device"),
	N_("Disk quota exceeded"),
	N_("Read-only file system"),
	N_("File name too long"),
	N_("File too large"),
	N_("Too many open files"),
	N_("Too many levels of symbolic links"),
	N_("Input/output error"),
	N_("Resource temporarily unavailable"),
	N_("Device or resource busy"),
	N_("Address already in use"),
	N_("Cannot assign requested address"),
	N_("Connection refused"),
	N_("Connection reset by peer"),
	N_("Connection timed out"),
	N_("Broken pipe"),
	N_("Invalid argument"),
	N_("Invalid cross-device link"),
	N_("Cannot allocate memory"),
};

static const char *translate(const char *msgid)
{
	return catalog_get(now, NULL, msgid);
}

void speak_install(void)
{
	fail_speak(translate);
}

void speak_set(const struct catalog *c)
{
	now = c;
}

const struct catalog *speak_now(void)
{
	return now;
}
