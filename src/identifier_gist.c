/*
 * identifier_gist.c
 *		GiST operator classes of provider, municipality and product, for `=`.
 *
 * They exist for EXCLUDE constraints and WITHOUT OVERLAPS, which combine "the
 * same provider" with "overlapping dates" in one index.
 *
 * Key: bigint by value, the smallest number below an entry in the upper 32
 * bits, the largest in the lower 32. On a leaf both are the value itself, so
 * the value can be given back (index-only scans).
 */
#include "postgres.h"

#include "access/gist.h"
#include "access/skey.h"
#include "access/stratnum.h"
#include "fmgr.h"
#include "utils/sortsupport.h"

#define KEY_LOWER(key)	((uint32) ((uint64) (key) >> 32))
#define KEY_UPPER(key)	((uint32) (uint64) (key))

static inline int64
make_key(uint32 lower, uint32 upper)
{
	return (int64) (((uint64) lower << 32) | upper);
}

static inline int64
join_keys(int64 a, int64 b)
{
	return make_key(Min(KEY_LOWER(a), KEY_LOWER(b)), Max(KEY_UPPER(a), KEY_UPPER(b)));
}

static inline int64
entry_key(const GISTENTRY *entry)
{
	return DatumGetInt64(entry->key);
}

PG_FUNCTION_INFO_V1(identifier_gist_consistent);
Datum
identifier_gist_consistent(PG_FUNCTION_ARGS)
{
	int64		key = entry_key((GISTENTRY *) PG_GETARG_POINTER(0));
	uint32		value = DatumGetUInt32(PG_GETARG_DATUM(1));
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);

	Assert((StrategyNumber) PG_GETARG_UINT16(2) == RTEqualStrategyNumber);
	*recheck = false;
	PG_RETURN_BOOL(KEY_LOWER(key) <= value && value <= KEY_UPPER(key));
}

PG_FUNCTION_INFO_V1(identifier_gist_union);
Datum
identifier_gist_union(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	int		   *size = (int *) PG_GETARG_POINTER(1);
	int64		key = entry_key(&entries->vector[0]);

	for (int i = 1; i < entries->n; i++)
		key = join_keys(key, entry_key(&entries->vector[i]));
	*size = sizeof(int64);
	PG_RETURN_INT64(key);
}

PG_FUNCTION_INFO_V1(identifier_gist_compress);
Datum
identifier_gist_compress(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	GISTENTRY  *result;
	uint32		value;

	if (!entry->leafkey)
		PG_RETURN_POINTER(entry);
	value = DatumGetUInt32(entry->key);
	result = palloc(sizeof(GISTENTRY));
	gistentryinit(*result, Int64GetDatum(make_key(value, value)), entry->rel, entry->page, entry->offset, false);
	PG_RETURN_POINTER(result);
}

/* Only leaf keys are given back; an int2 in 0..9999 has the same Datum as that int4. */
PG_FUNCTION_INFO_V1(identifier_gist_fetch);
Datum
identifier_gist_fetch(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	GISTENTRY  *result = palloc(sizeof(GISTENTRY));

	gistentryinit(*result, Int32GetDatum((int32) KEY_LOWER(entry_key(entry))), entry->rel, entry->page, entry->offset, false);
	PG_RETURN_POINTER(result);
}

/* By how much the interval grows. GiST's interface asks for a float here. */
PG_FUNCTION_INFO_V1(identifier_gist_penalty);
Datum
identifier_gist_penalty(PG_FUNCTION_ARGS)
{
	int64		original = entry_key((GISTENTRY *) PG_GETARG_POINTER(0));
	int64		joined = join_keys(original, entry_key((GISTENTRY *) PG_GETARG_POINTER(1)));
	float	   *penalty = (float *) PG_GETARG_POINTER(2);
	uint32		growth_below = KEY_LOWER(original) - KEY_LOWER(joined);
	uint32		growth_above = KEY_UPPER(joined) - KEY_UPPER(original);

	*penalty = (float) ((uint64) growth_below + growth_above);
	PG_RETURN_POINTER(penalty);
}

typedef struct split_item
{
	int64		key;
	OffsetNumber offset;
} split_item;

static int
compare_keys(int64 a, int64 b)
{
	return ((uint64) a > (uint64) b) - ((uint64) a < (uint64) b);
}

static int
compare_split_items(const void *a, const void *b)
{
	return compare_keys(((const split_item *) a)->key, ((const split_item *) b)->key);
}

/* Sorts the entries and cuts in the middle; GiST itself looks at the next column where both halves touch. */
PG_FUNCTION_INFO_V1(identifier_gist_picksplit);
Datum
identifier_gist_picksplit(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	GIST_SPLITVEC *split = (GIST_SPLITVEC *) PG_GETARG_POINTER(1);
	int			n = entries->n - FirstOffsetNumber; /* entry 0 is not used */
	int			half = n / 2;
	split_item *items = palloc(sizeof(split_item) * n);
	int64		left;
	int64		right;

	for (int i = 0; i < n; i++)
	{
		items[i].offset = (OffsetNumber) (i + FirstOffsetNumber);
		items[i].key = entry_key(&entries->vector[items[i].offset]);
	}
	qsort(items, n, sizeof(split_item), compare_split_items);

	split->spl_left = palloc(sizeof(OffsetNumber) * n);
	split->spl_right = palloc(sizeof(OffsetNumber) * n);
	split->spl_nleft = 0;
	split->spl_nright = 0;
	left = items[0].key;
	right = items[n - 1].key;
	for (int i = 0; i < n; i++)
	{
		if (i < half)
		{
			split->spl_left[split->spl_nleft++] = items[i].offset;
			left = join_keys(left, items[i].key);
		}
		else
		{
			split->spl_right[split->spl_nright++] = items[i].offset;
			right = join_keys(right, items[i].key);
		}
	}
	split->spl_ldatum = Int64GetDatum(left);
	split->spl_rdatum = Int64GetDatum(right);
	PG_RETURN_POINTER(split);
}

PG_FUNCTION_INFO_V1(identifier_gist_same);
Datum
identifier_gist_same(PG_FUNCTION_ARGS)
{
	bool	   *result = (bool *) PG_GETARG_POINTER(2);

	*result = PG_GETARG_INT64(0) == PG_GETARG_INT64(1);
	PG_RETURN_POINTER(result);
}

static int
identifier_gist_cmp(Datum x, Datum y, SortSupport ssup)
{
	return compare_keys(DatumGetInt64(x), DatumGetInt64(y));
}

/* Builds the index from sorted leaf keys instead of by insertion. */
PG_FUNCTION_INFO_V1(identifier_gist_sortsupport);
Datum
identifier_gist_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = identifier_gist_cmp;
	PG_RETURN_VOID();
}
