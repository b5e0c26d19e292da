/*
 * claim_series_core.c
 *		What a claim line breaks because of the lines before it on the same
 *		allotment, by the rules of iWmo/iJw 3.2.
 *
 * One mistake gives one verdict: a second debit line for the same product and
 * period (TR389) is not also judged by its volume.
 */
#include <string.h>

#include "claim_series_core.h"

#include "claimable_core.h"

static uint32_t
mix(uint32_t h, uint32_t more)
{
	h = (h ^ more) * UINT32_C(0x9E3779B1);
	return h ^ (h >> 15);
}

static uint32_t
hash_same(const zr_series_line *line)
{
	return mix(mix(mix(0, line->product), (uint32_t) line->from), (uint32_t) line->to);
}

static uint32_t
hash_text(const char *s, size_t len)
{
	uint32_t	h = UINT32_C(2166136261);

	for (size_t k = 0; k < len; k++)
		h = (h ^ (unsigned char) s[k]) * UINT32_C(16777619);
	return mix(h, (uint32_t) len);
}

static bool
is_same(const zr_series_line *a, const zr_series_line *b)
{
	return a->product == b->product && a->from == b->from && a->to == b->to;
}

/* IV091: a credit line is the debit line, but for the references and the sign */
static bool
is_copy(const zr_series_line *a, const zr_series_line *b)
{
	return is_same(a, b) && a->volume == b->volume && a->tariff == b->tariff && a->cents == b->cents;
}

static void
link_debit(zr_series *series, int k)
{
	zr_series_debit *debit = &series->debits[k];
	int		   *head = &series->same_heads[hash_same(&debit->line) & series->heads_mask];

	debit->next_same = *head;
	*head = k;
	debit->next_reference = -1;
	if (debit->line.reference == NULL)
		return;
	head = &series->reference_heads[hash_text(debit->line.reference, debit->line.reference_len) & series->heads_mask];
	debit->next_reference = *head;
	*head = k;
}

static void
clear_heads(zr_series *series)
{
	for (uint32_t h = 0; h <= series->heads_mask; h++)
		series->same_heads[h] = series->reference_heads[h] = -1;
}

void
zr_series_rehash(zr_series *series)
{
	clear_heads(series);
	for (int k = 0; k < series->n; k++)
		link_debit(series, k);
}

void
zr_series_begin(zr_series *series)
{
	series->n = 0;
	series->heads_mask = ZR_SERIES_FIRST_HEADS - 1;
	clear_heads(series);
	series->allotted = series->known = series->in_money = series->bounded = false;
	series->unit = ZR_UNIT_NONE;
	series->granted = 0;
}

void
zr_series_allot(zr_series *series, const zr_indication *i)
{
	series->allotted = true;
	series->known = zr_indication_has_quantity(i);
	series->in_money = i->budget != ZR_BUDGET_NONE;
	series->unit = zr_volume_unit(i->volume);
	series->bounded = series->known && zr_claimable_total(i, &series->bound);
	if (series->unit == ZR_HOUR && series->bounded)
		series->bound *= 60;
}

bool
zr_series_amount(const zr_series *series, zr_volume volume, int64_t cents, int64_t *amount)
{
	if (series->in_money)
	{
		*amount = cents;
		return true;
	}
	*amount = zr_volume_high(volume);
	if (series->unit == ZR_HOUR && zr_volume_unit(volume) == ZR_HOUR)
		*amount *= 60;
	else if (series->unit == ZR_HOUR && zr_volume_unit(volume) == ZR_MINUTE)
		return true;
	return series->known && zr_volume_unit(volume) == series->unit;
}

/* The granted debit line with this reference; of several one that is open, so that each can be credited once. */
static zr_series_debit *
find_reference(zr_series *series, const char *reference, size_t len)
{
	zr_series_debit *found = NULL;

	for (int k = series->reference_heads[hash_text(reference, len) & series->heads_mask]; k >= 0; k = series->debits[k].next_reference)
	{
		zr_series_debit *debit = &series->debits[k];

		if (debit->line.reference_len != len || memcmp(debit->line.reference, reference, len) != 0)
			continue;
		if (!debit->credited)
			return debit;
		found = debit;
	}
	return found;
}

/* The open debit line for the same product and period, only a copy when asked so. */
static zr_series_debit *
find_open(zr_series *series, const zr_series_line *line, bool copy)
{
	for (int k = series->same_heads[hash_same(line) & series->heads_mask]; k >= 0; k = series->debits[k].next_same)
	{
		zr_series_debit *debit = &series->debits[k];

		if (!debit->credited && (copy ? is_copy(&debit->line, line) : is_same(&debit->line, line)))
			return debit;
	}
	return NULL;
}

/* A line that names no earlier one comes from data without references: then any copy will do. */
static zr_series_verdict
add_credit(zr_series *series, const zr_series_line *line, int64_t amount)
{
	zr_series_debit *debit;

	if (line->previous != NULL)
	{
		debit = find_reference(series, line->previous, line->previous_len);
		if (debit == NULL)
			return ZR_SERIES_NO_DEBIT;
		if (debit->credited)
			return ZR_SERIES_CREDITED;
		if (!is_copy(&debit->line, line))
			return ZR_SERIES_OTHER_DEBIT;
	}
	else
		debit = find_open(series, line, true);
	if (debit != NULL)
		debit->credited = true;
	/* what was granted before the first line that is known makes no room for more */
	series->granted = series->granted > amount ? series->granted - amount : 0;
	return ZR_SERIES_GRANTED;
}

static zr_series_verdict
add_debit(zr_series *series, const zr_series_line *line, int64_t amount)
{
	if (find_open(series, line, false) != NULL)
		return ZR_SERIES_OPEN_DEBIT;
	if (series->bounded && amount > 0 && series->granted + amount > series->bound)
		return series->in_money ? ZR_SERIES_BUDGET : ZR_SERIES_VOLUME;
	if (series->bounded)
		series->granted += amount;
	series->debits[series->n].line = *line;
	series->debits[series->n].credited = false;
	link_debit(series, series->n++);
	return ZR_SERIES_GRANTED;
}

zr_series_verdict
zr_series_add(zr_series *series, const zr_series_line *line, int64_t *claimed)
{
	int64_t		amount;

	if (!zr_series_amount(series, line->volume, line->cents, &amount))
		amount = 0;
	*claimed = series->granted + (line->credit ? -amount : amount);
	return line->credit ? add_credit(series, line, amount) : add_debit(series, line, amount);
}
