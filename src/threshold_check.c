/*
 * threshold_check.c
 *		Rules against dossiers in SQL: one rule, or many at once.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/rangetypes.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "call.h"
#include "threshold.h"
#include "threshold_facts.h"

/* ---- What a call keeps for the next one ---- */

typedef struct check_state
{
	Oid			labels[ZR_VERDICTS];	/* pg_enum rows of type verdict */
	zr_dossier *dossier;
} check_state;

static void
find_labels(Oid verdict_type, Oid *labels)
{
	for (int v = 0; v < ZR_VERDICTS; v++)
	{
		const char *label = zr_verdict_text((zr_verdict) v);

		labels[v] = GetSysCacheOid2(ENUMTYPOIDNAME, Anum_pg_enum_oid,
									ObjectIdGetDatum(verdict_type), CStringGetDatum(label));
		if (!OidIsValid(labels[v]))
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("enum %s has no label \"%s\"", format_type_be(verdict_type), label)));
	}
}

static check_state *
get_state(FunctionCallInfo fcinfo)
{
	check_state *state = fcinfo->flinfo->fn_extra;

	if (state == NULL)
	{
		Oid			result = get_func_rettype(fcinfo->flinfo->fn_oid);
		Oid			element = get_element_type(result);

		state = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(check_state));
		if (type_is_enum(OidIsValid(element) ? element : result))
			find_labels(OidIsValid(element) ? element : result, state->labels);
		state->dossier = zr_dossier_create(fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = state;
	}
	return state;
}

/* ---- One rule ---- */

PG_FUNCTION_INFO_V1(check_threshold);
Datum
check_threshold(PG_FUNCTION_ARGS)
{
	struct varlena *rule = PG_GETARG_THRESHOLD_PP(0);
	check_state *state = get_state(fcinfo);
	zr_fact_source *facts = zr_dossier_open(state->dossier, PG_GETARG_DATUM(1));

	PG_RETURN_OID(state->labels[zr_threshold_check(ThresholdForm(rule), facts)]);
}

/* a bounded validity holds the day; the range types' own function knows about bounds and emptiness */
static bool
in_force(FunctionCallInfo fcinfo, int range_arg, Datum as_of)
{
	RangeType  *valid = PG_GETARG_RANGE_P(range_arg);

	return range_contains_elem_internal(lookup_type_cache(RangeTypeGetOid(valid), TYPECACHE_RANGE_INFO),
										valid, as_of);
}

/* not strict: a NULL validity means always in force; any other NULL gives NULL */
PG_FUNCTION_INFO_V1(check_threshold_as_of);
Datum
check_threshold_as_of(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2) && !in_force(fcinfo, 2, PG_GETARG_DATUM(3)))
		PG_RETURN_OID(get_state(fcinfo)->labels[ZR_OUT_OF_FORCE]);
	return check_threshold(fcinfo);
}

static text *
explain_to_text(const uint8_t *form, zr_fact_source *facts)
{
	char		buffer[1024];
	zr_text		out = {buffer, sizeof(buffer), 0};
	text	   *result;

	zr_threshold_explain(form, facts, &out);
	result = palloc(VARHDRSZ + out.len);
	SET_VARSIZE(result, VARHDRSZ + out.len);
	if (out.len <= out.cap)
		memcpy(VARDATA(result), buffer, out.len);
	else
	{
		zr_text		again = {VARDATA(result), out.len, 0};

		zr_threshold_explain(form, facts, &again);
	}
	return result;
}

PG_FUNCTION_INFO_V1(explain_threshold);
Datum
explain_threshold(PG_FUNCTION_ARGS)
{
	struct varlena *rule = PG_GETARG_THRESHOLD_PP(0);
	zr_fact_source *facts = zr_dossier_open(get_state(fcinfo)->dossier, PG_GETARG_DATUM(1));

	PG_RETURN_TEXT_P(explain_to_text(ThresholdForm(rule), facts));
}

/* Not date_out: no setting may change what an immutable function says. */
static void
put_any_date(zr_text *out, DateADT d)
{
	int			year,
				month,
				day;
	char		buf[32];

	if (DATE_NOT_FINITE(d))
	{
		zr_text_puts(out, DATE_IS_NOBEGIN(d) ? "-infinity" : "infinity");
		return;
	}
	zr_date_to_ymd(d, &year, &month, &day);
	if (year > 0)
		snprintf(buf, sizeof(buf), "%04d-%02d-%02d", year, month, day);
	else
		snprintf(buf, sizeof(buf), "%04d-%02d-%02d BC", 1 - year, month, day);
	zr_text_puts(out, buf);
}

static text *
explain_out_of_force(RangeType *valid, DateADT as_of)
{
	char		buffer[128];
	zr_text		out = {buffer, sizeof(buffer), 0};
	RangeBound	lower,
				upper;
	bool		empty;

	range_deserialize(lookup_type_cache(RangeTypeGetOid(valid), TYPECACHE_RANGE_INFO),
					  valid, &lower, &upper, &empty);
	zr_text_puts(&out, "the rule is valid ");
	if (empty)
		zr_text_puts(&out, "on no day");
	else
	{
		zr_text_puts(&out, lower.infinite ? "(" : "[");
		if (!lower.infinite)
			put_any_date(&out, DatumGetDateADT(lower.val));
		zr_text_puts(&out, ",");
		if (!upper.infinite)
			put_any_date(&out, DatumGetDateADT(upper.val));
		zr_text_puts(&out, ")");
	}
	zr_text_puts(&out, ", not on ");
	put_any_date(&out, as_of);
	zr_text_puts(&out, ": ");
	zr_text_puts(&out, zr_verdict_text(ZR_OUT_OF_FORCE));
	return cstring_to_text_with_len(buffer, (int) Min(out.len, out.cap));
}

/* NULLs as in check_threshold */
PG_FUNCTION_INFO_V1(explain_threshold_as_of);
Datum
explain_threshold_as_of(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2) && !in_force(fcinfo, 2, PG_GETARG_DATUM(3)))
		PG_RETURN_TEXT_P(explain_out_of_force(PG_GETARG_RANGE_P(2), PG_GETARG_DATEADT(3)));
	return explain_threshold(fcinfo);
}

typedef struct fact_list
{
	ArrayBuildState *names;
	int			count;
	int			max;
	zr_fact_name *seen;
} fact_list;

static bool
collect_fact(void *context, const zr_fact_name *fact)
{
	fact_list  *list = context;

	CHECK_FOR_INTERRUPTS();
	for (int i = 0; i < list->count; i++)
		if (list->seen[i].hash == fact->hash && list->seen[i].len == fact->len &&
			memcmp(list->seen[i].name, fact->name, fact->len) == 0)
			return true;
	if (list->count == list->max)
	{
		list->max *= 2;
		list->seen = repalloc(list->seen, sizeof(zr_fact_name) * list->max);
	}
	list->seen[list->count++] = *fact;
	list->names = accumArrayResult(list->names,
								   PointerGetDatum(cstring_to_text_with_len(fact->name, (int) fact->len)),
								   false, TEXTOID, CurrentMemoryContext);
	return true;
}

PG_FUNCTION_INFO_V1(facts_needed);
Datum
facts_needed(PG_FUNCTION_ARGS)
{
	struct varlena *rule = PG_GETARG_THRESHOLD_PP(0);
	fact_list	list = {NULL, 0, 16, palloc(sizeof(zr_fact_name) * 16)};

	zr_threshold_facts(ThresholdForm(rule), collect_fact, &list);
	return makeArrayResult(list.names, CurrentMemoryContext);
}

/* the facts that would have to be known for a verdict; none when there is one */
PG_FUNCTION_INFO_V1(facts_missing);
Datum
facts_missing(PG_FUNCTION_ARGS)
{
	struct varlena *rule = PG_GETARG_THRESHOLD_PP(0);
	zr_fact_source *facts = zr_dossier_open(get_state(fcinfo)->dossier, PG_GETARG_DATUM(1));
	fact_list	list = {NULL, 0, 16, palloc(sizeof(zr_fact_name) * 16)};

	zr_threshold_missing(ThresholdForm(rule), facts, collect_fact, &list);
	if (list.names == NULL)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
	return makeArrayResult(list.names, CurrentMemoryContext);
}

/* ---- Many rules ---- */

/* one verdict per rule, in an array of the same shape; NULL for a NULL rule */
PG_FUNCTION_INFO_V1(check_thresholds);
Datum
check_thresholds(PG_FUNCTION_ARGS)
{
	ArrayType  *rules = PG_GETARG_ARRAYTYPE_P(0);
	check_state *state = get_state(fcinfo);
	zr_fact_source *facts = zr_dossier_open(state->dossier, PG_GETARG_DATUM(1));
	Oid			verdict_type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	ArrayIterator it = array_create_iterator(rules, 0, NULL);
	int			n = ArrayGetNItems(ARR_NDIM(rules), ARR_DIMS(rules));
	Datum	   *verdicts = palloc(sizeof(Datum) * Max(n, 1));
	bool	   *nulls = palloc(sizeof(bool) * Max(n, 1));
	Datum		rule;

	for (int i = 0; array_iterate(it, &rule, &nulls[i]); i++)
	{
		if (!nulls[i])
			verdicts[i] = ObjectIdGetDatum(state->labels[zr_threshold_check(ThresholdForm(DatumGetThresholdPP(rule)), facts)]);
		if (i % 1024 == 0)
			CHECK_FOR_INTERRUPTS();
	}
	array_free_iterator(it);
	PG_RETURN_ARRAYTYPE_P(construct_md_array(verdicts, nulls, ARR_NDIM(rules), ARR_DIMS(rules), ARR_LBOUND(rules),
											 verdict_type, sizeof(Oid), true, TYPALIGN_INT));
}

typedef struct judge_state
{
	zr_fact_source *facts;
	ArrayIterator rules;
	Oid			labels[ZR_VERDICTS];
} judge_state;

/* (requirement, verdict, explanation) for every rule, in the order of the array */
PG_FUNCTION_INFO_V1(judge);
Datum
judge(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	judge_state *state;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;
		TupleDesc	tupdesc;

		call = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		tupdesc = zr_row_type(fcinfo);
		state = palloc(sizeof(judge_state));
		find_labels(TupleDescAttr(tupdesc, 1)->atttypid, state->labels);
		state->facts = zr_dossier_open(zr_dossier_create(CurrentMemoryContext),
									   PointerGetDatum(PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(1))));
		state->rules = array_create_iterator(PG_GETARG_ARRAYTYPE_P_COPY(0), 0, NULL);
		call->tuple_desc = BlessTupleDesc(tupdesc);
		call->user_fctx = state;
		MemoryContextSwitchTo(old);
	}
	call = SRF_PERCALL_SETUP();
	state = call->user_fctx;
	if (!array_iterate(state->rules, &values[0], &nulls[0]))
		SRF_RETURN_DONE(call);
	nulls[1] = nulls[2] = nulls[0];
	if (!nulls[0])
	{
		const uint8_t *form = ThresholdForm(DatumGetThresholdPP(values[0]));

		values[1] = ObjectIdGetDatum(state->labels[zr_threshold_check(form, state->facts)]);
		values[2] = PointerGetDatum(explain_to_text(form, state->facts));
	}
	SRF_RETURN_NEXT(call, HeapTupleGetDatum(heap_form_tuple(call->tuple_desc, values, nulls)));
}
