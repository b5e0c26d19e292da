/*
 * cost_build_up.c
 *		SQL type cost_build_up (kostprijsopbouw): input, output, comparison.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "cost_build_up.h"
#include "error.h"

#define WIRE_VERSION 1
/* an error message shows the start of a long text */
#define SHOWN_BYTES 200

void
zr_build_up_explain(const zr_build_up_step *earlier, int n, const zr_build_up_step *step,
					zr_step_status status, const zr_error *err, char **detail, char **hint)
{
	StringInfoData known;

	if (status == ZR_STEP_WRONG)
	{
		*detail = pstrdup(err->detail);
		*hint = err->hint[0] ? pstrdup(err->hint) : NULL;
		return;
	}
	initStringInfo(&known);
	for (int i = 0; i < n; i++)
		appendStringInfo(&known, "%s\"%.*s\"", i > 0 ? ", " : "", earlier[i].label_len, earlier[i].label);
	switch (status)
	{
		case ZR_STEP_LABEL_TWICE:
			*detail = psprintf("There is an earlier step \"%.*s\".", step->label_len, step->label);
			*hint = psprintf("Give every step a label of its own. Labels in use: %s.", known.data);
			break;
		case ZR_STEP_WITHOUT_BASE:
			*detail = psprintf("Step \"%.*s\" is a percentage (%s %.*s) without a base.", step->label_len, step->label,
							   zr_cost_operation_labels[step->operation], step->value_len, step->value);
			*hint = psprintf("Name the subtotal that it is a percentage of. Known labels: %s.", known.data);
			break;
		default:
			*detail = psprintf("Step \"%.*s\" is a percentage of \"%.*s\", which is not the label of an earlier step.",
							   step->label_len, step->label, step->base_len, step->base);
			*hint = psprintf("Known labels: %s.", known.data);
	}
}

zr_build_up *
zr_build_up_open(Datum datum)
{
	struct varlena *flat = PG_DETOAST_DATUM_PACKED(datum);
	zr_build_up *result = palloc(sizeof(zr_build_up));
	zr_error	err;

	if (zr_build_up_parse(VARDATA_ANY(flat), VARSIZE_ANY_EXHDR(flat), palloc(VARSIZE_ANY_EXHDR(flat) + 1),
						  result->steps, &result->n, &err) != ZR_STEP_OK)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("a stored value of type %s is damaged", "cost_build_up")));
	return result;
}

Datum
zr_build_up_make(const zr_build_up *build_up)
{
	char	   *out = palloc(VARHDRSZ + 2 + build_up->n * ZR_BUILD_UP_STEP_ROOM);
	char	   *p = out + VARHDRSZ;

	*p++ = '{';
	for (int i = 0; i < build_up->n; i++)
	{
		if (i > 0)
		{
			*p++ = ';';
			*p++ = ' ';
		}
		p += zr_build_up_print_step(&build_up->steps[i], p);
	}
	*p++ = '}';
	SET_VARSIZE(out, p - out);
	return PointerGetDatum(out);
}

PG_FUNCTION_INFO_V1(cost_build_up_in);
Datum
cost_build_up_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	size_t		len = strlen(str);
	zr_build_up *build_up = palloc(sizeof(zr_build_up));
	zr_error	err = {.cls = ZR_SYNTAX};
	zr_step_status status;

	status = zr_build_up_parse(str, len, palloc(len + 1), build_up->steps, &build_up->n, &err);
	if (status != ZR_STEP_OK)
	{
		char	   *detail,
				   *hint,
				   *shown = str;

		if (len > SHOWN_BYTES)
			shown = psprintf("%.*s...", pg_mbcliplen(str, SHOWN_BYTES + 1, SHOWN_BYTES), str);
		zr_build_up_explain(build_up->steps, build_up->n, &build_up->steps[Min(build_up->n, ZR_BUILD_UP_MAX_STEPS - 1)],
							status, &err, &detail, &hint);
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(err.cls == ZR_LIMIT || err.cls == ZR_RANGE ? zr_sqlstate(&err) : ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "cost_build_up", shown),
				 errdetail_internal("%s", detail),
				 hint ? errhint("%s", hint) : 0));
	}
	PG_RETURN_DATUM(zr_build_up_make(build_up));
}

PG_FUNCTION_INFO_V1(cost_build_up_out);
Datum
cost_build_up_out(PG_FUNCTION_ARGS)
{
	struct varlena *flat = PG_GETARG_VARLENA_PP(0);

	PG_RETURN_CSTRING(pnstrdup(VARDATA_ANY(flat), VARSIZE_ANY_EXHDR(flat)));
}

/* wire: version 1 (one byte), the text form */
PG_FUNCTION_INFO_V1(cost_build_up_recv);
Datum
cost_build_up_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	zr_build_up *build_up = palloc(sizeof(zr_build_up));
	zr_error	err;
	zr_step_status status;
	char	   *str;
	int			len;

	if (version != WIRE_VERSION)
	{
		zr_fail(&err, ZR_BINARY, NULL, "The version is %d; this server knows version %d.", version, WIRE_VERSION);
		zr_report_binary("cost_build_up", &err);
	}
	str = pq_getmsgtext(buf, buf->len - buf->cursor, &len);
	status = zr_build_up_parse(str, len, palloc(len + 1), build_up->steps, &build_up->n, &err);
	if (status != ZR_STEP_OK)
	{
		char	   *detail,
				   *hint;

		zr_build_up_explain(build_up->steps, build_up->n, &build_up->steps[Min(build_up->n, ZR_BUILD_UP_MAX_STEPS - 1)],
							status, &err, &detail, &hint);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "cost_build_up"),
				 errdetail_internal("%s", detail)));
	}
	PG_RETURN_DATUM(zr_build_up_make(build_up));
}

PG_FUNCTION_INFO_V1(cost_build_up_send);
Datum
cost_build_up_send(PG_FUNCTION_ARGS)
{
	struct varlena *flat = PG_GETARG_VARLENA_PP(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, WIRE_VERSION);
	pq_sendtext(&buf, VARDATA_ANY(flat), (int) VARSIZE_ANY_EXHDR(flat));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static bool
same_bytes(FunctionCallInfo fcinfo)
{
	struct varlena *a = PG_GETARG_VARLENA_PP(0);
	struct varlena *b = PG_GETARG_VARLENA_PP(1);

	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

PG_FUNCTION_INFO_V1(cost_build_up_eq);
Datum
cost_build_up_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same_bytes(fcinfo));
}

PG_FUNCTION_INFO_V1(cost_build_up_ne);
Datum
cost_build_up_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same_bytes(fcinfo));
}

PG_FUNCTION_INFO_V1(cost_build_up_hash);
Datum
cost_build_up_hash(PG_FUNCTION_ARGS)
{
	struct varlena *a = PG_GETARG_VARLENA_PP(0);

	return hash_any((unsigned char *) VARDATA_ANY(a), (int) VARSIZE_ANY_EXHDR(a));
}

PG_FUNCTION_INFO_V1(cost_build_up_hash_extended);
Datum
cost_build_up_hash_extended(PG_FUNCTION_ARGS)
{
	struct varlena *a = PG_GETARG_VARLENA_PP(0);

	return hash_any_extended((unsigned char *) VARDATA_ANY(a), (int) VARSIZE_ANY_EXHDR(a), (uint64) PG_GETARG_INT64(1));
}
