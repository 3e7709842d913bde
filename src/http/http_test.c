/* http_test.c - all unit tests of http/. */
int parser_tests(void);
int chunked_tests(void);
int url_tests(void);
int fields_tests(void);
int forwarded_tests(void);
int heads_tests(void);
int introduction_tests(void);

int main(void)
{
	return parser_tests() + chunked_tests() + url_tests() + fields_tests()
	       + forwarded_tests() + heads_tests() + introduction_tests();
}
