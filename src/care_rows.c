/*
 * care_rows.c
 *		Rows of care that several aggregates take.
 */
#include "postgres.h"

#include "utils/date.h"

#include "care_rows.h"
#include "growing_array.h"

void
zr_deliveries_add(zr_deliveries *deliveries, MemoryContext context, const zr_delivered_care *delivery)
{
	deliveries->list = zr_array_room(context, deliveries->list, deliveries->n, sizeof(zr_delivered_care));
	deliveries->list[deliveries->n++] = *delivery;
}

void
zr_deliveries_close(zr_deliveries *deliveries, MemoryContext context)
{
	uint32		n = deliveries->n;
	uint32		i = 1;

	for (; i < n; i++)
	{
		const zr_delivered_care *before = &deliveries->list[i - 1];

		if (before->number > before[1].number || (before->number == before[1].number && before->started > before[1].started))
			break;
	}
	if (i < n)
	{
		zr_pair    *pairs = MemoryContextAllocHuge(context, mul_size(n, sizeof(zr_pair)));

		for (i = 0; i < n; i++)
			pairs[i] = (zr_pair)
		{
			zr_bias(deliveries->list[i].number), (uint64) ((uint32) deliveries->list[i].started ^ PG_INT32_MIN) << 32 | i
		};
		deliveries->list = zr_array_in_order(context, deliveries->list, n, sizeof(zr_delivered_care), pairs);
		pfree(pairs);
	}
	zr_care_resume(deliveries->list, n);
}

static bool
is_text(FunctionCallInfo fcinfo, int arg, const char *word)
{
	text	   *t;

	if (PG_ARGISNULL(arg))
		return false;
	t = PG_GETARG_TEXT_PP(arg);
	return VARSIZE_ANY_EXHDR(t) == strlen(word) && memcmp(VARDATA_ANY(t), word, strlen(word)) == 0;
}

static uint8
get_law(FunctionCallInfo fcinfo, int arg)
{
	return is_text(fcinfo, arg, "Wmo") ? ZR_LAW_WMO : is_text(fcinfo, arg, "Jeugdwet") ? ZR_LAW_JEUGDWET : ZR_NO_LAW;
}

/* A code of two digits; anything else is in no list. */
static uint8
get_reason(FunctionCallInfo fcinfo, int arg)
{
	text	   *t;
	const char *digits;

	if (PG_ARGISNULL(arg))
		return ZR_NO_REASON;
	t = PG_GETARG_TEXT_PP(arg);
	digits = VARDATA_ANY(t);
	if (VARSIZE_ANY_EXHDR(t) != 2 || digits[0] < '0' || digits[0] > '9' || digits[1] < '0' || digits[1] > '9')
		return ZR_NO_REASON;
	return (uint8) ((digits[0] - '0') * 10 + digits[1] - '0');
}

void
zr_get_meaning(FunctionCallInfo fcinfo, int law, int stop_reason, int change_reason, int meaning, zr_stop_meanings *meanings)
{
	uint8		of_law = get_law(fcinfo, law);
	uint8		stop = get_reason(fcinfo, stop_reason);
	uint8		change = get_reason(fcinfo, change_reason);

	if (of_law == ZR_NO_LAW || (stop == ZR_NO_REASON && !PG_ARGISNULL(stop_reason)) || (change == ZR_NO_REASON && !PG_ARGISNULL(change_reason)))
		return;
	zr_stop_means(meanings, of_law, stop, change,
				  is_text(fcinfo, meaning, "pause") ? ZR_PAUSES : is_text(fcinfo, meaning, "other_provider") ? ZR_MOVES_ON : ZR_ENDS);
}

void
zr_get_allotted_end(FunctionCallInfo fcinfo, int until, int law, int change_reason, zr_allotted_end *end)
{
	end->until = PG_ARGISNULL(until) ? ZR_DATE_OPEN : PG_GETARG_DATEADT(until);
	end->law = get_law(fcinfo, law);
	end->change = get_reason(fcinfo, change_reason);
}

bool
zr_get_delivery(FunctionCallInfo fcinfo, int number, int started, int ended, int stop_reason, zr_delivered_care *delivery)
{
	delivery->number = PG_GETARG_INT64(number);
	delivery->started = PG_GETARG_DATEADT(started);
	delivery->until = ZR_DATE_OPEN;
	delivery->stop = get_reason(fcinfo, stop_reason);
	delivery->ended = !PG_ARGISNULL(ended);
	if (delivery->ended)
	{
		delivery->until = PG_GETARG_DATEADT(ended);
		if (delivery->until < delivery->started)
			return false;
		if (!DATE_IS_NOEND(delivery->until))
			delivery->until++;
	}
	return true;
}
