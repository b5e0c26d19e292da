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
normalize(zr_growing *set, bool sort)
{
	void	   *work = malloc(zr_growing_scratch(set));

	zr_growing_bring_to(set, sort ? ZR_GROWING_SORTED : ZR_GROWING_COMPACT, work);
	free(work);
}

/* Room for the key, as client_set_pool.c makes it; everything at its exact size, for the address sanitizer. */
static void
make_room(zr_growing *set, uint64_t key)
{
	int			bits = set->room_bits == 0 ? ZR_GROWING_FIRST_BITS : set->room_bits + 1;

	if (!zr_growing_reaches(set, key))
	{
		void	   *narrow = set->others;

		bits = bits == ZR_GROWING_FIRST_BITS ? bits + 1 : bits;
		zr_growing_widen(set, malloc(sizeof(uint64_t) << bits), bits);
		free(narrow);
		return;
	}
	if (set->room_bits >= set->check_bits)
	{
		normalize(set, false);
		zr_growing_plan_check(set);
		if (zr_growing_count(set) <= (size_t) 1 << (set->room_bits - 1))
			return;
	}
	zr_growing_enlarge(set, realloc(set->others, zr_growing_width(set) << bits), bits);
}

static void
add(zr_growing *set, uint64_t key)
{
	while (!zr_growing_reaches(set, key) || !zr_growing_add(set, key))
		make_room(set, key);
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
			return zr_bias(0) + (r & 1 ? INT32_MAX - r % 3 : 0 - (UINT64_C(1) << 31) + r % 3);
		case 4:					/* the smallest and the largest */
			return r & 1 ? UINT64_MAX - r % 2 : r % 3;
		default:				/* narrow, then one far away */
			return r % 200 == 0 ? UINT64_C(1) << 40 : zr_bias((int64_t) (r % 1000));
	}
}

static void
test_growing(uint64_t *seed, int shape, size_t n)
{
	zr_growing	set;
	size_t		n_wanted;

	for (size_t i = 0; i < n; i++)
	{
		wanted[i] = random_key(seed, shape, n);
		if (i == 0)
			zr_growing_begin(&set, wanted[0]);
		add(&set, wanted[i]);
		/* as a final function in a window does */
		if (check_rand(seed) % 50 == 0)
			normalize(&set, check_rand(seed) % 2 == 0);
	}
	/* room follows the clients, not the rows */
	qsort(wanted, n, sizeof(*wanted), cmp_keys);
	n_wanted = zr_unique_keys(wanted, n);
	CHECK(set.room_bits <= ZR_GROWING_CHECK_BITS + 1 || (size_t) 1 << set.room_bits <= 4 * n_wanted);
	CHECK(zr_growing_count(&set) >= n_wanted);

	normalize(&set, false);
	CHECK(zr_growing_count(&set) == n_wanted);
	normalize(&set, true);
	CHECK(zr_growing_count(&set) == n_wanted);
	for (size_t i = 0; i < n_wanted; i++)
		CHECK(zr_growing_key(&set, i) == wanted[i]);
	free(set.others);
}

/* A narrow state for a key reaches it, keeps order, and all of type integer with it. */
static void
test_reach(uint64_t *seed)
{
	zr_growing	set;

	for (int i = 0; i < 20000; i++)
	{
		uint64_t	key = random_key(seed, i % 6, 1000);

		zr_growing_begin(&set, key);
		CHECK(zr_growing_reaches(&set, key) && key >= set.base && set.base <= UINT64_MAX - UINT32_MAX);
	}
	zr_growing_begin(&set, zr_bias(123456789));
	CHECK(zr_growing_reaches(&set, zr_bias(INT32_MIN)) && zr_growing_reaches(&set, zr_bias(INT32_MAX)));
	CHECK(zr_growing_count(&set) == 0);
	normalize(&set, false);
	normalize(&set, true);
	CHECK(zr_growing_count(&set) == 0);
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
	CHECK(zr_client_set_count(bytes, size) == n);
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
	static const size_t sizes[] = {0, 1, 2, 3, 4, 5, 8, 9, 24, 25, 26, 32, 33, 40, 41, 56, 57, 64, 65, 72, 73, 128, 129, 130, 600, 5000, 8192, 8193, MAX_KEYS};
	uint64_t	seed = 61;

	for (int shape = 0; shape < 6; shape++)
		for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
		{
			if (sizes[k] > 0)
				for (int round = 0; round < (sizes[k] < 200 ? 20 : 2); round++)
					test_growing(&seed, shape, sizes[k]);
			test_stored(&seed, shape, sizes[k]);
		}
	test_reach(&seed);
	CHECK_DONE();
}
