/*
 * check.h
 *		A minimal harness for the server-free tests: CHECK counts and reports,
 *		CHECK_DONE ends main() with a summary; ZR_RAND is a seeded generator.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int	check_count;
static int	check_failures;

#define CHECK(cond) \
	do { \
		check_count++; \
		if (!(cond)) \
		{ \
			check_failures++; \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond); \
		} \
	} while (0)

#define CHECK_DONE() \
	do { \
		printf("%d checks, %d failures\n", check_count, check_failures); \
		return check_failures ? 1 : 0; \
	} while (0)

/* splitmix64: the same stream everywhere */
static inline uint64_t
check_rand(uint64_t *state)
{
	uint64_t	z = (*state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

#endif							/* CHECK_H */
