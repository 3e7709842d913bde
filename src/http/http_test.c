/* http_test.c - all unit tests of http/. */
#include "http/http_test.h"

int main(void)
{
	return parser_tests() + chunked_tests() + url_tests() + fields_tests()
	       + forwarded_tests() + heads_tests() + introduction_tests();
}
