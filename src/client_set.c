/*
 * client_set.c
 *		The SQL type client_set: input and output, comparison, cardinality, merge.
 *
 * Error messages never repeat the input: client keys are personal data and
 * would end up in the server log.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "client_set.h"
#include "error.h"

static void
damaged(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("a stored value of type client_set is damaged")));
}

static void *
allocate_keys(size_t n)
{
	return palloc_extended(Max(n, 1) * sizeof(uint64_t), MCXT_ALLOC_HUGE);
}

/* Sorts and drops repetitions in place. */
static size_t
normalize_keys(uint64_t *keys, size_t n)
{
	uint64_t   *scratch;

	/* a set of 100 million keys takes seconds a step; here nothing has been changed yet */
	CHECK_FOR_INTERRUPTS();
	scratch = allocate_keys(n);
	zr_sort_keys(keys, scratch, n);
	pfree(scratch);
	return zr_unique_keys(keys, n);
}

const uint64_t *
client_set_keys(Datum d, size_t *n)
{
	client_set *flat;
	const uint8_t *data;
	size_t		len;
	uint64_t   *keys;

	CHECK_FOR_INTERRUPTS();
	flat = PG_DETOAST_DATUM_PACKED(d);
	data = (const uint8_t *) VARDATA_ANY(flat);
	len = VARSIZE_ANY_EXHDR(flat);
	*n = zr_client_set_count(data, len);
	/* a key is at least one byte, so a damaged number of keys asks for no memory */
	if (*n > len)
		damaged();
	keys = allocate_keys(*n);
	if (!zr_client_set_decode(data, len, keys))
		damaged();
	return keys;
}

Size
client_set_flat_size(const uint64_t *keys, size_t n)
{
	size_t		size = VARHDRSZ + zr_client_set_size(keys, n);

	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("client set is too large"),
				 errdetail("%zu keys take %zu bytes; a value holds at most %zu.", n, size, (size_t) MaxAllocSize)));
	return size;
}

Datum
client_set_from_sorted(const uint64_t *keys, size_t n)
{
	Size		size = client_set_flat_size(keys, n);
	client_set *result = palloc(size);

	SET_VARSIZE(result, size);
	zr_client_set_encode(keys, n, (uint8_t *) VARDATA(result));
	return PointerGetDatum(result);
}

PG_FUNCTION_INFO_V1(client_set_in);
Datum
client_set_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	size_t		len = strlen(str);
	uint64_t   *keys = allocate_keys(zr_client_set_parse_bound(str, len));
	size_t		n;
	zr_error	err;

	if (!zr_client_set_parse(str, len, keys, &n, &err))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(zr_sqlstate(&err)),
				 errmsg("invalid input syntax for type %s", "client_set"),
				 zr_errdetail(&err), zr_errhint(&err)));
	n = normalize_keys(keys, n);
	PG_RETURN_DATUM(client_set_from_sorted(keys, n));
}

PG_FUNCTION_INFO_V1(client_set_out);
Datum
client_set_out(PG_FUNCTION_ARGS)
{
	size_t		n;
	const uint64_t *keys = client_set_keys(PG_GETARG_DATUM(0), &n);
	char	   *out;

	if (n > (MaxAllocSize - 3) / ZR_CLIENT_KEY_TEXT_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("client set is too large for its text form"),
				 errdetail("It has %zu keys.", n)));
	out = palloc(n * ZR_CLIENT_KEY_TEXT_MAX + 3);
	zr_client_set_print(keys, n, out);
	PG_RETURN_CSTRING(out);
}

/* Wire format: version 1 (one byte), number of keys (four), the keys as bigint. */
PG_FUNCTION_INFO_V1(client_set_recv);
Datum
client_set_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	zr_error	err;
	uint8_t		version = (uint8_t) pq_getmsgbyte(buf);
	size_t		n;
	uint64_t   *keys;

	if (version != ZR_CLIENT_SET_VERSION)
	{
		zr_fail(&err, ZR_BINARY, NULL, "The version is %d; this server knows version %d.", version, ZR_CLIENT_SET_VERSION);
		zr_report_binary("client_set", &err);
	}
	n = (uint32) pq_getmsgint(buf, 4);
	if ((size_t) (buf->len - buf->cursor) != n * sizeof(uint64_t))
	{
		zr_fail(&err, ZR_BINARY, NULL, "%zu keys are announced, but %d bytes follow.", n, buf->len - buf->cursor);
		zr_report_binary("client_set", &err);
	}
	keys = allocate_keys(n);
	for (size_t i = 0; i < n; i++)
		keys[i] = zr_bias(pq_getmsgint64(buf));
	n = normalize_keys(keys, n);
	PG_RETURN_DATUM(client_set_from_sorted(keys, n));
}

PG_FUNCTION_INFO_V1(client_set_send);
Datum
client_set_send(PG_FUNCTION_ARGS)
{
	size_t		n;
	const uint64_t *keys = client_set_keys(PG_GETARG_DATUM(0), &n);
	StringInfoData buf;

	pq_begintypsend(&buf);
	if (n > MaxAllocSize / sizeof(uint64_t))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("client set is too large for its binary form"),
				 errdetail("It has %zu keys.", n)));
	enlargeStringInfo(&buf, (int) (n * sizeof(uint64_t) + 5));
	pq_sendbyte(&buf, ZR_CLIENT_SET_VERSION);
	pq_sendint32(&buf, (uint32) n);
	for (size_t i = 0; i < n; i++)
		pq_sendint64(&buf, (uint64) zr_unbias(keys[i]));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static bool
same_bytes(Datum x, Datum y)
{
	client_set *a = PG_DETOAST_DATUM_PACKED(x);
	client_set *b = PG_DETOAST_DATUM_PACKED(y);

	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

PG_FUNCTION_INFO_V1(client_set_eq);
Datum
client_set_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same_bytes(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

PG_FUNCTION_INFO_V1(client_set_ne);
Datum
client_set_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same_bytes(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

PG_FUNCTION_INFO_V1(client_set_hash);
Datum
client_set_hash(PG_FUNCTION_ARGS)
{
	client_set *a = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));

	return hash_any((unsigned char *) VARDATA_ANY(a), (int) VARSIZE_ANY_EXHDR(a));
}

PG_FUNCTION_INFO_V1(client_set_hash_extended);
Datum
client_set_hash_extended(PG_FUNCTION_ARGS)
{
	client_set *a = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));

	return hash_any_extended((unsigned char *) VARDATA_ANY(a), (int) VARSIZE_ANY_EXHDR(a),
							 (uint64) PG_GETARG_INT64(1));
}

PG_FUNCTION_INFO_V1(client_set_cardinality);
Datum
client_set_cardinality(PG_FUNCTION_ARGS)
{
	Datum		d = PG_GETARG_DATUM(0);
	client_set *head = (client_set *) DatumGetPointer(d);
	size_t		len;

	/* a plain set is small; of a packed one the first bytes suffice */
	if (VARATT_IS_COMPRESSED(head) || VARATT_IS_EXTERNAL(head))
	{
		len = toast_raw_datum_size(d) - VARHDRSZ;
		head = PG_DETOAST_DATUM_SLICE(d, 0, ZR_CLIENT_SET_PREFIX);
		if (VARSIZE_ANY_EXHDR(head) < Min(len, ZR_CLIENT_SET_PREFIX))
			damaged();
	}
	else
		len = VARSIZE_ANY_EXHDR(head);
	PG_RETURN_INT64((int64) zr_client_set_count((uint8_t *) VARDATA_ANY(head), len));
}

PG_FUNCTION_INFO_V1(client_set_merge);
Datum
client_set_merge(PG_FUNCTION_ARGS)
{
	size_t		na,
				nb;
	const uint64_t *a = client_set_keys(PG_GETARG_DATUM(0), &na);
	const uint64_t *b = client_set_keys(PG_GETARG_DATUM(1), &nb);
	uint64_t   *keys = allocate_keys(na + nb);

	PG_RETURN_DATUM(client_set_from_sorted(keys, zr_merge_keys(a, na, b, nb, keys)));
}
