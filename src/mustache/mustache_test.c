/* mustache_test.c - all unit tests of mustache/. */
int place_tests(void);
int spec_tests(void);
int template_tests(void);
int value_tests(void);

int main(void)
{
	return value_tests() + place_tests() + template_tests() + spec_tests();
}
