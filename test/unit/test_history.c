/*
 * test_history.c
 *		Canonical rows and stored bytes of care histories: round trips, a state
 *		grown period by period, damaged bytes, text.
 */
#include <stdlib.h>

#include "check.h"
#include "history_growing_core.h"
#include "history_text_core.h"
#include "varint_core.h"

#define MAX_ROWS 3000

static zr_pair rows[MAX_ROWS],
			again[MAX_ROWS],
			scratch[MAX_ROWS];
static zr_product list[MAX_ROWS],
			list_again[MAX_ROWS];
static uint32_t slots[8192];

static const zr_product some_products[] = {
	0, 16 * ZR_PRODUCT_CODE_SPAN + 5, 2 * ZR_PRODUCT_CODE_SPAN, 3, 60 * ZR_PRODUCT_CODE_SPAN
};

static zr_products
products_of(bool with_slots)
{
	zr_products p = {list, 0, MAX_ROWS, NULL, 0, 0};

	if (with_slots)
	{
		p.slots = slots;
		p.slot_bits = 13;
		zr_products_rehash(&p);
	}
	return p;
}

static uint32_t
code_of(zr_products *p, zr_product product)
{
	uint32_t	code = zr_products_find(p, product);

	return code == UINT32_MAX ? zr_products_add(p, product) : code;
}

static zr_care
random_period(uint64_t *seed, int clients, int products)
{
	zr_care		c;

	c.client = zr_bias((int64_t) (check_rand(seed) % (uint64_t) clients) * INT64_C(1000000007) - 5000000000);
	c.product = products <= 5 ? some_products[check_rand(seed) % (uint64_t) products] : (zr_product) (1 + check_rand(seed) % (uint64_t) products);
	c.start = (zr_date) (9000 + check_rand(seed) % 60);
	c.end = check_rand(seed) % 20 == 0 ? ZR_DATE_OPEN : c.start + 1 + (zr_date) (check_rand(seed) % 12);
	return c;
}

/* A state as an aggregate grows it, from its first bytes on; true when it took every period. */
static bool
grow(zr_growing_history **set, size_t *size, const zr_care *c)
{
	zr_growing_history *larger;
	size_t		want;

	if (zr_growing_history_add(*set, *size, c))
		return true;
	want = zr_growing_history_size(zr_growing_history_count(*set) + 1);
	if (want <= *size)
		return false;
	larger = malloc(want);
	zr_growing_history_enlarge(larger, want, *set, *size);
	free(*set);
	*set = larger;
	*size = want;
	return zr_growing_history_add(*set, *size, c);
}

static void
test_random(uint64_t *seed, size_t n, int clients, int n_products)
{
	zr_products p = products_of(n_products > 5);
	size_t		growing_size = ZR_GROWING_HISTORY_FIRST;
	zr_growing_history *growing = malloc(growing_size);
	bool		grown = true;
	size_t		kept,
				size,
				n_again;
	uint32_t	most_products,
				n_products_again;
	uint8_t    *bytes;

	zr_growing_history_begin(growing, growing_size);
	for (size_t i = 0; i < n; i++)
	{
		zr_care		c = random_period(seed, clients, n_products);

		rows[i] = (zr_pair)
		{
			c.client, zr_row_value(code_of(&p, c.product), zr_day_of(c.start), zr_day_of(c.end))
		};
		grown = grown && grow(&growing, &growing_size, &c);
	}
	CHECK(grown == (p.n <= ZR_GROWING_PRODUCTS));
	if (grown)
	{
		zr_products q = {growing->products, growing->n_products, ZR_GROWING_PRODUCTS, NULL, 0, 0};

		CHECK(zr_growing_history_check(growing, growing_size - sizeof(growing->length_word)));
		CHECK(zr_growing_history_count(growing) == n && growing->n_products == p.n);
		CHECK(growing_size <= zr_growing_history_size(n));
		zr_growing_history_rows(growing, again);
		n_again = zr_history_normalize(again, scratch, n, &q);
		kept = zr_history_normalize(rows, scratch, n, &p);
		CHECK(n_again == kept && memcmp(again, rows, kept * sizeof(zr_pair)) == 0 &&
			  memcmp(growing->products, list, p.n * sizeof(zr_product)) == 0);
	}
	/* damaged states are refused, or are states */
	for (int k = 0; k < 100; k++)
	{
		uint8_t    *bad = malloc(growing_size);

		memcpy(bad, growing, growing_size);
		for (int m = 0; m < 3; m++)
			bad[sizeof(uint32_t) + check_rand(seed) % (m == 0 ? 8 : growing_size - sizeof(uint32_t))] ^= (uint8_t) (1u << check_rand(seed) % 8);
		if (zr_growing_history_check((zr_growing_history *) bad, growing_size - sizeof(uint32_t)))
			CHECK(zr_growing_history_count((zr_growing_history *) bad) <= zr_growing_history_room(growing_size));
		free(bad);
	}
	free(growing);
	kept = zr_history_normalize(rows, scratch, n, &p);
	for (size_t i = 1; i < kept; i++)
	{
		bool		same = rows[i].key == rows[i - 1].key && zr_row_code(rows[i].value) == zr_row_code(rows[i - 1].value);

		if (!(rows[i - 1].key < rows[i].key || (rows[i - 1].key == rows[i].key && rows[i - 1].value < rows[i].value)) ||
			(same && zr_span_start(rows[i].value) < zr_span_end(rows[i - 1].value)))
			CHECK(false);
	}
	for (uint32_t c = 1; c < p.n; c++)
		if (list[c - 1] >= list[c])
			CHECK(false);
	memcpy(again, rows, kept * sizeof(zr_pair));
	CHECK(zr_history_normalize(again, scratch, kept, &p) == kept && memcmp(again, rows, kept * sizeof(zr_pair)) == 0);

	size = zr_history_size(rows, kept, p.n);
	bytes = malloc(size);
	CHECK(zr_history_encode(rows, kept, list, p.n, bytes) == size && size <= zr_history_bound(kept, p.n));
	if (kept <= ZR_HISTORY_PLAIN_MAX)
		CHECK(size == ZR_HISTORY_HEADER + kept * ZR_HISTORY_RECORD);
	CHECK(zr_history_counts(bytes, size, &n_again, &most_products) && n_again == kept && most_products >= p.n);
	CHECK(zr_history_decode(bytes, size, again, list_again, &n_products_again) && n_products_again == p.n &&
		  memcmp(again, rows, kept * sizeof(zr_pair)) == 0 && memcmp(list, list_again, p.n * sizeof(zr_product)) == 0);

	/* damage: refused or decoded, never beyond the buffers */
	for (int k = 0; k < 300; k++)
	{
		size_t		cut = 1 + check_rand(seed) % size;
		uint8_t    *bad = malloc(cut);

		memcpy(bad, bytes, cut);
		for (int m = 0; m < 3; m++)
			bad[check_rand(seed) % cut] ^= (uint8_t) (1u << check_rand(seed) % 8);
		if (zr_history_counts(bad, cut, &n_again, &most_products))
		{
			zr_pair    *r = malloc((n_again + 1) * sizeof(*r));
			zr_product *q = malloc((most_products + 1) * sizeof(*q));

			(void) zr_history_decode(bad, cut, r, q, &n_products_again);
			free(r);
			free(q);
		}
		free(bad);
	}
	free(bytes);
}

static bool
parses(const char *s, zr_care *last, int *n)
{
	zr_history_parser parser;
	zr_error	err;
	bool		done;

	*n = 0;
	zr_history_parse_begin(&parser, s, strlen(s));
	for (;;)
	{
		zr_care		c;

		if (!zr_history_parse_next(&parser, &c, &done, &err))
			return false;
		if (done)
			return true;
		*last = c;
		(*n)++;
	}
}

int
main(void)
{
	uint64_t	seed = 7;
	zr_care		c;
	int			n;
	char		text[ZR_PERIOD_TEXT_MAX];
	uint8_t		bytes[10];

	for (int round = 0; round < 40; round++)
	{
		test_random(&seed, 1 + check_rand(&seed) % 16, 3, 3);
		test_random(&seed, 17 + check_rand(&seed) % 100, 10, 5);
		test_random(&seed, 200, 1, 1);
	}
	for (size_t rows_wanted = 1; rows_wanted <= 60; rows_wanted++)
		test_random(&seed, rows_wanted, 20, 3);
	CHECK(zr_growing_history_size(1) == ZR_GROWING_HISTORY_FIRST && zr_growing_history_size(1000000) == 0);
	test_random(&seed, MAX_ROWS, 400, 5);
	test_random(&seed, MAX_ROWS, 2, 1000);
	test_random(&seed, MAX_ROWS, 1, 2);

	for (int bit = 0; bit <= 64; bit++)
	{
		uint64_t	v = bit == 64 ? UINT64_MAX : UINT64_C(1) << bit,
					back;
		const uint8_t *p = bytes;
		uint8_t    *end = zr_varint_put(bytes, v);

		CHECK((size_t) (end - bytes) == zr_varint_size(v) && zr_varint_get(&p, end, &back) && back == v && p == end);
		p = bytes;
		CHECK(!zr_varint_get(&p, end - 1, &back));
		end = zr_varint_put(bytes, v - 1);
		CHECK((size_t) (end - bytes) == zr_varint_size(v - 1));
	}

	CHECK(parses("{}", &c, &n) && n == 0);
	CHECK(parses("{17 02A16 [2026-01-01,2026-03-01); -5[2026-02-01,)}", &c, &n) && n == 2 && c.client == zr_bias(-5) && c.product == 0 && c.end == ZR_DATE_OPEN);
	zr_care_print(&c, text);
	CHECK(strcmp(text, "-5 [2026-02-01,)") == 0);
	c = (zr_care)
	{
		zr_bias(INT64_MIN), 60 * ZR_PRODUCT_CODE_SPAN + 1, ZR_DATE_MAX - 1, ZR_DATE_MAX
	};
	CHECK(zr_product_parse("01:ZZZZZ", 8, &c.product, NULL) && zr_care_print(&c, text) < ZR_PERIOD_TEXT_MAX);
	CHECK(!parses("{17}", &c, &n) && !parses("{17 [2026-01-01,2026-01-01)}", &c, &n) && !parses("{17 [2026-01-01,)", &c, &n));
	CHECK_DONE();
}
