/*
 * radix_core.c
 *		Sorting 64-bit keys, alone or with 64 bits that travel along.
 *
 * The recursion of the template is bounded: a group that shares its leading
 * bits has fewer bits left to differ in, at least eight a level or all there are.
 */
#include "radix_core.h"

#include <stdbool.h>
#include <string.h>

#define INSERTION_MAX	32		/* below this, moving beats counting */
#define RADIX_SMALL		4096	/* below this, clearing 2^11 counters costs more than a pass */
#define RADIX_WIDTH_MAX 11

static inline int
significant_bits(uint64_t v)
{
	return v == 0 ? 0 : 64 - __builtin_clzll(v);
}

#define RX(name) keys_##name
#define RX_TYPE uint64_t
#define RX_KEY(x) (x)
#define RX_LESS(x, y) ((x) < (y))
#define RX_SAME_KEY(a, s, n) ((void) 0)
#include "radix_template.h"

#define RX(name) narrow_##name
#define RX_TYPE uint32_t
#define RX_KEY(x) ((uint64_t) (x))
#define RX_LESS(x, y) ((x) < (y))
#define RX_SAME_KEY(a, s, n) ((void) 0)
#include "radix_template.h"

/* Pairs with one key: their values are sorted as keys, in the halves of the scratch space. */
static void
sort_values(zr_pair *a, zr_pair *scratch, size_t n)
{
	uint64_t   *values = (uint64_t *) scratch;
	uint64_t	key = a[0].key;

	for (size_t i = 0; i < n; i++)
		values[i] = a[i].value;
	keys_sort(values, values + n, n);
	for (size_t i = 0; i < n; i++)
		a[i] = (zr_pair)
	{
		key, values[i]
	};
}

#define RX(name) pairs_##name
#define RX_TYPE zr_pair
#define RX_KEY(x) ((x).key)
#define RX_LESS(x, y) ((x).key < (y).key || ((x).key == (y).key && (x).value < (y).value))
#define RX_SAME_KEY(a, s, n) sort_values(a, s, n)
#include "radix_template.h"

void
zr_sort_keys(uint64_t *a, uint64_t *scratch, size_t n)
{
	keys_sort(a, scratch, n);
}

void
zr_sort_narrow(uint32_t *a, uint32_t *scratch, size_t n)
{
	narrow_sort(a, scratch, n);
}

void
zr_sort_pairs(zr_pair *a, zr_pair *scratch, size_t n)
{
	pairs_sort(a, scratch, n);
}

size_t
zr_unique_keys(uint64_t *a, size_t n)
{
	size_t		kept = n > 0 ? 1 : 0;

	for (size_t i = 1; i < n; i++)
		if (a[i] != a[kept - 1])
			a[kept++] = a[i];
	return kept;
}

size_t
zr_merge_keys(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, uint64_t *out)
{
	size_t		i = 0,
				j = 0,
				n = 0;

	while (i < na && j < nb)
	{
		uint64_t	x = a[i],
					y = b[j];

		out[n++] = x < y ? x : y;
		i += x <= y;
		j += y <= x;
	}
	while (i < na)
		out[n++] = a[i++];
	while (j < nb)
		out[n++] = b[j++];
	return n;
}
