/*
 * zr_probe.c
 *		Test functions: what the I/O functions of a type do with input that nobody meant.
 *
 * An outcome is NULL for a value that was accepted and is stable, the SQLSTATE
 * of the error otherwise, or a word in capitals for what must never happen:
 *
 *	UNSTABLE TEXT		in(out(v)) prints or sends differently from v
 *	UNSTABLE BINARY		recv(send(v)) prints or sends differently from v
 *	THROWN				the input function threw instead of filling the error
 *						context it was given (16 and later)
 *	SOFT DIFFERS		... or filled in another SQLSTATE than it throws
 *
 * Portions Copyright (c) 2026, the zorgregio contributors; PostgreSQL License.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/execnodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/tuplestore.h"

#include "compat.h"

PG_MODULE_MAGIC;

typedef struct ProbeType
{
	FmgrInfo	in;
	FmgrInfo	out;
	FmgrInfo	recv;
	FmgrInfo	send;
	Oid			in_param;
	Oid			recv_param;
} ProbeType;

/* The longest outcome is a word above */
#define OUTCOME_MAX 24

/* Outcomes counted apart */
#define TALLY_MAX 64

static void
probe_type(Oid type, ProbeType *t)
{
	Oid			in,
				out,
				recv,
				send;
	bool		varlena;

	getTypeInputInfo(type, &in, &t->in_param);
	getTypeOutputInfo(type, &out, &varlena);
	getTypeBinaryInputInfo(type, &recv, &t->recv_param);
	getTypeBinaryOutputInfo(type, &send, &varlena);
	fmgr_info(in, &t->in);
	fmgr_info(out, &t->out);
	fmgr_info(recv, &t->recv);
	fmgr_info(send, &t->send);
}

/* What COPY BINARY does: the receive function must use up all bytes */
static Datum
receive(ProbeType *t, const char *data, int len)
{
	StringInfoData buf;
	Datum		value;

	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, data, len);
	value = ReceiveFunctionCall(&t->recv, &buf, t->recv_param, -1);
	if (buf.cursor != buf.len)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("incorrect binary data format")));
	return value;
}

static bool
same_bytes(bytea *a, bytea *b)
{
	return VARSIZE(a) == VARSIZE(b) && memcmp(a, b, VARSIZE(a)) == 0;
}

/* The value came in, so it must go out and in again unchanged, both ways. */
static const char *
check_value(ProbeType *t, Datum value)
{
	char	   *printed = OutputFunctionCall(&t->out, value);
	bytea	   *bytes = SendFunctionCall(&t->send, value);
	Datum		again;

	again = InputFunctionCall(&t->in, printed, t->in_param, -1);
	if (strcmp(OutputFunctionCall(&t->out, again), printed) != 0 ||
		!same_bytes(SendFunctionCall(&t->send, again), bytes))
		return "UNSTABLE TEXT";
	again = receive(t, VARDATA(bytes), VARSIZE(bytes) - VARHDRSZ);
	if (strcmp(OutputFunctionCall(&t->out, again), printed) != 0 ||
		!same_bytes(SendFunctionCall(&t->send, again), bytes))
		return "UNSTABLE BINARY";
	return NULL;
}

/* The same text once more with an error context that must take the error */
static const char *
check_soft(ProbeType *t, char *str, const char *outcome)
{
#ifdef MISCNODES_H				/* compat.h includes it where soft errors exist */
	ErrorSaveContext escontext;
	Datum		value;

	memset(&escontext, 0, sizeof(escontext));
	escontext.type = T_ErrorSaveContext;
	escontext.details_wanted = true;
	if (InputFunctionCallSafe(&t->in, str, t->in_param, -1, (Node *) &escontext, &value))
		return outcome == NULL ? NULL : "SOFT DIFFERS";
	if (outcome == NULL || strcmp(unpack_sql_state(escontext.error_data->sqlerrcode), outcome) != 0)
		return "SOFT DIFFERS";
#endif
	return outcome;
}

/*
 * Runs one step in a subtransaction and writes its outcome; true when the
 * value was accepted and is stable.
 */
typedef const char *(*probe_step) (ProbeType *t, char *data, int len, const char *outcome);

static bool
probe(probe_step step, ProbeType *t, char *data, int len, char *outcome)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	const char *word = outcome[0] == '\0' ? NULL : outcome;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		word = step(t, data, len, word);
		strlcpy(outcome, word ? word : "", OUTCOME_MAX);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		strlcpy(outcome, outcome[0] == '\0' ? unpack_sql_state(error->sqlerrcode) : "THROWN", OUTCOME_MAX);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	return outcome[0] == '\0';
}

static const char *
step_text(ProbeType *t, char *data, int len, const char *outcome)
{
	return check_value(t, InputFunctionCall(&t->in, data, t->in_param, -1));
}

static const char *
step_soft(ProbeType *t, char *data, int len, const char *outcome)
{
	return check_soft(t, data, outcome);
}

static const char *
step_binary(ProbeType *t, char *data, int len, const char *outcome)
{
	return check_value(t, receive(t, data, len));
}

static bool
probe_text(ProbeType *t, char *str, char *outcome)
{
	outcome[0] = '\0';
	probe(step_text, t, str, strlen(str), outcome);
	if (strlen(outcome) <= 5)
		probe(step_soft, t, str, strlen(str), outcome);
	return outcome[0] == '\0';
}

static bool
probe_binary(ProbeType *t, char *data, int len, char *outcome)
{
	outcome[0] = '\0';
	return probe(step_binary, t, data, len, outcome);
}

/* splitmix64: the same stream everywhere */
static uint64
next_random(uint64 *state)
{
	uint64		z = (*state += UINT64CONST(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64CONST(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64CONST(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static int
below(uint64 *state, int n)
{
	return n <= 0 ? 0 : (int) (next_random(state) % (uint64) n);
}

/* Replaces len bytes at "at" by others. */
static void
replace(StringInfo buf, int at, int len, const char *by, int by_len)
{
	StringInfoData tail;

	initStringInfo(&tail);
	appendBinaryStringInfo(&tail, buf->data + at + len, buf->len - at - len);
	buf->len = at;
	buf->data[at] = '\0';
	appendBinaryStringInfo(buf, by, by_len);
	appendBinaryStringInfo(buf, tail.data, tail.len);
	pfree(tail.data);
}

/* One to three changes; splices come from other. */
static void
mutate(StringInfo buf, const char *other, int other_len, uint64 *state, bool is_text)
{
	/* text that parsers stumble over: signs, separators, other digits, the ends of the calendar */
	static const char *const words[] = {
		" ", "  ", "\t", "\n", "-", "+", ".", ",", ":", ";", "/", "@", "~", "[", ")", "]", "(", "{", "}", "\"", "\\", "'",
		"0", "00", "9", "99999999", "100000000", "2147483647", "2147483648", "9223372036854775807",
		"9223372036854775808", "18446744073709551616", "0.000001", "1e5", "NaN", "null", "infinity", "-infinity",
		"0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2024-02-29", "4714-11-24 BC", "[,)", "[2026-01-01,)",
		"empty", "\xc3\xa9", "\xe2\x82\xac", "\xc2\xa0", "\xd9\xa1", "\xf0\x9f\x98\x80", "\x01", "\x7f",
	};
	static const int64 numbers[] = {
		0, 1, -1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, PG_INT32_MAX, PG_INT32_MIN, (int64) PG_UINT32_MAX,
		PG_INT64_MAX, PG_INT64_MIN, 1000000, 36500, -730119, 2921940,
	};

	for (int n = 1 + below(state, 3); n > 0; n--)
	{
		int			at = below(state, buf->len + 1);
		int			left = buf->len - at;
		int			some = 1 + below(state, 8);
		int			len = Min(left, some);
		char		byte = (char) next_random(state);

		switch (below(state, 8))
		{
			case 0:				/* flip a bit */
				if (left > 0)
					buf->data[at] ^= 1 << below(state, is_text ? 7 : 8);
				break;
			case 1:				/* another byte */
				if (left > 0)
					buf->data[at] = byte;
				break;
			case 2:				/* insert a byte */
				replace(buf, at, 0, &byte, 1);
				break;
			case 3:				/* delete */
				replace(buf, at, len, "", 0);
				break;
			case 4:				/* duplicate */
				{
					char	   *copy = pnstrdup(buf->data + at, len);

					replace(buf, at, 0, copy, len);
					pfree(copy);
					break;
				}
			case 5:				/* truncate, seldom: the rest says more */
				if (below(state, 3) == 0)
					replace(buf, at, left, "", 0);
				break;
			case 6:				/* splice a piece of another value */
				{
					int			from = below(state, other_len + 1);
					int			most = 1 + below(state, 24);
					int			piece = Min(other_len - from, most);

					replace(buf, at, below(state, 2) == 0 ? 0 : Min(left, piece), other + from, piece);
					break;
				}
			default:			/* a word or a number at a boundary */
				if (is_text)
				{
					const char *word = words[below(state, lengthof(words))];

					replace(buf, at, below(state, 2) ? len : 0, word, strlen(word));
				}
				else
				{
					int			width = 1 << below(state, 4);
					uint64		number = (uint64) numbers[below(state, lengthof(numbers))];
					char		bytes[8];

					for (int i = 0; i < width; i++)
						bytes[i] = (char) (number >> (8 * (width - 1 - i)));
					replace(buf, at, Min(left, width), bytes, width);
				}
		}
	}
}

/* What a client cannot send does not count: no zero bytes, valid in the server's encoding */
static void
make_text(StringInfo buf)
{
	bool		valid = pg_verify_mbstr(GetDatabaseEncoding(), buf->data, buf->len, true);

	for (int i = 0; i < buf->len; i++)
	{
		if (!valid)
			buf->data[i] &= 0x7f;
		if (buf->data[i] == '\0')
			buf->data[i] = ' ';
	}
}

/* probe_input(type, text): the outcome of the input function */
PG_FUNCTION_INFO_V1(probe_input);
Datum
probe_input(PG_FUNCTION_ARGS)
{
	ProbeType	t;
	char		outcome[OUTCOME_MAX];

	probe_type(PG_GETARG_OID(0), &t);
	if (probe_text(&t, text_to_cstring(PG_GETARG_TEXT_PP(1)), outcome))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(outcome));
}

/* probe_receive(type, bytea): the outcome of the receive function */
PG_FUNCTION_INFO_V1(probe_receive);
Datum
probe_receive(PG_FUNCTION_ARGS)
{
	ProbeType	t;
	char		outcome[OUTCOME_MAX];
	bytea	   *data = PG_GETARG_BYTEA_PP(1);

	probe_type(PG_GETARG_OID(0), &t);
	if (probe_binary(&t, VARDATA_ANY(data), VARSIZE_ANY_EXHDR(data), outcome))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(outcome));
}

/* probe_send(type, text): the wire form of a value given as text */
PG_FUNCTION_INFO_V1(probe_send);
Datum
probe_send(PG_FUNCTION_ARGS)
{
	ProbeType	t;

	probe_type(PG_GETARG_OID(0), &t);
	PG_RETURN_BYTEA_P(SendFunctionCall(&t.send,
									   InputFunctionCall(&t.in, text_to_cstring(PG_GETARG_TEXT_PP(1)), t.in_param, -1)));
}

/* probe_accept(type, bytea): the text form of a value given as its wire form */
PG_FUNCTION_INFO_V1(probe_accept);
Datum
probe_accept(PG_FUNCTION_ARGS)
{
	ProbeType	t;
	bytea	   *data = PG_GETARG_BYTEA_PP(1);

	probe_type(PG_GETARG_OID(0), &t);
	PG_RETURN_TEXT_P(cstring_to_text(OutputFunctionCall(&t.out,
														receive(&t, VARDATA_ANY(data), VARSIZE_ANY_EXHDR(data)))));
}

/* probe_mutate(bytea, seed): a changed copy */
PG_FUNCTION_INFO_V1(probe_mutate);
Datum
probe_mutate(PG_FUNCTION_ARGS)
{
	bytea	   *data = PG_GETARG_BYTEA_PP(0);
	uint64		state = (uint64) PG_GETARG_INT64(1);
	StringInfoData buf;
	bytea	   *result;

	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(data), VARSIZE_ANY_EXHDR(data));
	mutate(&buf, VARDATA_ANY(data), VARSIZE_ANY_EXHDR(data), &state, false);
	result = palloc(VARHDRSZ + buf.len);
	SET_VARSIZE(result, VARHDRSZ + buf.len);
	memcpy(VARDATA(result), buf.data, buf.len);
	PG_RETURN_BYTEA_P(result);
}

typedef struct Tally
{
	char		outcome[OUTCOME_MAX];
	int64		count;
	bytea	   *example;		/* the first input with this outcome */
} Tally;

/*
 * probe_mutations(type, seeds text[], n, seed, is_binary) -> setof (outcome,
 * count, example): n mutations of valid values, counted by outcome; "value"
 * for those that were accepted.
 */
PG_FUNCTION_INFO_V1(probe_mutations);
Datum
probe_mutations(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	ProbeType	t;
	Datum	   *texts;
	int			n_seeds;
	bytea	  **seeds;
	int			n = PG_GETARG_INT32(2);
	uint64		state = (uint64) PG_GETARG_INT64(3);
	bool		binary = PG_GETARG_BOOL(4);
	Tally	   *tally = palloc0(TALLY_MAX * sizeof(Tally));
	int			n_tally = 0;
	MemoryContext context = CurrentMemoryContext;
	MemoryContext step = AllocSetContextCreate(CurrentMemoryContext, "probe step", ALLOCSET_DEFAULT_SIZES);

	probe_type(PG_GETARG_OID(0), &t);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &texts, NULL, &n_seeds);
	seeds = palloc(n_seeds * sizeof(bytea *));
	for (int i = 0; i < n_seeds; i++)
	{
		Datum		value = InputFunctionCall(&t.in, TextDatumGetCString(texts[i]), t.in_param, -1);

		seeds[i] = binary ? SendFunctionCall(&t.send, value) :
			(bytea *) cstring_to_text(OutputFunctionCall(&t.out, value));
	}

	for (int i = 0; i < n; i++)
	{
		bytea	   *seed = seeds[below(&state, n_seeds)];
		bytea	   *other = seeds[below(&state, n_seeds)];
		char		outcome[OUTCOME_MAX];
		StringInfoData buf;
		int			k;

		CHECK_FOR_INTERRUPTS();
		MemoryContextSwitchTo(step);
		initStringInfo(&buf);
		appendBinaryStringInfo(&buf, VARDATA(seed), VARSIZE(seed) - VARHDRSZ);
		mutate(&buf, VARDATA(other), VARSIZE(other) - VARHDRSZ, &state, !binary);
		if (!binary)
			make_text(&buf);
		if (binary ? probe_binary(&t, buf.data, buf.len, outcome) : probe_text(&t, buf.data, outcome))
			strlcpy(outcome, "value", OUTCOME_MAX);
		MemoryContextSwitchTo(context);

		for (k = 0; k < n_tally && strcmp(tally[k].outcome, outcome) != 0;)
			k++;
		if (k == n_tally && n_tally < TALLY_MAX)
		{
			strlcpy(tally[k].outcome, outcome, OUTCOME_MAX);
			tally[k].example = (bytea *) cstring_to_text_with_len(buf.data, buf.len);
			n_tally++;
		}
		if (k < n_tally)
			tally[k].count++;
		MemoryContextReset(step);
	}

	InitMaterializedSRF(fcinfo, 0);
	for (int k = 0; k < n_tally; k++)
	{
		Datum		values[3];
		bool		nulls[3] = {false, false, false};

		values[0] = CStringGetTextDatum(tally[k].outcome);
		values[1] = Int64GetDatum(tally[k].count);
		values[2] = PointerGetDatum(tally[k].example);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
