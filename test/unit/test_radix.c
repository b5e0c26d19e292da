/*
 * test_radix.c
 *		The radix sorts against qsort, for key shapes that take every branch.
 */
#include <stdbool.h>
#include <stdlib.h>

#include "check.h"
#include "radix_core.h"

static int
cmp_keys(const void *a, const void *b)
{
	uint64_t	x = *(const uint64_t *) a,
				y = *(const uint64_t *) b;

	return (x > y) - (x < y);
}

static int
cmp_pairs(const void *a, const void *b)
{
	const zr_pair *x = a,
			   *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

/* shape 0: small range, 1: all 64 bits, 2: one far outlier, 3: two clusters, 4: all equal, 5: sorted, 6: descending */
static uint64_t
make_key(int shape, size_t i, size_t n, uint64_t *seed)
{
	uint64_t	r = check_rand(seed);

	switch (shape)
	{
		case 0:
			return 1000 + r % (n + 1);
		case 1:
			return r;
		case 2:
			return i == n / 2 ? UINT64_MAX : r % 500;
		case 3:
			return (r & 1) ? (UINT64_C(1) << 62) + r % 300 : r % 300;
		case 4:
			return 42;
		case 5:
			return i / 3;
		default:
			return n - i;
	}
}

int
main(void)
{
	static const size_t sizes[] = {0, 1, 2, 31, 32, 33, 100, 257, 4095, 4096, 20000, 150000};
	uint64_t	seed = 1;

	for (int shape = 0; shape < 7; shape++)
		for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
		{
			size_t		n = sizes[k];
			uint64_t   *a = malloc((n + 1) * sizeof(*a)),
					   *b = malloc((n + 1) * sizeof(*a)),
					   *s = malloc(n * sizeof(*a) + 1);
			zr_pair    *p = malloc((n + 1) * sizeof(*p)),
					   *q = malloc((n + 1) * sizeof(*p)),
					   *t = malloc(n * sizeof(*p) + 1);
			size_t		distinct = n > 0;

			for (size_t i = 0; i < n; i++)
			{
				a[i] = b[i] = p[i].key = q[i].key = make_key(shape, i, n, &seed);
				p[i].value = q[i].value = shape == 4 ? check_rand(&seed) : check_rand(&seed) % 10;
			}
			zr_sort_keys(a, s, n);
			qsort(b, n, sizeof(*b), cmp_keys);
			CHECK(n == 0 || memcmp(a, b, n * sizeof(*a)) == 0);
			zr_sort_pairs(p, t, n);
			qsort(q, n, sizeof(*q), cmp_pairs);
			CHECK(n == 0 || memcmp(p, q, n * sizeof(*p)) == 0);
			for (size_t i = 1; i < n; i++)
				distinct += b[i] != b[i - 1];
			CHECK(zr_unique_keys(a, n) == distinct);
			for (size_t i = 1; i < distinct; i++)
				if (a[i] <= a[i - 1])
					CHECK(false);
			free(a);
			free(b);
			free(s);
			free(p);
			free(q);
			free(t);
		}

	{
		uint64_t	a[] = {1, 3, 5},
					b[] = {2, 3, 9, 11},
					out[7],
					want[] = {1, 2, 3, 5, 9, 11};

		CHECK(zr_merge_keys(a, 3, b, 4, out) == 6 && memcmp(out, want, sizeof(want)) == 0);
		CHECK(zr_merge_keys(a, 0, b, 4, out) == 4 && memcmp(out, b, sizeof(b)) == 0);
		CHECK(zr_merge_keys(a, 3, b, 0, out) == 3 && memcmp(out, a, sizeof(a)) == 0);
	}
	CHECK(zr_unbias(zr_bias(INT64_MIN)) == INT64_MIN && zr_bias(-1) < zr_bias(0) && zr_bias(INT64_MIN) == 0);
	CHECK_DONE();
}
