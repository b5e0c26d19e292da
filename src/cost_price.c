/*
 * cost_price.c
 *		The aggregate cost_price, and what its result says.
 *
 * Art. 5.4 Uitvoeringsbesluit Wmo 2015 and art. 2.3 Besluit Jeugdwet name the
 * elements a price must be based on. Courts struck down tariffs whose
 * percentages had different bases, so here every percentage names its base.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "call.h"
#include "cost_build_up.h"
#include "enum_arg.h"
#include "error.h"

/* A label as in the text form: quotes doubled. */
static const char *
quoted(const text *label, int *len)
{
	const char *s = VARDATA_ANY(label);
	int			n = (int) VARSIZE_ANY_EXHDR(label);
	char	   *out;

	*len = 0;
	if (n > ZR_BUILD_UP_MAX_LABEL)	/* too long either way: refused by its length */
	{
		*len = n;
		return s;
	}
	out = palloc(2 * n + 1);
	for (int i = 0; i < n; i++)
	{
		out[(*len)++] = s[i];
		if (s[i] == '"')
			out[(*len)++] = '"';
	}
	return out;
}

static text *
unquoted(const char *label, int len)
{
	text	   *result = palloc(VARHDRSZ + len);
	char	   *out = VARDATA(result);

	for (int i = 0; i < len; i++)
	{
		*out++ = label[i];
		if (label[i] == '"')
			i++;
	}
	SET_VARSIZE(result, out - (char *) result);
	return result;
}

pg_noreturn static void
report_step(const zr_build_up *build_up, const zr_build_up_step *step, zr_step_status status, const zr_error *err)
{
	char	   *detail,
			   *hint;

	zr_build_up_explain(build_up->steps, build_up->n, step, status, err, &detail, &hint);
	ereport(ERROR,
			(errcode(status == ZR_STEP_WRONG ? zr_sqlstate(err) : ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot add step %d to the cost price", build_up->n + 1),
			 errdetail_internal("%s", detail),
			 hint ? errhint("%s", hint) : 0));
}

pg_noreturn static void
report_null(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("a step of a cost price has no %s", what)));
}

/*
 * cost_price(label, element, operation, value [, base]): not STRICT, because
 * a step may cover no legal element or have no base. Steps come in the order
 * of the aggregate's ORDER BY; there is no combine function, since the order
 * is the meaning. Nothing is changed in place, so calling it as an ordinary
 * function (add a step) is fine.
 */
PG_FUNCTION_INFO_V1(cost_price_transition);
Datum
cost_price_transition(PG_FUNCTION_ARGS)
{
	zr_build_up *build_up;
	zr_build_up_step step = {0};
	zr_step_status status;
	zr_error	err;
	Numeric		value;

	if (PG_ARGISNULL(1))
		report_null("label");
	if (PG_ARGISNULL(3))
		report_null("operation");
	if (PG_ARGISNULL(4))
		report_null("value");
	if (PG_ARGISNULL(0))
	{
		build_up = palloc(sizeof(zr_build_up));
		build_up->n = 0;
	}
	else
		build_up = zr_build_up_open(PG_GETARG_DATUM(0));

	value = PG_GETARG_NUMERIC(4);
	zr_numeric_check_finite(value, "value of a cost price step");
	step.label = quoted(PG_GETARG_TEXT_PP(1), &step.label_len);
	if (!PG_ARGISNULL(2))
	{
		text	   *elements = PG_GETARG_TEXT_PP(2);

		if (!zr_build_up_elements(VARDATA_ANY(elements), VARSIZE_ANY_EXHDR(elements), &step.elements, &err))
			report_step(build_up, &step, ZR_STEP_WRONG, &err);
	}
	step.operation = (zr_cost_operation) zr_enum_position(PG_GETARG_OID(3), zr_cost_operation_labels, ZR_COST_OPERATIONS);
	step.value = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(zr_numeric_tidy(value, 0))));
	step.value_len = (int) strlen(step.value);
	if (PG_NARGS() > 5 && !PG_ARGISNULL(5))
		step.base = quoted(PG_GETARG_TEXT_PP(5), &step.base_len);

	status = zr_build_up_check(build_up->steps, build_up->n, &step, &err);
	if (status != ZR_STEP_OK)
		report_step(build_up, &step, status, &err);
	build_up->steps[build_up->n++] = step;
	PG_RETURN_DATUM(zr_build_up_make(build_up));
}

static Numeric
step_value(const zr_build_up_step *step)
{
	return zr_numeric_from_cstring(pnstrdup(step->value, step->value_len));
}

zr_rational *
zr_build_up_totals(const zr_build_up *build_up)
{
	zr_rational *totals = palloc(Max(build_up->n, 1) * sizeof(zr_rational));
	Numeric		hundred = int64_to_numeric(100);

	for (int i = 0; i < build_up->n; i++)
	{
		const zr_build_up_step *step = &build_up->steps[i];
		Numeric		value = step_value(step);
		zr_rational total = i > 0 ? totals[i - 1] : zr_rational_from_int(0);
		zr_rational base = step->base_step >= 0 ? totals[step->base_step] : total;
		Numeric		rest;

		CHECK_FOR_INTERRUPTS();
		switch (step->operation)
		{
			case ZR_COST_START:
				total = zr_rational_from(value);
				break;
			case ZR_COST_ADD:
				total = zr_rational_add(total, zr_rational_from(value));
				break;
			case ZR_COST_MULTIPLY:
				total = zr_rational_mul(total, value);
				break;
			case ZR_COST_DIVIDE:
				total = zr_rational_div(total, value);
				break;
			case ZR_COST_ADD_PERCENTAGE:
				total = zr_rational_add(total, zr_rational_mul(base, zr_numeric_percent(value)));
				break;
			case ZR_COST_ADD_SHARE:
				rest = zr_numeric_sub(hundred, value);
				total = zr_rational_add(total, zr_rational_div(zr_rational_mul(base, value), rest));
				break;
			case ZR_COST_PRODUCTIVITY:
				rest = zr_numeric_sub(hundred, value);
				total = zr_rational_add(total, zr_rational_div(zr_rational_mul(base, rest), value));
				break;
			case ZR_COST_TAKE_PERCENTAGE:
				total = zr_rational_mul(base, zr_numeric_percent(value));
				break;
			default:
				total = zr_rational_from(zr_rational_round(total, value,
														   (zr_rounding_mode) (step->operation - ZR_COST_ROUND_HALF_UP)));
		}
		totals[i] = total;
	}
	return totals;
}

/* amount(cost_build_up): the running total after the last step */
PG_FUNCTION_INFO_V1(cost_build_up_amount);
Datum
cost_build_up_amount(PG_FUNCTION_ARGS)
{
	zr_build_up *build_up = zr_build_up_open(PG_GETARG_DATUM(0));

	PG_RETURN_NUMERIC(zr_rational_to_numeric(zr_build_up_totals(build_up)[build_up->n - 1]));
}

static text *
element_letters(uint8_t elements)
{
	char		letters[sizeof(ZR_BUILD_UP_ELEMENTS)];
	int			n = 0;

	for (int i = 0; ZR_BUILD_UP_ELEMENTS[i] != '\0'; i++)
		if (elements & (1 << i))
			letters[n++] = ZR_BUILD_UP_ELEMENTS[i];
	return cstring_to_text_with_len(letters, n);
}

typedef struct steps_state
{
	zr_build_up *build_up;
	zr_rational *totals;
	Oid		   *operations;		/* pg_enum rows, by operation */
} steps_state;

/* steps(cost_build_up): every step with what it added */
PG_FUNCTION_INFO_V1(cost_build_up_steps);
Datum
cost_build_up_steps(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	steps_state *state;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;

		call = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		call->tuple_desc = zr_row_type(fcinfo);
		state = palloc(sizeof(steps_state));
		state->build_up = zr_build_up_open(PointerGetDatum(PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0))));
		state->totals = zr_build_up_totals(state->build_up);
		state->operations = zr_enum_values(TupleDescAttr(call->tuple_desc, 3)->atttypid,
										   zr_cost_operation_labels, ZR_COST_OPERATIONS);
		call->user_fctx = state;
		call->max_calls = state->build_up->n;
		MemoryContextSwitchTo(caller);
	}
	call = SRF_PERCALL_SETUP();
	state = call->user_fctx;
	if (call->call_cntr < call->max_calls)
	{
		int			i = (int) call->call_cntr;
		const zr_build_up_step *step = &state->build_up->steps[i];
		zr_rational added = i > 0 ? zr_rational_sub(state->totals[i], state->totals[i - 1]) : state->totals[i];
		Datum		values[8] = {0};
		bool		nulls[8] = {0};

		values[0] = Int32GetDatum(i + 1);
		values[1] = PointerGetDatum(unquoted(step->label, step->label_len));
		if (step->elements != 0)
			values[2] = PointerGetDatum(element_letters(step->elements));
		else
			nulls[2] = true;
		values[3] = ObjectIdGetDatum(state->operations[step->operation]);
		values[4] = NumericGetDatum(step_value(step));
		if (step->base_len > 0)
			values[5] = PointerGetDatum(unquoted(step->base, step->base_len));
		else
			nulls[5] = true;
		values[6] = NumericGetDatum(zr_rational_to_numeric(added));
		values[7] = NumericGetDatum(zr_rational_to_numeric(state->totals[i]));
		SRF_RETURN_NEXT(call, HeapTupleGetDatum(heap_form_tuple(call->tuple_desc, values, nulls)));
	}
	SRF_RETURN_DONE(call);
}

/* missing_elements(cost_build_up, law): letters of the law's elements that no step covers */
PG_FUNCTION_INFO_V1(cost_build_up_missing_elements);
Datum
cost_build_up_missing_elements(PG_FUNCTION_ARGS)
{
	zr_build_up *build_up = zr_build_up_open(PG_GETARG_DATUM(0));
	char	   *law = text_to_cstring(PG_GETARG_TEXT_PP(1));
	Datum		missing[sizeof(ZR_BUILD_UP_ELEMENTS)];
	int			nmissing = 0;
	int			nelements;
	uint8_t		covered = 0;

	if (strcmp(law, "Wmo") == 0)
		nelements = 6;			/* a-f, art. 5.4 Uitvoeringsbesluit Wmo 2015 */
	else if (strcmp(law, "Jeugdwet") == 0)
		nelements = 4;			/* a-d, art. 2.3 Besluit Jeugdwet */
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("law \"%s\" has no legal cost elements", law),
				 errhint("Write Wmo or Jeugdwet, as law(product) does.")));
	for (int i = 0; i < build_up->n; i++)
		covered |= build_up->steps[i].elements;
	for (int i = 0; i < nelements; i++)
		if (!(covered & (1 << i)))
			missing[nmissing++] = PointerGetDatum(cstring_to_text_with_len(&ZR_BUILD_UP_ELEMENTS[i], 1));
	PG_RETURN_ARRAYTYPE_P(construct_array(missing, nmissing, TEXTOID, -1, false, TYPALIGN_INT));
}
