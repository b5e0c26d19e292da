/*
 * radix_template.h
 *		The sort of radix_core.c, for one element type.
 *
 * Includers define
 *	RX(name)			prefix of the functions
 *	RX_TYPE				element type
 *	RX_KEY(x)			its uint64_t key
 *	RX_LESS(x, y)		full order: key, then what follows
 *	RX_SAME_KEY(a, s, n) sorts n elements that have one key
 */

static void
RX(insertion) (RX_TYPE * a, size_t n)
{
	for (size_t i = 1; i < n; i++)
	{
		RX_TYPE		x = a[i];
		size_t		j = i;

		while (j > 0 && RX_LESS(x, a[j - 1]))
		{
			a[j] = a[j - 1];
			j--;
		}
		a[j] = x;
	}
}

static void
RX(sort) (RX_TYPE * a, RX_TYPE * scratch, size_t n)
{
	uint64_t	min,
				max;
	bool		sorted = true;
	int			bits,
				used,
				passes,
				width;
	RX_TYPE    *from = a;
	RX_TYPE    *to = scratch;
	size_t		count[1 << RADIX_WIDTH_MAX];

	if (n <= INSERTION_MAX)
	{
		RX(insertion) (a, n);
		return;
	}
	min = max = RX_KEY(a[0]);
	for (size_t i = 1; i < n; i++)
	{
		uint64_t	k = RX_KEY(a[i]);

		if (k < min)
			min = k;
		if (k > max)
			max = k;
		if (RX_LESS(a[i], a[i - 1]))
			sorted = false;
	}
	if (sorted)
		return;
	bits = significant_bits(max - min);
	if (bits == 0)
	{
		RX_SAME_KEY(a, scratch, n);
		return;
	}

	/* two bits more than tell n evenly spread keys apart */
	used = significant_bits(n) + 2;
	if (used > bits)
		used = bits;
	width = n < RADIX_SMALL ? 8 : RADIX_WIDTH_MAX;
	passes = (used + width - 1) / width;
	width = (used + passes - 1) / passes;

	for (int pass = 0; pass < passes; pass++)
	{
		int			shift = bits - used + pass * width;
		uint64_t	mask = (UINT64_C(1) << width) - 1;
		size_t		at = 0;
		RX_TYPE    *swap;

		memset(count, 0, sizeof(size_t) << width);
		for (size_t i = 0; i < n; i++)
			count[((RX_KEY(from[i]) - min) >> shift) & mask]++;
		for (size_t d = 0; d <= mask; d++)
		{
			size_t		c = count[d];

			count[d] = at;
			at += c;
		}
		for (size_t i = 0; i < n; i++)
			to[count[((RX_KEY(from[i]) - min) >> shift) & mask]++] = from[i];
		swap = from;
		from = to;
		to = swap;
	}
	if (from != a)
		memcpy(a, from, n * sizeof(RX_TYPE));

	/* what the leading bits left equal */
	for (size_t i = 0; i < n;)
	{
		uint64_t	head = (RX_KEY(a[i]) - min) >> (bits - used);
		size_t		j = i + 1;

		while (j < n && (RX_KEY(a[j]) - min) >> (bits - used) == head)
			j++;
		if (j - i > 1)
			RX(sort) (a + i, scratch, j - i);
		i = j;
	}
}

#undef RX
#undef RX_TYPE
#undef RX_KEY
#undef RX_LESS
#undef RX_SAME_KEY
