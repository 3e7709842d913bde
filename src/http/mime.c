/* mime.c - see mime.h. SVG and HTML from users may carry script: not `shown`. */
#include "http/mime.h"

#define EXT(e, t, compressible, shown) { STR_INIT(e), STR_INIT(t), compressible, shown }

static const struct mime types[] = {
	EXT("html", "text/html; charset=utf-8", true, false),
	EXT("htm", "text/html; charset=utf-8", true, false),
	EXT("css", "text/css; charset=utf-8", true, true),
	EXT("js", "text/javascript; charset=utf-8", true, false),
	EXT("mjs", "text/javascript; charset=utf-8", true, false),
	EXT("txt", "text/plain; charset=utf-8", true, true),
	EXT("md", "text/markdown; charset=utf-8", true, true),
	EXT("csv", "text/csv; charset=utf-8", true, false),
	EXT("ics", "text/calendar; charset=utf-8", true, false),
	EXT("vtt", "text/vtt; charset=utf-8", true, true),
	EXT("xml", "application/xml", true, false),
	EXT("rss", "application/rss+xml; charset=utf-8", true, true),
	EXT("atom", "application/atom+xml; charset=utf-8", true, true),
	EXT("json", "application/json", true, true),
	EXT("webmanifest", "application/manifest+json", true, true),
	EXT("wasm", "application/wasm", true, false),
	EXT("pdf", "application/pdf", false, true),
	EXT("epub", "application/epub+zip", false, false),
	EXT("zip", "application/zip", false, false),
	EXT("gz", "application/gzip", false, false),
	EXT("tar", "application/x-tar", true, false),
	EXT("jpg", "image/jpeg", false, true),
	EXT("jpeg", "image/jpeg", false, true),
	EXT("png", "image/png", false, true),
	EXT("gif", "image/gif", false, true),
	EXT("webp", "image/webp", false, true),
	EXT("avif", "image/avif", false, true),
	EXT("svg", "image/svg+xml", true, false),
	EXT("ico", "image/x-icon", true, true),
	EXT("mp3", "audio/mpeg", false, true),
	EXT("m4a", "audio/mp4", false, true),
	EXT("ogg", "audio/ogg", false, true),
	EXT("oga", "audio/ogg", false, true),
	EXT("opus", "audio/ogg", false, true),
	EXT("flac", "audio/flac", false, true),
	EXT("wav", "audio/wav", false, true),
	EXT("mp4", "video/mp4", false, true),
	EXT("webm", "video/webm", false, true),
	EXT("ogv", "video/ogg", false, true),
	EXT("woff2", "font/woff2", false, true),
	EXT("woff", "font/woff", false, true),
	EXT("ttf", "font/ttf", true, true),
	EXT("otf", "font/otf", true, true),
};

static const struct mime unknown = EXT("", "application/octet-stream", false, false);

const struct mime *mime_of(struct str file_name)
{
	ptrdiff_t dot = str_rfind_char(file_name, '.');
	struct str extension;

	if (dot < 0)
		return &unknown;
	extension = str_skip(file_name, (size_t)dot + 1);
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_eq_nocase(extension, types[i].extension))
			return &types[i];
	return &unknown;
}
