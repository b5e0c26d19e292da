/*
 * test_client_set.c
 *		Stored bytes of client sets, and a state grown key by key as an aggregate
 *		does, against sorted arrays; damaged bytes.
 */
#include <stdlib.h>

#include "check.h"
#include "client_set_core.h"
#include "client_set_growing_core.h"

#define MAX_KEYS 40000

static uint64_t wanted[MAX_KEYS],
			keys[MAX_KEYS],
			scratch[MAX_KEYS];

static int
cmp_keys(const void *a, const void *b)
{
	uint64_t	x = *(const uint64_t *) a,
				y = *(const uint64_t *) b;

	return (x > y) - (x < y);
}

static void
compact(zr_growing *set, size_t size)
{
	void	   *work = malloc(2 * size);

	zr_growing_compact(set, size, work);
	free(work);
}

/* The state, its room used up, with one more key: as it is, larger or wider; false when it is too large. */
static bool
make_room(zr_growing **set, size_t *size, uint64_t key)
{
	zr_growing *larger;
	size_t		n,
				want;
	uint64_t	min = key,
				max = key;

	compact(*set, *size);
	want = zr_growing_size(zr_growing_count(*set) + 1, (*set)->wide);
	if (want > 0 && want <= *size && zr_growing_add(*set, *size, key))
		return true;
	CHECK(zr_growing_keys(&(*set)->version, *size - sizeof((*set)->length_word), keys, &n));
	for (size_t i = 0; i < n; i++)
	{
		min = keys[i] < min ? keys[i] : min;
		max = keys[i] > max ? keys[i] : max;
	}
	want = zr_growing_size(n + 1, zr_growing_is_wide(min, max));
	if (want == 0)
		return false;
	larger = malloc(want);
	zr_growing_begin(larger, want, min, max);
	for (size_t i = 0; i < n; i++)
		CHECK(zr_growing_add(larger, want, keys[i]));
	CHECK(zr_growing_add(larger, want, key));
	free(*set);
	*set = larger;
	*size = want;
	return true;
}

static uint64_t
random_key(uint64_t *seed, int shape, size_t n)
{
	uint64_t	r = check_rand(seed);

	switch (shape)
	{
		case 0:					/* few, often the same again */
			return zr_bias((int64_t) (r % 5));
		case 1:					/* as clients are numbered */
			return zr_bias((int64_t) (r % (n + 1)));
		case 2:					/* all bits */
			return r;
		case 3:					/* at the ends of what a narrow state holds */
			return zr_bias(0) + (r & 1 ? UINT32_MAX / 2 + r % 3 : 0 - (UINT64_C(1) << 31) + r % 3);
		case 4:					/* the smallest and the largest */
			return r & 1 ? UINT64_MAX - r % 2 : r % 3;
		default:				/* narrow, then one far away */
			return r % 200 == 0 ? UINT64_C(1) << 40 : zr_bias((int64_t) (r % 1000));
	}
}

static void
test_growing(uint64_t *seed, int shape, size_t n)
{
	size_t		size = ZR_GROWING_FIRST;
	zr_growing *set = malloc(size);
	size_t		n_wanted,
				n_keys;
	bool		grown = true;

	for (size_t i = 0; i < n; i++)
	{
		wanted[i] = random_key(seed, shape, n);
		if (i == 0)
			zr_growing_begin(set, size, wanted[0], wanted[0]);
		grown = grown && (zr_growing_add(set, size, wanted[i]) || make_room(&set, &size, wanted[i]));
		/* as a final function in a window does */
		if (grown && check_rand(seed) % 50 == 0)
			compact(set, size);
	}
	qsort(wanted, n, sizeof(*wanted), cmp_keys);
	n_wanted = zr_unique_keys(wanted, n);
	if (grown)
	{
		CHECK(zr_growing_keys(&set->version, size - sizeof(set->length_word), keys, &n_keys));
		zr_sort_keys(keys, scratch, n_keys);
		CHECK(zr_unique_keys(keys, n_keys) == n_wanted && memcmp(keys, wanted, n_wanted * sizeof(*keys)) == 0);
		compact(set, size);
		CHECK(zr_growing_count(set) == n_wanted);
		CHECK(zr_growing_keys(&set->version, size - sizeof(set->length_word), keys, &n_keys));
		CHECK(n_keys == n_wanted && memcmp(keys, wanted, n_wanted * sizeof(*keys)) == 0);
		/* memory follows the clients, not the rows */
		CHECK(size <= ZR_GROWING_FIRST || size <= 4 * zr_growing_size(n_wanted, set->wide));
	}
	else
		CHECK(n_wanted * 8 > ZR_GROWING_LARGEST / 2);

	for (int k = 0; k < 50; k++)
	{
		uint8_t    *bad = malloc(size);
		size_t		cut = ZR_GROWING_HEAD - 8 + check_rand(seed) % (size - ZR_GROWING_HEAD + 8);

		memcpy(bad, &set->version, cut < size - 4 ? cut : size - 4);
		for (int m = 0; m < 2; m++)
			bad[check_rand(seed) % 12] ^= (uint8_t) (1u << check_rand(seed) % 8);
		if (zr_growing_keys(bad, cut < size - 4 ? cut : size - 4, keys, &n_keys))
			CHECK(n_keys <= ZR_GROWING_MAX);
		free(bad);
	}
	free(set);
}

static void
test_stored(uint64_t *seed, int shape, size_t n)
{
	size_t		size;
	uint8_t    *bytes;

	for (size_t i = 0; i < n; i++)
		wanted[i] = random_key(seed, shape, n);
	zr_sort_keys(wanted, scratch, n);
	n = zr_unique_keys(wanted, n);
	size = zr_client_set_size(wanted, n);
	bytes = malloc(size);
	zr_client_set_encode(wanted, n, bytes);
	CHECK(zr_client_set_count(bytes, size) == n && !zr_client_set_is_growing(bytes, size));
	CHECK(zr_client_set_decode(bytes, size, keys) && (n == 0 || memcmp(keys, wanted, n * sizeof(*keys)) == 0));
	for (int k = 0; k < 200; k++)
	{
		size_t		cut = 1 + check_rand(seed) % size;
		uint8_t    *bad = malloc(cut);

		memcpy(bad, bytes, cut);
		bad[check_rand(seed) % cut] ^= (uint8_t) (1u << check_rand(seed) % 8);
		if (zr_client_set_count(bad, cut) <= cut)
			(void) zr_client_set_decode(bad, cut, keys);
		free(bad);
	}
	free(bytes);
}

int
main(void)
{
	static const size_t sizes[] = {0, 1, 2, 3, 9, 10, 11, 12, 13, 20, 26, 27, 40, 128, 129, 130, 600, 5000, MAX_KEYS};
	uint64_t	seed = 61;

	for (int shape = 0; shape < 6; shape++)
		for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
		{
			if (sizes[k] > 0)
				for (int round = 0; round < (sizes[k] < 200 ? 20 : 2); round++)
					test_growing(&seed, shape, sizes[k]);
			test_stored(&seed, shape, sizes[k]);
		}
	CHECK(zr_growing_size(1, false) == ZR_GROWING_FIRST && zr_growing_size(ZR_GROWING_MAX, false) == 0);
	CHECK(ZR_GROWING_FIRST == 64);
	CHECK_DONE();
}
