/*
 * history_query_core.h
 *		Counts over canonical rows: clients, flows, transitions, durations.
 *
 * Definitions, for half-open ranges [a, b) and care periods [s, e):
 * - Periods of one client merge into an episode when the days between them
 *	 are at most gap: s' - e <= gap. So 0 merges overlap and adjacency, 30
 *	 bridges 30 days without care, -1 merges only periods that share a day.
 * - inflow: a <= s < b; outflow: a < e <= b; stock_begin: s < a and e > a;
 *	 stock_end: s < b and e > b; of episodes of persons. Hence stock_end =
 *	 stock_begin + inflow - outflow.
 *
 * Work is done a slice of rows at a time, so that callers can look for
 * interrupts: the functions that take from return where to go on, at a new
 * client. All work space comes from the caller; largest is
 * zr_history_largest() of the rows.
 */
#ifndef ZR_HISTORY_QUERY_CORE_H
#define ZR_HISTORY_QUERY_CORE_H

#include "history_core.h"

#define ZR_SLICE 65536			/* rows per call, and then to the end of the client */

/* The rows asked, the range, and room for the periods of one client. */
typedef struct zr_query
{
	const zr_pair *rows;
	size_t		n;
	zr_day		a;
	zr_day		b;
	int64_t		gap;
	uint64_t   *work;			/* zr_query_work(largest) numbers */
	size_t		largest;
} zr_query;

static inline size_t
zr_query_work(size_t largest)
{
	return 7 * largest + 1;
}

/* Distinct clients with at least one day of care in [a, b). */
extern size_t zr_count_clients(const zr_query *q, size_t from, int64_t *clients);

typedef struct zr_flow
{
	int64_t		stock_begin;
	int64_t		inflow;
	int64_t		outflow;
	int64_t		stock_end;
} zr_flow;

extern size_t zr_count_flow(const zr_query *q, size_t from, zr_flow *flow);

/*
 * Finds in which part of a divided range a day lies. bounds[0..n] do not
 * descend; table, when there is room for one, holds the answer for each day.
 */
typedef struct zr_division
{
	const zr_day *bounds;
	uint32_t	n;
	uint32_t   *table;			/* bounds[n] - bounds[0] entries, or NULL */
} zr_division;

/* Flows of n consecutive periods; the arrays have n + 1 entries and start at 0. */
typedef struct zr_flows
{
	zr_division periods;		/* bounds: a, a + step, ... b */
	zr_division years;			/* bounds: twelve months before each period's end, then b */
	int64_t		stock_begin;
	int64_t    *inflow;
	int64_t    *outflow;
	int64_t    *clients;		/* differences until zr_finish_flows */
	int64_t    *clients_12m;
} zr_flows;

extern void zr_division_fill(zr_division *d);
extern size_t zr_count_flows(const zr_query *q, size_t from, zr_flows *flows);

/* The same for each product as if there were no others; flows has one entry per product code. */
extern size_t zr_count_flows_by_product(const zr_query *q, size_t from, zr_flows *flows);
extern void zr_finish_flows(zr_flows *flows);

typedef enum zr_transition_kind
{
	ZR_INFLOW,
	ZR_TRANSFER,
	ZR_ADDITION,
	ZR_REDUCTION,
	ZR_OUTFLOW
} zr_transition_kind;

/*
 * A transition as a number: kind, then from and to as product code + 1, 0 =
 * none. Before these goes the period of a division that it lies in.
 */
static inline uint64_t
zr_transition_key(zr_transition_kind kind, uint32_t from, uint32_t to)
{
	return (uint64_t) kind << 42 | (uint64_t) from << 21 | to;
}

static inline zr_transition_kind
zr_transition_key_kind(uint64_t key)
{
	return (zr_transition_kind) (key >> 42 & 7);
}

#define ZR_TRANSITION_PERIOD 45
#define ZR_TRANSITION_PERIODS_MAX (1u << (64 - ZR_TRANSITION_PERIOD))

static inline uint32_t
zr_transition_key_from(uint64_t key)
{
	return (uint32_t) (key >> 21) & ((1u << 21) - 1);
}

static inline uint32_t
zr_transition_key_to(uint64_t key)
{
	return (uint32_t) key & ((1u << 21) - 1);
}

/*
 * Appends the transitions of each client to keys, once per client (and period
 * of the division, unless it is NULL), of which there is room for two per row;
 * *n_keys counts them. clients, unless NULL, gets the (biased) client of each.
 */
extern size_t zr_list_transitions(const zr_query *q, const zr_division *periods, size_t from, uint64_t *keys, uint64_t *clients,
								  size_t *n_keys);

typedef struct zr_durations
{
	int64_t		ended;
	int64_t		running;
	int64_t		days;			/* of the ended episodes, first to last day */
	int64_t		days_in_care;	/* of those, the days with care */
} zr_durations;

/* Appends the days of each ended episode to lengths (room for one per row; d->ended counts them). */
extern size_t zr_list_durations(const zr_query *q, size_t from, zr_durations *d, uint64_t *lengths);

#endif							/* ZR_HISTORY_QUERY_CORE_H */
