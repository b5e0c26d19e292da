/*
 * tariff_book.c
 *		SQL type tariff_book (tariefboek): input, output, comparison.
 *
 * Wire format: version (1 byte, 1), number of lines (int32), and per line
 * product (int32), group (counted text, empty = default), first day, day after
 * the last (int32, days since 2000-01-01; 2147483647 = open), tariff (int64),
 * unrounded amount (counted text, empty = the tariff's own). Lines may come in
 * any order; they are sent sorted.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "error.h"
#include "tariff_book.h"

#define WIRE_VERSION 1
#define WIRE_LINE_MIN 28		/* bytes of a line whose texts are empty */

/* An error message shows the start of the text: a book can have a hundred megabytes. */
#define SHOWN_BYTES 200

static char *
shown(const char *str)
{
	size_t		len = strlen(str);

	if (len <= SHOWN_BYTES)
		return pstrdup(str);
	return psprintf("%.*s...", pg_mbcliplen(str, SHOWN_BYTES + 1, SHOWN_BYTES), str);
}

PG_FUNCTION_INFO_V1(tariff_book_in);
Datum
tariff_book_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	zr_book_builder builder;
	zr_error	err;
	int			overlap;

	zr_book_begin_in(&builder, CurrentMemoryContext);
	if (!zr_book_parse(&builder, str, strlen(str), &err))
	{
		zr_book_free(&builder);
		if (err.cls == ZR_LIMIT)
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(zr_sqlstate(&err)),
					 errmsg("value is too large for type %s", "tariff_book"),
					 zr_errdetail(&err), zr_errhint(&err)));
		str = shown(str);
		zr_ereturn_input(fcinfo->context, (Datum) 0, "tariff_book", str, &err);
	}
	overlap = zr_book_finish(&builder);
	if (overlap >= 0)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_EXCLUSION_VIOLATION),
				 errmsg(ZR_BOOK_OVERLAP_MESSAGE),
				 errdetail_internal("%s", zr_book_overlap_detail(&builder, overlap)),
				 errhint(ZR_BOOK_OVERLAP_HINT)));
	PG_RETURN_POINTER(zr_book_to_flat(&builder));
}

PG_FUNCTION_INFO_V1(tariff_book_out);
Datum
tariff_book_out(PG_FUNCTION_ARGS)
{
	zr_book_view book;
	void	   *opened = zr_book_open(PG_GETARG_DATUM(0), &book);
	char	   *result = palloc(zr_book_print_room(&book));

	zr_book_print(&book, result);
	zr_book_done(opened);
	PG_RETURN_CSTRING(result);
}

pg_noreturn static void
bad_line(int number, zr_error *err)
{
	zr_error	copy = *err;

	zr_fail(err, ZR_BINARY, NULL, "Line %d: %.230s", number, copy.detail);
	zr_report_binary("tariff_book", err);
}

/* Converted from the client's encoding; *len is 0 to max or the book is refused. */
static char *
get_counted(StringInfo buf, int line, int *len, int max, const char *what)
{
	int			raw = (int) pq_getmsgint(buf, 4);
	zr_error	err;

	/* a conversion can shrink four bytes to one */
	if (raw < 0 || raw > 4 * max)
	{
		zr_fail(&err, ZR_BINARY, NULL, "The %s has a length of %d.", what, raw);
		bad_line(line, &err);
	}
	return pq_getmsgtext(buf, raw, len);
}

PG_FUNCTION_INFO_V1(tariff_book_recv);
Datum
tariff_book_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int			count = (int) pq_getmsgint(buf, 4);
	int			overlap;
	zr_book_builder builder;
	zr_error	err;

	if (version != WIRE_VERSION)
	{
		zr_fail(&err, ZR_BINARY, NULL, "Version %d of the format is not known.", version);
		zr_report_binary("tariff_book", &err);
	}
	if (count < 0 || count > ZR_BOOK_MAX_LINES || count > (buf->len - buf->cursor) / WIRE_LINE_MIN)
	{
		zr_fail(&err, ZR_BINARY, NULL, "A book of %d lines does not fit in %d bytes, or in %d lines.",
				count, buf->len - buf->cursor, ZR_BOOK_MAX_LINES);
		zr_report_binary("tariff_book", &err);
	}
	zr_book_begin_in(&builder, CurrentMemoryContext);
	for (int i = 1; i <= count; i++)
	{
		zr_product	product = (zr_product) pq_getmsgint(buf, 4);
		int			group_len,
					carried_len;
		char	   *group = get_counted(buf, i, &group_len, ZR_BOOK_MAX_GROUP, "group's name");
		zr_date		lower = (zr_date) pq_getmsgint(buf, 4);
		zr_date		upper = (zr_date) pq_getmsgint(buf, 4);
		zr_tariff	tariff = (zr_tariff) pq_getmsgint64(buf);
		char	   *carried = get_counted(buf, i, &carried_len, ZR_BOOK_MAX_CARRIED, "unrounded amount");

		if (!zr_book_add(&builder, product, group, group_len, lower, upper, tariff, carried, carried_len, &err))
			bad_line(i, &err);
		pfree(group);
		pfree(carried);
		CHECK_FOR_INTERRUPTS();
	}
	overlap = zr_book_finish(&builder);
	if (overlap >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "tariff_book"),
				 errdetail_internal("%s", zr_book_overlap_detail(&builder, overlap))));
	PG_RETURN_POINTER(zr_book_to_flat(&builder));
}

/* pq_sendcountedtext() has other arguments in newer servers */
static void
send_counted(StringInfo buf, const zr_book_view *book, uint32 number)
{
	size_t		len = 0;
	const char *s = number ? zr_book_string(book, number, &len) : "";
	char	   *converted = pg_server_to_client(s, (int) len);

	if (converted != s)
		len = strlen(converted);
	pq_sendint32(buf, (uint32) len);
	pq_sendbytes(buf, converted, (int) len);
	if (converted != s)
		pfree(converted);
}

PG_FUNCTION_INFO_V1(tariff_book_send);
Datum
tariff_book_send(PG_FUNCTION_ARGS)
{
	zr_book_view book;
	void	   *opened = zr_book_open(PG_GETARG_DATUM(0), &book);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, WIRE_VERSION);
	pq_sendint32(&buf, (uint32) book.nlines);
	for (int i = 0; i < book.nlines; i++)
	{
		const zr_book_line *line = &book.lines[i];

		pq_sendint32(&buf, line->product);
		send_counted(&buf, &book, line->group);
		pq_sendint32(&buf, (uint32) line->lower);
		pq_sendint32(&buf, (uint32) line->upper);
		pq_sendint64(&buf, line->tariff);
		send_counted(&buf, &book, line->carried);
		CHECK_FOR_INTERRUPTS();
	}
	zr_book_done(opened);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static bool
books_equal(Datum one, Datum other)
{
	zr_book_view a,
				b;
	void	   *opened_a = zr_book_open(one, &a),
			   *opened_b = zr_book_open(other, &b);
	bool		equal = zr_book_equal(&a, &b);

	zr_book_done(opened_a);
	zr_book_done(opened_b);
	return equal;
}

PG_FUNCTION_INFO_V1(tariff_book_eq);
Datum
tariff_book_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(books_equal(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

PG_FUNCTION_INFO_V1(tariff_book_ne);
Datum
tariff_book_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!books_equal(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

/* Over the three arrays that zr_book_equal() compares; they fit in an int each. */
static uint64
hash_book(Datum datum, uint64 seed)
{
	zr_book_view view;
	const zr_book_view *book = &view;
	void	   *opened = zr_book_open(datum, &view);
	uint64		hash;

	hash = DatumGetUInt64(hash_any_extended((const unsigned char *) book->lines,
											book->nlines * (int) sizeof(zr_book_line), seed));

	if (book->nstrings > 0)
	{
		hash = hash_combine64(hash, DatumGetUInt64(hash_any_extended((const unsigned char *) book->ends,
																	 book->nstrings * (int) sizeof(uint32), seed)));
		hash = hash_combine64(hash, DatumGetUInt64(hash_any_extended((const unsigned char *) book->bytes,
																	 (int) book->ends[book->nstrings - 1], seed)));
	}
	zr_book_done(opened);
	return hash;
}

/* the low half of the extended hash with seed 0, as the server wants it */
PG_FUNCTION_INFO_V1(tariff_book_hash);
Datum
tariff_book_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) hash_book(PG_GETARG_DATUM(0), 0));
}

PG_FUNCTION_INFO_V1(tariff_book_hash_extended);
Datum
tariff_book_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_book(PG_GETARG_DATUM(0), (uint64) PG_GETARG_INT64(1)));
}
