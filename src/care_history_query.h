/*
 * care_history_query.h
 *		What the questions to a care history have in common.
 */
#ifndef ZR_CARE_HISTORY_QUERY_H
#define ZR_CARE_HISTORY_QUERY_H

#include "care_history.h"
#include "history_query_core.h"

typedef struct history_question
{
	zr_query	query;
	care_history_view view;
	bool		empty;			/* the range has no day */
} history_question;

/* Room for n elements, of any size. */
extern void *care_history_allocate(size_t n, size_t size);

/* Reads arguments 0 (history) and 1 (range, which may have no first or last day when the answer exists then), and the gap when it has a place. */
extern void care_history_ask(FunctionCallInfo fcinfo, int gap_arg, bool may_be_open, history_question *q);

/* Divides the range asked into steps, as flows() does. */
extern void care_history_divide(const history_question *q, const Interval *step, zr_flows *flows);

/* Counters of a division, all zero. */
extern void care_history_count_from_zero(zr_flows *flows);

/* Appends the rows of flows() to a result whose columns from this one on are theirs. */
extern void care_history_put_flows(ReturnSetInfo *result, int column, zr_flows *flows, Datum *values, bool *nulls);

/* Period k of a division, as a value of the first column's range type. */
extern Datum care_history_period_range(ReturnSetInfo *result, const zr_division *periods, uint32_t k);

/* Kind, from and to of a transition. */
extern void care_history_transition_columns(const care_history_view *view, uint64_t key, Datum *values, bool *nulls);

#endif							/* ZR_CARE_HISTORY_QUERY_H */
