/*
 * client_set_pool.c
 *		The states of the aggregates over client_set: their memory, and the rows that wait for them.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "call.h"
#include "client_set.h"
#include "client_set_pool.h"

/* Bytes of a block of states; the first one is for a single state, which is all that a group in order needs. */
#define FIRST_BLOCK (sizeof(client_set_state) + ZR_GROWING_LINE)
#define LAST_BLOCK	8192

/* The memory of a pool grows by not more than this at a time, since a hash aggregate counts it and spills when it is much. */
#define LAST_CONTEXT_BLOCK (64 * 1024)

/* Scratch space up to here is on the stack. */
#define STACK_SCRATCH 8192

/* Rows that wait: some for each state, and not more than a megabyte in all. */
#define FIRST_ROWS	16
#define ROWS_PER_STATE 16
#define LAST_ROWS	65536

/* States that are asked for ahead: a fetch from memory takes the time of several additions. */
#define ROWS_AHEAD	16

/* Which of both is gone first is up to who runs the aggregate. */
static void
forget_pool(void *arg)
{
	client_set_pool *pool = arg;

	if (pool->site != NULL)
	{
		client_set_pool **link = &pool->site->first;

		while (*link != pool)
			link = &(*link)->next;
		*link = pool->next;
	}
}

static void
forget_site(void *arg)
{
	client_set_site *site = arg;

	for (client_set_pool *pool = site->first; pool != NULL; pool = pool->next)
		pool->site = NULL;
}

static client_set_pool *
new_pool(MemoryContext parent)
{
	MemoryContext context = AllocSetContextCreate(parent, "client sets", ALLOCSET_SMALL_MINSIZE, ALLOCSET_SMALL_INITSIZE, LAST_CONTEXT_BLOCK);
	client_set_pool *pool = MemoryContextAllocZero(context, sizeof(client_set_pool));

	pool->context = context;
	pool->parent = parent;
	return pool;
}

/* The pool of this call site for states in the context. */
static client_set_pool *
site_pool(FunctionCallInfo fcinfo, MemoryContext context)
{
	client_set_site *site = fcinfo->flinfo->fn_extra;
	client_set_pool *pool;

	if (site == NULL)
	{
		fcinfo->flinfo->fn_extra = site = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(client_set_site));
		site->gone.func = forget_site;
		site->gone.arg = site;
		MemoryContextRegisterResetCallback(fcinfo->flinfo->fn_mcxt, &site->gone);
	}
	for (pool = site->first; pool != NULL; pool = pool->next)
		if (pool->parent == context)
			return pool;
	pool = new_pool(context);
	pool->begins_null = PG_ARGISNULL(0);
	pool->site = site;
	pool->next = site->first;
	site->first = pool;
	pool->gone.func = forget_pool;
	pool->gone.arg = pool;
	MemoryContextRegisterResetCallback(pool->context, &pool->gone);
	return pool;
}

/* A block of states that begin with a cache line, so that a block holds one line less. */
static void
add_block(client_set_pool *pool)
{
	pool->block_size = pool->block_size == 0 ? FIRST_BLOCK : Min(2 * pool->block_size, LAST_BLOCK);
	pool->fresh = (client_set_state *) TYPEALIGN(ZR_GROWING_LINE, MemoryContextAlloc(pool->context, pool->block_size));
	pool->n_fresh = (pool->block_size - ZR_GROWING_LINE) / sizeof(client_set_state);
}

static void
bring_to(zr_growing *set, zr_growing_order order)
{
	client_set_pool *pool = set->owner;
	size_t		size = zr_growing_scratch(set);
	uint64_t	local[STACK_SCRATCH / sizeof(uint64_t)];
	void	   *scratch = local;

	if (set->order >= order)
		return;
	/* a set of 100 million keys takes seconds; here nothing has been changed yet */
	CHECK_FOR_INTERRUPTS();
	/* not in the current context, which may be one of tuplesort that cannot free (17 and later) */
	if (size > sizeof(local))
		scratch = MemoryContextAllocHuge(pool->context, size);
	zr_growing_bring_to(set, order, scratch);
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
		bring_to(set, ZR_GROWING_COMPACT);
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
		client_set_row row = pool->rows[i];

		__builtin_prefetch(pool->rows[Min(i + ROWS_AHEAD, n - 1)].set, 1);
		/* see client_set_add_later() */
		if (unlikely(row.set->owner != pool))
			elog(ERROR, "a state of an aggregate over client_set was exchanged");
		client_set_add(row.set, row.key);
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
	bring_to(set, ZR_GROWING_COMPACT);
}

void
client_set_sort(zr_growing *set)
{
	add_waiting(set->owner);
	bring_to(set, ZR_GROWING_SORTED);
}

static uint64_t *
sorted_keys(zr_growing *set, size_t *n)
{
	uint64_t   *keys;

	client_set_sort(set);
	*n = zr_growing_count(set);
	/* not in the current context, see bring_to() */
	keys = MemoryContextAllocHuge(((client_set_pool *) set->owner)->context, Max(*n, 1) * sizeof(uint64_t));
	for (size_t i = 0; i < *n; i++)
		keys[i] = zr_growing_key(set, i);
	return keys;
}

static Size
state_flat_size(ExpandedObjectHeader *hdr)
{
	size_t		n;
	uint64_t   *keys = sorted_keys(&((client_set_state *) hdr)->set, &n);
	Size		size = client_set_flat_size(keys, n);

	pfree(keys);
	return size;
}

static void
state_flatten(ExpandedObjectHeader *hdr, void *result, Size allocated_size)
{
	size_t		n;
	uint64_t   *keys = sorted_keys(&((client_set_state *) hdr)->set, &n);

	SET_VARSIZE(result, allocated_size);
	zr_client_set_encode(keys, n, (uint8_t *) VARDATA(result));
	pfree(keys);
}

static const ExpandedObjectMethods client_set_methods = {state_flat_size, state_flatten};

Datum
client_set_value(zr_growing *set)
{
	size_t		n;
	uint64_t   *keys = sorted_keys(set, &n);
	Datum		result = client_set_from_sorted(keys, n);

	pfree(keys);
	return result;
}

static zr_growing *
new_state(client_set_pool *pool, uint64_t key)
{
	client_set_state *state;

	if (pool->n_fresh == 0)
		add_block(pool);
	state = pool->fresh++;
	pool->n_fresh--;
	pool->n_states++;
	EOH_init_header(&state->hdr, &client_set_methods, pool->context);
	zr_growing_begin(&state->set, key);
	state->set.owner = pool;
	return &state->set;
}

zr_growing *
client_set_of(Datum d)
{
	ExpandedObjectHeader *hdr;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(d)))
		return NULL;
	hdr = DatumGetEOHP(d);
	return hdr->eoh_methods == &client_set_methods ? &((client_set_state *) hdr)->set : NULL;
}

zr_growing *
client_set_argument(FunctionCallInfo fcinfo, const char *aggregate, uint64_t key)
{
	MemoryContext context = zr_aggregate_context(fcinfo, aggregate);
	zr_growing *set = PG_ARGISNULL(0) ? NULL : client_set_of(PG_GETARG_DATUM(0));

	if (set != NULL && VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))) && ((client_set_pool *) set->owner)->parent == context)
		return set;
	/* in a window the executor may delete a state, and so its context */
	set = new_state(AggCheckCallContext(fcinfo, NULL) == AGG_CONTEXT_AGGREGATE ? site_pool(fcinfo, context) : new_pool(context), key);
	if (!PG_ARGISNULL(0))
		client_set_add_value(set, PG_GETARG_DATUM(0));
	return set;
}

void
client_set_add_value(zr_growing *set, Datum d)
{
	size_t		n;
	const uint64_t *keys = client_set_keys(d, &n);

	for (size_t i = 0; i < n; i++)
		client_set_add(set, keys[i]);
	pfree((void *) keys);
}
