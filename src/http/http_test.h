/* http_test.h - the groups of this folder's tests. */
#ifndef HTTP_HTTP_TEST_H
#define HTTP_HTTP_TEST_H

int chunked_tests(void);
int fields_tests(void);
int forwarded_tests(void);
int heads_tests(void);
int introduction_tests(void);
int parser_tests(void);
int url_tests(void);

#endif
