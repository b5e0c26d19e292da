/*
 * client_set_pool.c
 *		The states of one aggregate over client_set: their memory, and the rows that wait for them.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "call.h"
#include "client_set_pool.h"

/* Bytes of a block of lines; the first one is for a single state, which is all that a group in order needs. */
#define FIRST_BLOCK (2 * ZR_GROWING_LINE)
#define LAST_BLOCK	8192

/* Scratch space up to here is on the stack. */
#define STACK_SCRATCH 8192

/* Rows that wait: some for each state, and not more than a megabyte in all. */
#define FIRST_ROWS	16
#define ROWS_PER_STATE 16
#define LAST_ROWS	65536

/* States that are asked for ahead: a fetch from memory takes the time of several additions. */
#define ROWS_AHEAD	16

static void
forget_pool(void *arg)
{
	client_set_pool *pool = arg;
	client_set_pool **link = pool->first;

	while (*link != pool)
		link = &(*link)->next;
	*link = pool->next;
}

client_set_pool *
client_set_pool_find(FunctionCallInfo fcinfo, const char *aggregate)
{
	MemoryContext context = zr_aggregate_context(fcinfo, aggregate);
	FmgrInfo   *site = fcinfo->flinfo;
	client_set_pool **first = site->fn_extra;
	client_set_pool *pool;

	/* the head of the list outlives the contexts with states, which are reset before the query's own is */
	if (first == NULL)
		site->fn_extra = first = MemoryContextAllocZero(site->fn_mcxt, sizeof(client_set_pool *));
	for (pool = *first; pool != NULL; pool = pool->next)
		if (pool->context == context)
			return pool;
	pool = MemoryContextAllocZero(context, sizeof(client_set_pool));
	pool->context = context;
	pool->first = first;
	pool->next = *first;
	*first = pool;
	pool->gone.func = forget_pool;
	pool->gone.arg = pool;
	MemoryContextRegisterResetCallback(context, &pool->gone);
	return pool;
}

/* A block of lines, each in one cache line, so that a block holds one line less. */
static void
add_block(client_set_pool *pool)
{
	pool->block_size = pool->block_size == 0 ? FIRST_BLOCK : Min(2 * pool->block_size, LAST_BLOCK);
	pool->fresh = (zr_growing *) TYPEALIGN(ZR_GROWING_LINE, MemoryContextAlloc(pool->context, pool->block_size));
	pool->n_fresh = pool->block_size / ZR_GROWING_LINE - 1;
}

zr_growing *
client_set_begin(client_set_pool *pool, uint64_t key)
{
	zr_growing *set;

	if (pool->n_fresh == 0)
		add_block(pool);
	set = pool->fresh++;
	pool->n_fresh--;
	pool->n_states++;
	zr_growing_begin(set, key);
	set->owner = pool;
	return set;
}

typedef void (*normalizer) (zr_growing *set, void *scratch);

static void
normalize(zr_growing *set, normalizer work)
{
	client_set_pool *pool = set->owner;
	size_t		size = zr_growing_scratch(set);
	uint64_t	local[STACK_SCRATCH / sizeof(uint64_t)];
	void	   *scratch = local;

	/* a set of 100 million keys takes seconds; here nothing has been changed yet */
	CHECK_FOR_INTERRUPTS();
	/* not in the current context, which may be one of tuplesort that cannot free (17 and later) */
	if (size > sizeof(local))
		scratch = MemoryContextAllocHuge(pool->context, size);
	work(set, scratch);
	if (size > sizeof(local))
		pfree(scratch);
}

static void
widen(client_set_pool *pool, zr_growing *set)
{
	int			room_bits = Max(set->room_bits, ZR_GROWING_FIRST_BITS) + 1;
	void	   *narrow = set->others;

	zr_growing_widen(set, MemoryContextAllocHuge(pool->context, sizeof(uint64_t) << room_bits), room_bits);
	if (narrow != NULL)
		pfree(narrow);
}

static void
enlarge(client_set_pool *pool, zr_growing *set)
{
	int			room_bits = set->room_bits == 0 ? ZR_GROWING_FIRST_BITS : set->room_bits + 1;
	size_t		size = zr_growing_width(set) << room_bits;

	if (room_bits > ZR_GROWING_LAST_BITS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("client set is too large"),
				 errdetail("It has more than %zu keys.", zr_growing_count(set) / 2)));
	zr_growing_enlarge(set, set->others == NULL ? MemoryContextAlloc(pool->context, size) : repalloc_huge(set->others, size), room_bits);
}

static pg_noinline void
make_room(zr_growing *set, uint64_t key)
{
	client_set_pool *pool = set->owner;

	if (!zr_growing_reaches(set, key))
	{
		if (zr_growing_count(set) == 0)
		{
			zr_growing_begin(set, key);
			set->owner = pool;
		}
		else
			widen(pool, set);
		return;
	}
	if (set->room_bits > 0 && set->room_bits >= set->check_bits)
	{
		normalize(set, zr_growing_compact);
		zr_growing_plan_check(set);
		if (zr_growing_count(set) <= (size_t) 1 << (set->room_bits - 1))
			return;
	}
	enlarge(pool, set);
}

void
client_set_add(zr_growing *set, uint64_t key)
{
	while (!zr_growing_reaches(set, key) || !zr_growing_add(set, key))
		make_room(set, key);
}

static void
add_waiting(client_set_pool *pool)
{
	uint32		n = pool->n_rows;

	for (uint32 i = 0; i < n; i++)
	{
		__builtin_prefetch(pool->rows[Min(i + ROWS_AHEAD, n - 1)].set, 1);
		client_set_add(pool->rows[i].set, pool->rows[i].key);
	}
	pool->n_rows = 0;
}

void
client_set_add_rows(client_set_pool *pool, zr_growing *set, uint64_t key)
{
	add_waiting(pool);
	client_set_add(set, key);
	if (pool->n_states > 1 && pool->max_rows < LAST_ROWS && pool->max_rows < pool->n_states * ROWS_PER_STATE)
	{
		uint32		more = pool->max_rows == 0 ? FIRST_ROWS : 2 * pool->max_rows;

		if (pool->rows != NULL)
			pfree(pool->rows);
		pool->rows = MemoryContextAlloc(pool->context, more * sizeof(client_set_row));
		pool->max_rows = more;
	}
}

void
client_set_compact(zr_growing *set)
{
	add_waiting(set->owner);
	if (!zr_growing_is_compact(set))
		normalize(set, zr_growing_compact);
}

void
client_set_sort(zr_growing *set)
{
	add_waiting(set->owner);
	normalize(set, zr_growing_sort);
}
