/* ascii.h - classes of ASCII characters, whatever the locale; no byte above 0x7f is in any. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* White space of HTML and CSS. */
static inline bool ascii_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The value of a hexadecimal digit; -1: it is none. */
static inline int ascii_hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

#endif
