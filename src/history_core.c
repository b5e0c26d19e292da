/*
 * history_core.c
 *		Care periods of clients: canonical rows and stored bytes.
 */
#include "history_core.h"

#include <string.h>

#include "varint_core.h"

#define PACKED_PRODUCTS 28		/* where the products of the packed form start */

static inline uint32_t
first_slot(const zr_products *p, zr_product product)
{
	return (product * UINT32_C(0x9E3779B1)) >> (32 - p->slot_bits);
}

uint32_t
zr_products_find(zr_products *p, zr_product product)
{
	if (p->last < p->n && p->list[p->last] == product)
		return p->last;
	if (p->slots == NULL)
	{
		for (uint32_t i = 0; i < p->n; i++)
			if (p->list[i] == product)
				return p->last = i;
		return UINT32_MAX;
	}
	for (uint32_t at = first_slot(p, product);; at++)
	{
		uint32_t	code = p->slots[at & ((1u << p->slot_bits) - 1)];

		if (code == 0)
			return UINT32_MAX;
		if (p->list[code - 1] == product)
			return p->last = code - 1;
	}
}

static void
enter_slot(zr_products *p, uint32_t code)
{
	uint32_t	mask = (1u << p->slot_bits) - 1;
	uint32_t	at = first_slot(p, p->list[code]);

	while (p->slots[at & mask] != 0)
		at++;
	p->slots[at & mask] = code + 1;
}

uint32_t
zr_products_add(zr_products *p, zr_product product)
{
	p->list[p->n] = product;
	if (p->slots != NULL)
		enter_slot(p, p->n);
	return p->last = p->n++;
}

void
zr_products_rehash(zr_products *p)
{
	if (p->slots == NULL)
		return;
	memset(p->slots, 0, sizeof(uint32_t) << p->slot_bits);
	for (uint32_t code = 0; code < p->n; code++)
		enter_slot(p, code);
}

/* Gives codes the order of the products, in the list and in the rows. */
static void
sort_products(zr_pair *rows, zr_pair *scratch, size_t n, zr_products *p)
{
	uint64_t   *keys = (uint64_t *) scratch;
	uint32_t   *new_code;
	bool		sorted = true;

	for (uint32_t i = 1; i < p->n; i++)
		sorted = sorted && p->list[i - 1] < p->list[i];
	if (sorted)
		return;
	/* scratch is as long as the rows, of which there is at least one for each product */
	for (uint32_t i = 0; i < p->n; i++)
		keys[i] = (uint64_t) p->list[i] << 32 | i;
	zr_sort_keys(keys, keys + p->n, p->n);
	new_code = (uint32_t *) (keys + p->n);
	for (uint32_t i = 0; i < p->n; i++)
	{
		new_code[(uint32_t) keys[i]] = i;
		p->list[i] = (zr_product) (keys[i] >> 32);
	}
	for (size_t i = 0; i < n; i++)
		rows[i].value = (rows[i].value & ZR_SPAN_MASK) | (uint64_t) new_code[zr_row_code(rows[i].value)] << ZR_SPAN_BITS;
	zr_products_rehash(p);
}

size_t
zr_history_normalize(zr_pair *rows, zr_pair *scratch, size_t n, zr_products *products)
{
	size_t		kept = 0;

	if (n == 0)
		return 0;
	sort_products(rows, scratch, n, products);
	zr_sort_pairs(rows, scratch, n);
	for (size_t i = 1; i < n; i++)
	{
		zr_pair    *last = &rows[kept];

		if (rows[i].key == last->key && zr_row_code(rows[i].value) == zr_row_code(last->value) &&
			zr_span_start(rows[i].value) < zr_span_end(last->value))
		{
			if (zr_span_end(rows[i].value) > zr_span_end(last->value))
				last->value = (last->value & ~(uint64_t) ZR_DAY_OPEN) | zr_span_end(rows[i].value);
		}
		else
			rows[++kept] = rows[i];
	}
	return kept + 1;
}

size_t
zr_history_largest(const zr_pair *rows, size_t n)
{
	size_t		largest = 0;

	for (size_t i = 0; i < n;)
	{
		size_t		from = i;

		while (i < n && rows[i].key == rows[from].key)
			i++;
		if (i - from > largest)
			largest = i - from;
	}
	return largest;
}

static void
load(const uint8_t *record, zr_care *period)
{
	memcpy(&period->client, record, 8);
	memcpy(&period->product, record + 8, 4);
	memcpy(&period->start, record + 12, 4);
	memcpy(&period->end, record + 16, 4);
}

static void
store(uint8_t *record, const zr_care *period)
{
	memcpy(record, &period->client, 8);
	memcpy(record + 8, &period->product, 4);
	memcpy(record + 12, &period->start, 4);
	memcpy(record + 16, &period->end, 4);
}

/*
 * The stream of the packed form. With out == NULL only its size is added up;
 * the compiler makes two functions of it.
 */
static inline __attribute__((always_inline))
size_t
write_stream(const zr_pair *rows, size_t n, bool with_codes, zr_day base, uint8_t *out, uint32_t *n_clients)
{
	size_t		size = 0;
	uint8_t    *p = out;

	*n_clients = 0;
#define PUT(v) (out == NULL ? (void) (size += zr_varint_size(v)) : (void) (p = zr_varint_put(p, v)))
	for (size_t i = 0; i < n;)
	{
		size_t		from = i;
		size_t		to = i + 1;
		uint32_t	code = 0;
		zr_day		before = base;

		while (to < n && rows[to].key == rows[from].key)
			to++;
		if (from > 0)
			PUT(rows[from].key - rows[from - 1].key - 1);
		PUT(to - from - 1);
		for (; i < to; i++)
		{
			uint64_t	v = rows[i].value;
			zr_day		end = zr_span_end(v);

			if (zr_row_code(v) != code)
				before = base;
			if (with_codes)
				PUT(zr_row_code(v) - code);
			code = zr_row_code(v);
			PUT(zr_span_start(v) - before);
			PUT(end == ZR_DAY_OPEN ? 0 : end - zr_span_start(v));
			before = end;
		}
		(*n_clients)++;
	}
#undef PUT
	return out == NULL ? size : (size_t) (p - out);
}

static zr_day
earliest(const zr_pair *rows, size_t n)
{
	zr_day		base = ZR_DAY_OPEN;

	for (size_t i = 0; i < n; i++)
		if (zr_span_start(rows[i].value) < base)
			base = zr_span_start(rows[i].value);
	return base;
}

size_t
zr_history_size(const zr_pair *rows, size_t n, uint32_t n_products)
{
	uint32_t	n_clients;

	if (n <= ZR_HISTORY_PLAIN_MAX)
		return ZR_HISTORY_HEADER + n * ZR_HISTORY_RECORD;
	return PACKED_PRODUCTS + (size_t) n_products * sizeof(zr_product) +
		write_stream(rows, n, n_products > 1, earliest(rows, n), NULL, &n_clients);
}

/* Of a period at most a client, a number of periods and a product's, a start's and a length's step. */
#define PERIOD_BOUND (10 + 5 + 3 + 4 + 4)

size_t
zr_history_bound(size_t n, uint32_t n_products)
{
	return PACKED_PRODUCTS + (size_t) n_products * sizeof(zr_product) + n * PERIOD_BOUND;
}

size_t
zr_history_encode(const zr_pair *rows, size_t n, const zr_product *products, uint32_t n_products, uint8_t *out)
{
	uint32_t	head[4];
	uint32_t	n_clients;
	zr_day		base;
	size_t		size = PACKED_PRODUCTS + (size_t) n_products * sizeof(zr_product);

	memset(out, 0, ZR_HISTORY_HEADER);
	out[0] = ZR_HISTORY_VERSION;
	if (n <= ZR_HISTORY_PLAIN_MAX)
	{
		out[1] = ZR_HISTORY_PLAIN;
		for (size_t i = 0; i < n; i++)
		{
			zr_care		period = {
				rows[i].key, products[zr_row_code(rows[i].value)],
				zr_date_of(zr_span_start(rows[i].value)), zr_date_of(zr_span_end(rows[i].value))
			};

			store(out + ZR_HISTORY_HEADER + i * ZR_HISTORY_RECORD, &period);
		}
		return ZR_HISTORY_HEADER + n * ZR_HISTORY_RECORD;
	}
	out[1] = ZR_HISTORY_PACKED;
	base = earliest(rows, n);
	memcpy(out + 20, &rows[0].key, 8);
	memcpy(out + PACKED_PRODUCTS, products, (size_t) n_products * sizeof(zr_product));
	size += write_stream(rows, n, n_products > 1, base, out + size, &n_clients);
	head[0] = (uint32_t) n;
	head[1] = n_clients;
	head[2] = n_products;
	head[3] = (uint32_t) zr_date_of(base);
	memcpy(out + ZR_HISTORY_HEADER, head, sizeof(head));
	return size;
}

bool
zr_history_counts(const uint8_t *data, size_t len, size_t *n, uint32_t *n_products)
{
	uint32_t	count;

	if (len < ZR_HISTORY_HEADER || data[0] != ZR_HISTORY_VERSION)
		return false;
	if (data[1] == ZR_HISTORY_PLAIN)
	{
		*n = (len - ZR_HISTORY_HEADER) / ZR_HISTORY_RECORD;
		*n_products = (uint32_t) *n;
		return *n <= ZR_HISTORY_PLAIN_MAX && *n * ZR_HISTORY_RECORD + ZR_HISTORY_HEADER == len;
	}
	if (data[1] != ZR_HISTORY_PACKED || len < PACKED_PRODUCTS)
		return false;
	memcpy(&count, data + 4, 4);
	memcpy(n_products, data + 12, 4);
	*n = count;
	return count > 0 && *n_products > 0 && *n_products <= ZR_PRODUCTS_MAX &&
		(len - PACKED_PRODUCTS) / sizeof(zr_product) >= *n_products && (len - PACKED_PRODUCTS) / 2 >= count;
}

static bool
decode_plain(const uint8_t *data, size_t n, zr_pair *rows, zr_product *products, uint32_t *n_products)
{
	uint64_t	all[ZR_HISTORY_PLAIN_MAX],
				scratch[ZR_HISTORY_PLAIN_MAX];

	for (size_t i = 0; i < n; i++)
	{
		zr_care		period;

		load(data + ZR_HISTORY_HEADER + i * ZR_HISTORY_RECORD, &period);
		if (!zr_care_check(&period, NULL))
			return false;
		rows[i] = (zr_pair)
		{
			period.client, zr_row_value(0, zr_day_of(period.start), zr_day_of(period.end))
		};
		all[i] = period.product;
	}
	zr_sort_keys(all, scratch, n);
	*n_products = (uint32_t) zr_unique_keys(all, n);
	for (uint32_t c = 0; c < *n_products; c++)
		products[c] = (zr_product) all[c];
	for (size_t i = 0; i < n; i++)
	{
		zr_care		period;
		uint32_t	code = 0;

		load(data + ZR_HISTORY_HEADER + i * ZR_HISTORY_RECORD, &period);
		while (products[code] != period.product)
			code++;
		rows[i].value |= (uint64_t) code << ZR_SPAN_BITS;
	}
	return true;
}

bool
zr_history_decode(const uint8_t *data, size_t len, zr_pair *rows, zr_product *products, uint32_t *n_products)
{
	size_t		n;
	int32_t		base_date;
	uint64_t	client;
	const uint8_t *p;
	const uint8_t *end = data + len;
	zr_day		base;

	if (!zr_history_counts(data, len, &n, n_products))
		return false;
	if (data[1] == ZR_HISTORY_PLAIN)
		return decode_plain(data, n, rows, products, n_products);
	memcpy(&base_date, data + 16, 4);
	memcpy(&client, data + 20, 8);
	if (!zr_date_is_valid(base_date))
		return false;
	base = zr_day_of(base_date);
	memcpy(products, data + PACKED_PRODUCTS, *n_products * sizeof(zr_product));
	p = data + PACKED_PRODUCTS + *n_products * sizeof(zr_product);
	for (size_t i = 0; i < n;)
	{
		uint64_t	v,
					code = 0;
		uint64_t	before = base;
		size_t		to;

		if (i > 0)
		{
			if (!zr_varint_get(&p, end, &v))
				return false;
			client += v + 1;
		}
		if (!zr_varint_get(&p, end, &v) || v >= n - i)
			return false;
		for (to = i + v + 1; i < to; i++)
		{
			uint64_t	start,
						length;

			if (*n_products > 1)
			{
				if (!zr_varint_get(&p, end, &v) || v >= *n_products - code)
					return false;
				if (v > 0)
				{
					code += v;
					before = base;
				}
			}
			if (!zr_varint_get(&p, end, &start) || !zr_varint_get(&p, end, &length) ||
				start >= ZR_DAY_OPEN - before || length >= ZR_DAY_OPEN - before - start)
				return false;
			start += before;
			before = length == 0 ? ZR_DAY_OPEN : start + length;
			rows[i] = (zr_pair)
			{
				client, zr_row_value((uint32_t) code, (zr_day) start, (zr_day) before)
			};
		}
	}
	return p == end;
}

bool
zr_care_check(const zr_care *period, zr_error *err)
{
	if (!zr_date_is_valid(period->start) || period->start == ZR_DATE_MAX ||
		(period->end != ZR_DATE_OPEN && !zr_date_is_valid(period->end)))
		return zr_fail(err, ZR_DATETIME_RANGE, "Leave the upper bound out for care that has no end yet.",
					   "A care period lies between 0001-01-01 and 9999-12-31.");
	if (period->start >= period->end)
		return zr_fail(err, ZR_ARGUMENT, "The upper bound is the day after the last day of care.",
					   "A care period has at least one day.");
	return true;
}
