/* server_test.h - the groups of this folder's tests. */
#ifndef SERVER_SERVER_TEST_H
#define SERVER_SERVER_TEST_H

int crowd_tests(void);
int framing_tests(void);
int proxy_tests(void);
int sockets_tests(void);
int turn_tests(void);

#endif
