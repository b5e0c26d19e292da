/*
 * threshold.c
 *		Type threshold: input, output, binary, equality, order and hash.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "error.h"
#include "threshold.h"

#define WIRE_VERSION	1
#define SHOWN_BYTES		200		/* of a rule text in an error message */

/* NULL when text is no rule; err says why */
static struct varlena *
threshold_from_text(const char *str, size_t len, zr_error *err)
{
	struct varlena *buffer;
	struct varlena *result = NULL;
	size_t		size;

	/* the parser refuses these, but they must not claim memory first */
	if (len > ZR_THRESHOLD_MAX_TEXT)
		buffer = palloc(VARHDRSZ + ZR_THRESHOLD_BOUND(0));
	else
		buffer = palloc(VARHDRSZ + ZR_THRESHOLD_BOUND(len));
	if (zr_threshold_parse(str, len, (uint8_t *) VARDATA(buffer), &size, err))
	{
		result = palloc(VARHDRSZ + size);
		SET_VARSIZE(result, VARHDRSZ + size);
		memcpy(VARDATA(result), VARDATA(buffer), size);
	}
	pfree(buffer);
	return result;
}

static char *
threshold_to_cstring(struct varlena *t, size_t *len)
{
	zr_text		counted = {NULL, 0, 0};
	zr_text		out;

	zr_threshold_print(ThresholdForm(t), &counted);
	out.buf = palloc(counted.len + 1);
	out.cap = counted.len;
	out.len = 0;
	zr_threshold_print(ThresholdForm(t), &out);
	out.buf[out.len] = '\0';
	*len = out.len;
	return out.buf;
}

PG_FUNCTION_INFO_V1(threshold_in);
Datum
threshold_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	size_t		len = strlen(str);
	zr_error	err = {0};
	struct varlena *result = threshold_from_text(str, len, &err);

	if (result == NULL)
	{
		if (err.cls == ZR_LIMIT)
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("rule exceeds a limit of type %s", "threshold"),
					 zr_errdetail(&err)));
		if (len > SHOWN_BYTES)
			str = psprintf("%.*s...", pg_mbcliplen(str, (int) len, SHOWN_BYTES), str);
		zr_ereturn_input(fcinfo->context, (Datum) 0, "threshold", str, &err);
	}
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(threshold_out);
Datum
threshold_out(PG_FUNCTION_ARGS)
{
	size_t		len;

	PG_RETURN_CSTRING(threshold_to_cstring(PG_GETARG_THRESHOLD_PP(0), &len));
}

/* a version byte and the rule text; reading it back checks all that text input checks */
PG_FUNCTION_INFO_V1(threshold_recv);
Datum
threshold_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	zr_error	err = {0};
	char	   *str;
	int			len;
	struct varlena *result;

	if (version != WIRE_VERSION)
	{
		zr_fail(&err, ZR_BINARY, NULL, "Its version is %d; this server reads version %d.", version, WIRE_VERSION);
		zr_report_binary("threshold", &err);
	}
	str = pq_getmsgtext(buf, buf->len - buf->cursor, &len);
	result = threshold_from_text(str, len, &err);
	if (result == NULL)
		zr_report_binary("threshold", &err);
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(threshold_send);
Datum
threshold_send(PG_FUNCTION_ARGS)
{
	size_t		len;
	char	   *str = threshold_to_cstring(PG_GETARG_THRESHOLD_PP(0), &len);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, WIRE_VERSION);
	pq_sendtext(&buf, str, (int) len);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ---- Equality, order and hash: all of the canonical bytes ---- */

static int
threshold_compare(FunctionCallInfo fcinfo)
{
	struct varlena *a = PG_GETARG_THRESHOLD_PP(0);
	struct varlena *b = PG_GETARG_THRESHOLD_PP(1);
	Size		alen = VARSIZE_ANY_EXHDR(a);
	Size		blen = VARSIZE_ANY_EXHDR(b);
	int			order = memcmp(VARDATA_ANY(a), VARDATA_ANY(b), Min(alen, blen));

	if (order == 0 && alen != blen)
		order = alen < blen ? -1 : 1;
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

PG_FUNCTION_INFO_V1(threshold_cmp);
Datum
threshold_cmp(PG_FUNCTION_ARGS)
{
	int			order = threshold_compare(fcinfo);

	PG_RETURN_INT32(order < 0 ? -1 : order > 0);
}

PG_FUNCTION_INFO_V1(threshold_eq);
Datum
threshold_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(threshold_compare(fcinfo) == 0);
}

PG_FUNCTION_INFO_V1(threshold_ne);
Datum
threshold_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(threshold_compare(fcinfo) != 0);
}

PG_FUNCTION_INFO_V1(threshold_lt);
Datum
threshold_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(threshold_compare(fcinfo) < 0);
}

PG_FUNCTION_INFO_V1(threshold_le);
Datum
threshold_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(threshold_compare(fcinfo) <= 0);
}

PG_FUNCTION_INFO_V1(threshold_gt);
Datum
threshold_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(threshold_compare(fcinfo) > 0);
}

PG_FUNCTION_INFO_V1(threshold_ge);
Datum
threshold_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(threshold_compare(fcinfo) >= 0);
}

PG_FUNCTION_INFO_V1(threshold_hash);
Datum
threshold_hash(PG_FUNCTION_ARGS)
{
	struct varlena *t = PG_GETARG_THRESHOLD_PP(0);
	Datum		hash = hash_any((const unsigned char *) VARDATA_ANY(t), (int) VARSIZE_ANY_EXHDR(t));

	PG_FREE_IF_COPY(t, 0);
	return hash;
}

PG_FUNCTION_INFO_V1(threshold_hash_extended);
Datum
threshold_hash_extended(PG_FUNCTION_ARGS)
{
	struct varlena *t = PG_GETARG_THRESHOLD_PP(0);
	Datum		hash = hash_any_extended((const unsigned char *) VARDATA_ANY(t),
										 (int) VARSIZE_ANY_EXHDR(t), (uint64) PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(t, 0);
	return hash;
}
